import type { Page } from '../../platform/http/page.js';
import { Form } from '../form/form.js';
import { Layout, pageOf } from '../frame/layout.js';
import type { Member, Visit } from '../frame/visit.js';
import { Pager } from '../parts/pager.js';
import { Said } from '../parts/said.js';
import { SingleKeysSwitch } from '../parts/single-keys-switch.js';
import { InboxFilters } from './inbox-filters.js';
import { inboxPath, type InboxPageQuery } from './inbox-page-query.js';
import { InboxRow, type AlertRow } from './inbox-row.js';

type Contents = {
  query: InboxPageQuery;
  alerts: Page<AlertRow>;
  entities: readonly { id: string; name: string }[];
};

const sentences = {
  acknowledged: 'Acknowledged.',
  none: 'Nothing was chosen: tick the alerts first.',
};

/** The member's alerts, to go through one by one or many at once. */
export function inboxPage(visit: Visit, member: Member, { query, alerts, entities }: Contents): string {
  const { site } = visit;
  const { items, nextCursor } = alerts;
  const next = nextCursor === null ? null : site.base + inboxPath(query, { cursor: nextCursor });
  return pageOf(
    <Layout visit={visit} area="inbox" title="Inbox" wide>
      <header class="page-head">
        <h1>Inbox</h1>
        <p class="aside">
          <a href={`${site.base}/deliveries`}>Deliveries</a>
          <a href={`${site.base}/suppressed`}>What was not told</a>
        </p>
      </header>
      <Said code={query.said} sentences={sentences} />
      <InboxFilters site={site} query={query} entities={entities} />
      {items.length === 0 ? (
        <Nothing query={query} hasMore={next !== null} />
      ) : (
        <Rows visit={visit} member={member} query={query} items={items} />
      )}
      <Pager href={next} words={items.length === 0 ? 'Look further back' : 'Older alerts'} />
      <Keys />
    </Layout>,
  );
}

type RowsProps = { visit: Visit; member: Member; query: InboxPageQuery; items: readonly AlertRow[] };

function Rows({ visit, member, query, items }: RowsProps) {
  const { site } = visit;
  const canAcknowledge = items.some(({ acknowledgedAt }) => acknowledgedAt === null);
  return (
    <Form visit={visit} action="/inbox/acknowledge" data-triage="">
      {query.state !== 'new' && <input type="hidden" name="state" value={query.state} />}
      {query.severity !== undefined && <input type="hidden" name="severity" value={query.severity} />}
      {query.entity !== undefined && <input type="hidden" name="entity" value={query.entity} />}
      <div class="bar">
        <label class="choice needs-script">
          <input type="checkbox" data-select-all /> Select all
        </label>
        <button class="quiet small" data-acknowledge>
          Acknowledge selected
        </button>
        {canAcknowledge && (
          <a href={site.base + inboxPath(query, {}, '/inbox/acknowledge-all')}>Acknowledge all that match…</a>
        )}
        <span class="aside bar-end">
          Times in {member.timeZone}.{' '}
          <button type="button" class="copy needs-script" data-show-keys>
            Keys <kbd>?</kbd>
          </button>
        </span>
      </div>
      <ol class="rows">
        {items.map((alert) => (
          <InboxRow key={alert.id} site={site} alert={alert} timeZone={member.timeZone} />
        ))}
      </ol>
    </Form>
  );
}

function Nothing({ query, hasMore }: { query: InboxPageQuery; hasMore: boolean }) {
  const { state, severity, entity } = query;
  const isFiltered = severity !== undefined || entity !== undefined;
  if (hasMore) {
    return <p class="empty">None of the newest alerts match. Older ones may.</p>;
  }
  if (isFiltered || state === 'acknowledged' || state === 'reverted') {
    return <p class="empty">No alert matches.</p>;
  }
  return (
    <p class="empty">
      {state === 'new' ? 'Nothing new. ' : 'No alerts yet. '}
      As soon as something that your watchlists follow changes, it stands here.
    </p>
  );
}

const keys = [
  ['j', 'next alert'],
  ['k', 'alert before'],
  ['x', 'select it, or not'],
  ['e', 'acknowledge what is selected, or else the alert at hand'],
  ['Enter', 'open it'],
  ['?', 'show these keys'],
] as const;

/** A list of what the keys do, for a script to show. */
function Keys() {
  return (
    <dialog class="keys" data-keys aria-labelledby="keys-title">
      <h2 id="keys-title">Keys</h2>
      <dl class="facts brief">
        {keys.map(([key, words]) => (
          <>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{words}</dd>
          </>
        ))}
      </dl>
      <SingleKeysSwitch />
      <form method="dialog">
        <button class="quiet small">Close</button>
      </form>
    </dialog>
  );
}
