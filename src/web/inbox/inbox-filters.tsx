import { SelectField } from '../form/field.js';
import type { Site } from '../frame/site.js';
import { nameOf } from '../parts/words.js';
import { inboxPath, type InboxPageQuery } from './inbox-page-query.js';

type Props = {
  site: Site;
  query: InboxPageQuery;
  entities: readonly { id: string; name: string }[];
};

const states = [
  { state: 'new', words: 'New' },
  { state: 'acknowledged', words: 'Acknowledged' },
  { state: 'reverted', words: 'Reverted' },
  { state: 'all', words: 'All' },
] as const;

const severities = [
  { value: '', words: 'Any severity' },
  { value: 'high', words: 'High' },
  { value: 'medium', words: 'Medium' },
  { value: 'low', words: 'Low' },
];

/** Which alerts are shown: the state by links, the rest by a form. */
export function InboxFilters({ site, query, entities }: Props) {
  const { state, severity = '', entity = '' } = query;
  const known = entities.some(({ id }) => id === entity) || entity === '';
  const choices = [
    { value: '', words: 'Any entity' },
    ...(known ? [] : [{ value: entity, words: nameOf(entity) }]),
    ...entities.map(({ id, name }) => ({ value: id, words: nameOf(name) })),
  ];
  return (
    <div class="sieve">
      <nav class="tabs" aria-label="State">
        {states.map((one) => (
          <a
            key={one.state}
            href={site.base + inboxPath({ ...query, state: one.state })}
            aria-current={one.state === state ? 'true' : undefined}
          >
            {one.words}
          </a>
        ))}
      </nav>
      <form method="get" action={`${site.base}/inbox`} class="filters">
        {state !== 'new' && <input type="hidden" name="state" value={state} />}
        <SelectField name="severity" label="Severity" value={severity} choices={severities} />
        <SelectField name="entity" label="Entity" value={entity} choices={choices} />
        <button class="quiet">Filter</button>
      </form>
    </div>
  );
}
