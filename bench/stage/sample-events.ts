import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProvisionEvent } from '../../src/domain/provision-event.js';
import { sameWords } from '../../src/domain/same-words.js';
import { packageRoot } from '../../src/platform/package-root.js';

type Data = ProvisionEvent['data'];
type Rewording = ProvisionEvent & { data: Data & { before: { text: string }; after: { text: string } } };

/** Where a made-up change happens. */
export type Place = { entity: string; document: string; provision: string };

/** Long clauses: those of the feed have 300 to 600 characters, and real ones reach some thousands. */
export const longClause = 1_200;

const samples = (file: string) =>
  readFileSync(join(packageRoot(), 'samples', file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as ProvisionEvent);

/** Changes of the feed that everybody who follows them wants: watchlists leave out the cosmetic ones unless told. */
const rewordings = samples('feed.ndjson').filter(
  ({ data: { before, after } }) => before != null && after !== null && !sameWords(before.text, after.text),
) as Rewording[];
const clauses = samples('archive.ndjson').flatMap(({ data }) => data.after?.text ?? []);

/**
 * The `n`th made-up change: one of the samples at another place, no two alike.
 *
 * @param least how long the clause is at least, in characters, on either side
 */
export function sampleEvent(n: number, { entity, document, provision }: Place, least = 0): ProvisionEvent {
  const like = pick(rewordings, n);
  const rest = restOf(n, least - Math.min(like.data.before.text.length, like.data.after.text.length));
  return {
    ...like,
    source: 'https://archive.example/benchmark',
    id: `benchmark-${n}`,
    time: new Date(Date.UTC(2026, 2, 24) + n * 1_000).toISOString(),
    subject: provision,
    data: {
      ...like.data,
      entity: { id: entity, name: `${like.data.entity.name} ${entity}` },
      document: { ...like.data.document, id: document },
      provision: { ...like.data.provision, id: provision, title: `${like.data.provision.title} ${n}` },
      // Each settles at once, and is a revision by itself.
      revision: undefined,
      before: { ...like.data.before, text: `${like.data.before.text} ${rest}` },
      after: { ...like.data.after, text: `${like.data.after.text} ${rest}` },
    },
  };
}

function restOf(n: number, least: number): string {
  let text = `Section ${n}.`;
  for (let clause = n; text.length < least; clause += 7) text += ` ${pick(clauses, clause)}`;
  return text;
}

function pick<Item>(items: readonly Item[], n: number): Item {
  const item = items[n % items.length];
  if (item === undefined) throw new RangeError('the samples are empty');
  return item;
}
