import type { ComponentChildren } from 'preact';
import { faultsOf, type Faults } from '../form/faults.js';
import type { Choice } from '../form/field.js';

type BlankProps = {
  name: string;
  value: string;
  choices: readonly (Choice & { disabled?: boolean })[];
  faults?: Faults | undefined;
  /** Words before the blank, which are its label. */
  children: ComponentChildren;
  class?: string;
};

/** A choice within a sentence; the words before it are its label. */
export function Blank({ name, value, choices, faults, children, ...rest }: BlankProps) {
  return (
    <label {...rest} class={`blank ${rest.class ?? ''}`}>
      <span>{children}</span>{' '}
      <select id={name} name={name} aria-invalid={isFaulty(faults, name) || undefined}>
        {choices.map((choice) => (
          <option
            key={choice.value}
            value={choice.value}
            selected={choice.value === value}
            disabled={choice.disabled}
          >
            {choice.words}
          </option>
        ))}
      </select>
    </label>
  );
}

/** What was wrong with the blanks of a sentence, below it. */
export function SentenceFaults({ names, faults }: { names: readonly string[]; faults: Faults | undefined }) {
  const found = names.flatMap((name) => faultsOf(faults, name));
  return found.length === 0 ? null : <p class="fault">{found.join(' ')}</p>;
}

function isFaulty(faults: Faults | undefined, name: string): boolean {
  return faultsOf(faults, name).length > 0;
}
