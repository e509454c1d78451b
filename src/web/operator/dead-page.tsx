import type { DeadDelivery, DeadReplayed } from '../../deliveries/dead.js';
import { laneName, number } from '../../domain/operating-words.js';
import type { Page } from '../../platform/http/page.js';
import { SelectField, TextField } from '../form/field.js';
import { Form } from '../form/form.js';
import { queryOf } from '../form/query.js';
import { pageOf } from '../frame/layout.js';
import type { Visit } from '../frame/visit.js';
import { Pager } from '../parts/pager.js';
import { Said } from '../parts/said.js';
import { Moment, Name } from '../parts/words.js';
import { OperatorPage } from './operator-page.js';

const path = '/operator/dead';
const sentences = {
  replayed: 'It is on its way again.',
  left: 'It was left as it is: its destination is not at work, or what it tells went back since.',
};

/** As texts, as they stand in the query and the form. */
export type DeadFilterTexts = { lane?: string; reason?: string; destination?: string; since?: string };

export type DeadPageContent = {
  page: Page<DeadDelivery>;
  total: { count: number; isMore: boolean };
  filter: DeadFilterTexts;
  lanes: readonly string[];
  fault: string | null;
  said: unknown;
};

/** What was given up. */
export function deadPage(visit: Visit, { page, total, filter, lanes, fault, said }: DeadPageContent): string {
  const { base } = visit.site;
  const words = total.isMore ? `${number(total.count)} or more` : number(total.count);
  return pageOf(
    <OperatorPage
      visit={visit}
      title="Dead deliveries"
      way={path}
      lead={`${words} ${total.count === 1 ? 'delivery was' : 'deliveries were'} given up after the last attempt, or because the answer was final.`}
    >
      <Said code={said} sentences={sentences} />
      {fault !== null && (
        <div class="faults" role="alert" tabIndex={-1} autofocus>
          <p>{fault}</p>
        </div>
      )}
      <form method="get" action={base + path} class="filters">
        <SelectField
          name="lane"
          label="Lane"
          value={filter.lane ?? ''}
          choices={[
            { value: '', words: 'Any' },
            ...lanes.map((lane) => ({ value: lane, words: laneName(lane) })),
          ]}
        />
        <TextField
          name="reason"
          label="Reason contains"
          type="search"
          value={filter.reason ?? ''}
          maxLength={200}
        />
        <TextField
          name="destination"
          label="Destination’s id"
          value={filter.destination ?? ''}
          maxLength={19}
        />
        <TextField
          name="since"
          label="Given up since (UTC)"
          type="datetime-local"
          value={filter.since ?? ''}
        />
        <button type="submit" class="quiet">
          Show these
        </button>
      </form>
      {page.items.length === 0 ? (
        <p>
          {page.nextCursor === null
            ? 'None. Everything that was due arrived, or is still being tried.'
            : 'None among those that were looked at so far.'}
        </p>
      ) : (
        <>
          {fault === null && (
            <p class="ways">
              <a class="button" href={`${base}${path}/replay${queryOf(filter)}`}>
                Send {words} again
              </a>
            </p>
          )}
          <DeadList visit={visit} items={page.items} />
        </>
      )}
      <Pager
        href={page.nextCursor && `${base}${path}${queryOf({ ...filter, cursor: page.nextCursor })}`}
        words="Older ones"
      />
    </OperatorPage>,
  );
}

/** The count, said before anything is done; and what was done, where more is left. */
export function deadReplayPage(
  visit: Visit,
  { filter, total, done }: Pick<DeadPageContent, 'filter' | 'total'> & { done: DeadReplayed | null },
): string {
  const { base } = visit.site;
  const words = total.isMore ? `${number(total.count)} or more` : number(total.count);
  const title = done === null ? `Send ${words} again?` : 'Sent again';
  return pageOf(
    <OperatorPage visit={visit} title={title} way={path}>
      {done !== null && (
        <p class="said" role="status" tabIndex={-1} autofocus>
          {number(done.replayed)} {done.replayed === 1 ? 'is' : 'are'} on{' '}
          {done.replayed === 1 ? 'its' : 'their'} way again.
          {done.skipped > 0 &&
            ` ${number(done.skipped)} were left as they are: their destination is not at work, or what they tell went back since.`}
        </p>
      )}
      {done === null && (
        <p>
          They keep their ids, so a receiver can tell a repeat. They go behind the new alerts of everybody,
          2,000 at a time, and what is on its way is never sent twice.
        </p>
      )}
      <FilterWords filter={filter} />
      {(done === null || done.next !== null) && (
        <Form visit={visit} action={`${path}/replay`}>
          {Object.entries(filter).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          {done?.next != null && <input type="hidden" name="after" value={done.next} />}
          <p class="ways">
            <button type="submit">{done === null ? 'Send them again' : 'Go on with the rest'}</button>
            <a href={base + path + queryOf(filter)}>Back to the list</a>
          </p>
        </Form>
      )}
      {done !== null && done.next === null && (
        <p>
          <a href={base + path + queryOf(filter)}>Back to the list</a>
        </p>
      )}
    </OperatorPage>,
  );
}

function FilterWords({ filter: { lane, reason, destination, since } }: { filter: DeadFilterTexts }) {
  const parts = [
    lane && `lane ${laneName(lane)}`,
    reason && `reason contains “${reason}”`,
    destination && `destination ${destination}`,
    since && `given up since ${since.replace('T', ' ')} UTC`,
  ].filter(Boolean);
  return <p class="aside">{parts.length === 0 ? 'Of all lanes.' : `Those with ${parts.join(', ')}.`}</p>;
}

function DeadList({ visit, items }: { visit: Visit; items: readonly DeadDelivery[] }) {
  const { base } = visit.site;
  return (
    <div class="table-wrap" tabIndex={0} role="region" aria-label="Dead deliveries">
      <table>
        <caption class="unseen">Dead deliveries, newest first</caption>
        <thead>
          <tr>
            <th scope="col">Given up</th>
            <th scope="col">To</th>
            <th scope="col">Reason</th>
            <th scope="col">
              <span class="unseen">Send again</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((one) => (
            <tr key={one.id}>
              <td class="when">
                <Moment at={one.diedAt} />
              </td>
              <th scope="row">
                {laneName(one.lane)} {one.destination.label !== null && <Name text={one.destination.label} />}
                <br />
                <a href={`${base}/operator/accounts/${one.accountId}`}>
                  <bdi>{one.email ?? `account ${one.accountId}`}</bdi>
                </a>
              </th>
              <td>
                <Name text={one.reason ?? 'no reason was kept'} />
                <br />
                <span class="aside">
                  {one.kind}
                  {one.destination.status !== 'active' && `, destination ${one.destination.status ?? 'gone'}`}
                </span>
              </td>
              <td>
                <Form visit={visit} action={`${path}/${one.id}/replay`}>
                  <button type="submit" class="quiet small">
                    Send again<span class="unseen"> delivery {one.id}</span>
                  </button>
                </Form>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
