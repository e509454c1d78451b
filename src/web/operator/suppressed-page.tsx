import { number } from '../../domain/operating-words.js';
import type { SuppressedDay } from '../../operator/pulse.service.js';
import type { Page } from '../../platform/http/page.js';
import type { AnySuppression } from '../../suppressions/suppression.js';
import { TextField } from '../form/field.js';
import { FaultSummary, type Faults } from '../form/faults.js';
import { Form } from '../form/form.js';
import { queryOf } from '../form/query.js';
import { pageOf } from '../frame/layout.js';
import type { Visit } from '../frame/visit.js';
import { Pager } from '../parts/pager.js';
import { Said } from '../parts/said.js';
import { Day, Moment, Name } from '../parts/words.js';
import { OperatorPage } from './operator-page.js';

const path = '/operator/suppressed';
const sentences = { lifted: 'Lifted. The destinations stay disabled until their owners enable them.' };
const reasons = {
  silent: 'As history',
  late: 'Late',
  flapping: 'Back and forth',
  reverted: 'Went back',
  retracted: 'Retracted',
  cosmetic: 'Form alone',
} as const;

export type SuppressedPage = {
  page: Page<AnySuppression>;
  days: readonly SuppressedDay[];
  /** What was searched, and what stands against it; null when nothing was. */
  search: { address: string; found: readonly AnySuppression[]; faults?: Faults } | null;
  said: unknown;
};

/** Addresses that get no mail, and changes that alerted nobody. */
export function suppressedPage(visit: Visit, { page, days, search, said }: SuppressedPage): string {
  const items = search && !search.faults ? search.found : page.items;
  return pageOf(
    <OperatorPage visit={visit} title="Suppressed" way={path}>
      <Said code={said} sentences={sentences} />
      <section>
        <h2>Addresses that get no mail</h2>
        <p>
          Addresses are kept as keyed hashes and cannot be shown. Search for one to see what stands against
          it.
        </p>
        <FaultSummary faults={search?.faults} labels={{ address: 'Address' }} />
        <Form visit={visit} action={path} class="filters">
          <TextField
            name="address"
            label="Address"
            type="email"
            value={search?.address ?? ''}
            required
            maxLength={254}
            autocomplete="off"
            faults={search?.faults}
          />
          <button type="submit" class="quiet">
            Search
          </button>
        </Form>
        {search && !search.faults && (
          <p role="status">
            {search.found.length === 0 ? 'Nothing stands against ' : 'Against '}
            <bdi>{search.address}</bdi>
            {search.found.length === 0 ? '.' : ' stands:'} <a href={visit.site.base + path}>Show all</a>
          </p>
        )}
        {!search && items.length === 0 && <p>None. No mailbox was refused, and nobody complained.</p>}
        {items.length > 0 && <Suppressions visit={visit} items={items} />}
        {!search && (
          <Pager href={page.nextCursor && visit.site.base + path + queryOf({ cursor: page.nextCursor })} />
        )}
      </section>
      <section>
        <h2>Changes that alerted nobody</h2>
        <p class="aside">
          Of the last seven days, each under the first reason that holds. What nobody wanted is on the pulse.
        </p>
        <Days days={days} />
      </section>
    </OperatorPage>,
  );
}

function Suppressions({ visit, items }: { visit: Visit; items: readonly AnySuppression[] }) {
  return (
    <ul class="desk-list">
      {items.map(({ id, reason, detail, at }) => (
        <li key={id}>
          <p class="desk-head">
            <strong>{reason === 'bounce' ? 'Bounce' : 'Complaint'}</strong>
            <span class="aside">
              <Moment at={at} />
            </span>
          </p>
          <p>
            <Name text={detail} />
          </p>
          <Form visit={visit} action={`${path}/${id}/lift`}>
            <button type="submit" class="quiet small">
              Lift<span class="unseen"> suppression {id}</span>
            </button>
          </Form>
        </li>
      ))}
    </ul>
  );
}

function Days({ days }: { days: readonly SuppressedDay[] }) {
  const names = [...new Set(days.map(({ day }) => day))];
  if (names.length === 0) return <p>None: whatever came in was matched.</p>;
  return (
    <div class="table-wrap" tabIndex={0} role="region" aria-label="Changes that alerted nobody">
      <table>
        <caption class="unseen">Changes that alerted nobody, by day and reason</caption>
        <thead>
          <tr>
            <th scope="col">Day (UTC)</th>
            {Object.values(reasons).map((words) => (
              <th key={words} scope="col" class="number">
                {words}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((day) => (
            <tr key={day}>
              <th scope="row">
                <Day on={day} />
              </th>
              {Object.keys(reasons).map((reason) => (
                <td key={reason} class="number">
                  {number(days.find((one) => one.day === day && one.reason === reason)?.count ?? 0)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
