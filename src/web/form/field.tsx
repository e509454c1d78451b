import type { ComponentChildren, JSX } from 'preact';
import { faultsOf, type Faults } from './faults.js';

type FieldProps = {
  /** Of the form's field, and of its element: unique on a page. */
  name: string;
  label: string;
  hint?: ComponentChildren;
  faults?: Faults | undefined;
};

/** What a field's element may have besides. */
type Attributes = {
  required?: boolean;
  maxLength?: number;
  autocomplete?: string;
  placeholder?: string;
  spellcheck?: boolean;
  [data: `data-${string}`]: string | undefined;
};

type InputProps = FieldProps &
  Attributes & {
    type?: 'text' | 'email' | 'url' | 'search' | 'password' | 'time' | 'date' | 'datetime-local' | 'number';
    value?: string;
    list?: string;
    min?: string;
    max?: string;
  };

/** One line of text, with its label, what to put there, and what was wrong with it. */
export function TextField({ name, label, hint, faults, type = 'text', ...input }: InputProps) {
  return (
    <Labelled name={name} label={label} hint={hint} faults={faults}>
      <input
        // Preact's types tell inputs apart by their type, and none of this depends on it.
        {...({ type, id: name, name, ...input } as JSX.IntrinsicElements['input'])}
        {...described(name, hint, faults)}
      />
    </Labelled>
  );
}

type AreaProps = FieldProps & Attributes & { value?: string; rows?: number };

/** Several lines of text. */
export function TextArea({ name, label, hint, faults, value = '', ...area }: AreaProps) {
  return (
    <Labelled name={name} label={label} hint={hint} faults={faults}>
      <textarea id={name} name={name} {...area} {...described(name, hint, faults)}>
        {value}
      </textarea>
    </Labelled>
  );
}

type SelectProps = FieldProps & Attributes & { value: string; choices: readonly Choice[] };

/** One of a few, or of many. */
export function SelectField({ name, label, hint, faults, value, choices, ...select }: SelectProps) {
  return (
    <Labelled name={name} label={label} hint={hint} faults={faults}>
      <select id={name} name={name} {...select} {...described(name, hint, faults)}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value} selected={choice.value === value}>
            {choice.words}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

export type Choice = { value: string; words: string };

type ChoicesProps = {
  /** `radio`: one of them. `checkbox`: any of them, each a field of the same name. */
  type: 'radio' | 'checkbox';
  name: string;
  legend: string;
  choices: readonly (Choice & { hint?: ComponentChildren; disabled?: boolean })[];
  chosen: readonly string[];
  faults?: Faults | undefined;
};

/** A few choices, all in sight. */
export function Choices({ type, name, legend, choices, chosen, faults }: ChoicesProps) {
  return (
    <fieldset class="choices" id={name}>
      <legend>{legend}</legend>
      <FaultsOf name={name} faults={faults} />
      {choices.map(({ value, words, hint, disabled }) => (
        <label key={value} class="choice">
          <input type={type} name={name} value={value} checked={chosen.includes(value)} disabled={disabled} />
          <span>
            {words}
            {hint !== undefined && <span class="hint">{hint}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Labelled({ name, label, hint, faults, children }: FieldProps & { children: ComponentChildren }) {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {hint !== undefined && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      <FaultsOf name={name} faults={faults} />
      {children}
    </div>
  );
}

function FaultsOf({ name, faults }: { name: string; faults: Faults | undefined }) {
  const found = faultsOf(faults, name);
  if (found.length === 0) return null;
  return (
    <p class="fault" id={`${name}-fault`}>
      {found.join(' ')}
    </p>
  );
}

function described(name: string, hint: unknown, faults: Faults | undefined) {
  const isFaulty = faultsOf(faults, name).length > 0;
  const by = [hint !== undefined && `${name}-hint`, isFaulty && `${name}-fault`].filter((id) => id !== false);
  return {
    ...(by.length > 0 && { 'aria-describedby': by.join(' ') }),
    ...(isFaulty && { 'aria-invalid': true }),
  } as const;
}
