import { followKindWords } from '../../domain/watchlist-words.js';
import type { Tier } from '../../domain/tiers.js';
import { dayWords, plural } from '../../domain/wording.js';
import type { PlanUse } from '../../watchlists/plan-use.service.js';
import type { ListedWatchlist } from '../../watchlists/watchlist-listing.service.js';
import { Form } from '../form/form.js';
import type { Site } from '../frame/site.js';
import type { Visit } from '../frame/visit.js';
import { Pager } from '../parts/pager.js';
import { Said } from '../parts/said.js';
import { Name, nameOf } from '../parts/words.js';
import { FoundList, KeyFields, SearchField, type Found } from './follow-picker.js';
import { PlanNote } from './plan-note.js';
import { followText } from './watchlist-draft.js';

export type FollowsProps = {
  visit: Visit;
  watchlist: ListedWatchlist;
  /** A page of them, with names. @property since RFC 3339 */
  items: readonly (Found & { since: string })[];
  nextHref: string | null;
  q: string;
  found: readonly Found[];
  byKey: { kind: string; key: string; fault: string | null };
  /** Why something was not followed. */
  refusal: string | null;
  /** What was just done to it, as a code. */
  said: unknown;
  /** What was just taken from it, with names. */
  undo: readonly Found[];
  tier: Tier;
  use: PlanUse;
};

/** What a watchlist follows: to add to, and to take from. */
export function FollowsSection(props: FollowsProps) {
  const { visit, watchlist, items, nextHref, q, found, byKey, refusal, said, undo, tier, use } = props;
  const action = `/watchlists/${watchlist.id}` as const;
  return (
    <section id="follows">
      <h2>What it follows</h2>
      <Said code={said} sentences={undo.length === 0 ? sentences : { followed: sentences.followed }} />
      {said === 'unfollowed' && undo.length > 0 && <Undo visit={visit} action={action} undo={undo} />}
      {refusal !== null && (
        <p class="faults" role="alert" tabIndex={-1} autofocus>
          {refusal} <a href={`${visit.site.base}/settings/plan`}>Your plan</a>
        </p>
      )}
      <div class="follows">
        <div>
          {items.length === 0 ? (
            <p>Nothing yet: it tells you nothing until it follows something.</p>
          ) : (
            <Form visit={visit} action={`${action}/unfollow`}>
              <FollowTable visit={visit} items={items} total={watchlist.follows} />
              <p class="ways">
                <button class="quiet">Stop following those checked</button>
              </p>
            </Form>
          )}
          <Pager href={nextHref} words="More follows" />
        </div>
        <div class="picker">
          <h3>Add</h3>
          <PlanNote site={visit.site} tier={tier} use={use} of={['follows']} />
          <form method="get" action={`${visit.site.base}${action}#follows`}>
            <SearchField site={visit.site} q={q} />
            <button class="quiet small no-script">Search</button>
          </form>
          <Form visit={visit} action={`${action}/follow`}>
            <button name="do" value="add-key" class="unseen" tabIndex={-1} aria-hidden="true">
              Add
            </button>
            <div id="found" aria-live="polite">
              <FoundList q={q} found={found} added={items} />
            </div>
            <KeyFields kind={byKey.kind} newKey={byKey.key} fault={byKey.fault} />
          </Form>
        </div>
      </div>
    </section>
  );
}

const sentences = {
  followed: 'It follows that now.',
  unfollowed: 'It no longer follows those.',
} as const;

type UndoProps = { visit: Visit; action: `/${string}`; undo: readonly Found[] };

/** What it no longer follows, and the way back. */
function Undo({ visit, action, undo }: UndoProps) {
  const [first] = undo;
  return (
    <div class="said" role="status">
      <Form visit={visit} action={`${action}/follow`}>
        <p>
          It no longer follows <Name text={first?.name ?? ''} />
          {undo.length > 1 && ` and ${undo.length - 1} more`}.
        </p>
        {undo.map((one) => (
          <input key={followText(one)} type="hidden" name="add" value={followText(one)} />
        ))}
        <button class="quiet small">Undo</button>
      </Form>
    </div>
  );
}

function FollowTable({ visit, items, total }: Pick<FollowsProps, 'visit' | 'items'> & { total: number }) {
  return (
    <table class="follow-table">
      <caption>
        {plural(total, 'follow', 'follows')}
        {items.length < total && `, ${items.length} of them here`}
      </caption>
      <thead>
        <tr>
          <th scope="col">
            <span class="unseen">Choose</span>
          </th>
          <th scope="col">Name</th>
          <th scope="col">Kind</th>
          <th scope="col">Since</th>
        </tr>
      </thead>
      <tbody>
        {items.map((one) => (
          <tr key={followText(one)}>
            <td>
              <input type="checkbox" name="follow" value={followText(one)} aria-label={one.name} />
            </td>
            <th scope="row">
              <ArchiveLink site={visit.site} one={one} />
              {one.detail !== '' && (
                <span class="aside">
                  {' '}
                  <Name text={one.detail} />
                </span>
              )}
              {one.name !== one.key && one.kind !== 'everything' && (
                <code class="key">
                  <bdi>{nameOf(one.key)}</bdi>
                </code>
              )}
            </th>
            <td>{followKindWords[one.kind]}</td>
            <td>
              <time dateTime={one.since}>{dayWords(one.since.slice(0, 10))}</time>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const folders: Readonly<Record<string, string>> = {
  entity: 'entities',
  document: 'documents',
  provision: 'provisions',
  'clause-type': 'clause-types',
};

/** A link to what the archive shows of it; a category and an agency have no page. */
export function ArchiveLink({ site, one }: { site: Site; one: { kind: string; key: string; name: string } }) {
  const folder = folders[one.kind];
  if (folder === undefined) return <Name text={one.name} />;
  return (
    <a href={`${site.base}/${folder}/${encodeURIComponent(one.key)}`}>
      <Name text={one.name} />
    </a>
  );
}
