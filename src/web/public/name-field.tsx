import type { Meant, Named } from '../../archive/names.service.js';
import { TextField } from '../form/field.js';
import type { Faults } from '../form/faults.js';
import { nameOf } from '../parts/words.js';

/** A name that a list is narrowed by: as the field shows it, and what it stands for; null when nothing was typed. */
export type NamedFilter = { typed: string; meant: Meant | null };

type Props = {
  name: 'entity' | 'clause-type';
  label: string;
  placeholder: string;
  filter: NamedFilter;
  /** What it offers as one types, of the same field; null for who may not look through the archive. */
  offers: string | null;
};

/** A field for a name, with names to choose from as one types. */
export function NameField({ name, label, placeholder, filter: { typed, meant }, offers }: Props) {
  const list = `${name}-names`;
  return (
    <div>
      <TextField
        name={name}
        label={label}
        value={typed}
        maxLength={200}
        placeholder={placeholder}
        autocomplete="off"
        spellcheck={false}
        faults={faultsOf(name, meant)}
        {...(offers !== null && {
          list,
          'data-hx-get': offers,
          'data-hx-trigger': 'input changed delay:150ms',
          'data-hx-target': `#${list}`,
          'data-hx-swap': 'innerHTML',
          'data-hx-sync': 'this:replace',
        })}
      />
      {offers !== null && <datalist id={list} />}
    </div>
  );
}

/** Names to choose from. */
export function NameOffers({ names }: { names: readonly Named[] }) {
  return (
    <>
      {names.map(({ key, name }) => (
        <option key={key} value={nameOf(name)} />
      ))}
    </>
  );
}

function faultsOf(name: string, meant: Meant | null): Faults | undefined {
  if (meant === null || meant.kind === 'one') return undefined;
  const message = meant.kind === 'none' ? 'nothing is called so' : 'could be several';
  return { status: 200, words: '', fields: [{ path: name, message }] };
}
