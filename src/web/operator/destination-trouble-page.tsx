import { laneName, number } from '../../domain/operating-words.js';
import type { OpenBreaker, TroubledDestination } from '../../operator/trouble.service.js';
import type { Page } from '../../platform/http/page.js';
import { FaultSummary, type Faults } from '../form/faults.js';
import { Form } from '../form/form.js';
import { TextField } from '../form/field.js';
import { queryOf } from '../form/query.js';
import { pageOf } from '../frame/layout.js';
import type { Visit } from '../frame/visit.js';
import { Pager } from '../parts/pager.js';
import { Said } from '../parts/said.js';
import { Moment, Name } from '../parts/words.js';
import { OperatorPage } from './operator-page.js';

export type TroublePage = {
  page: Page<TroubledDestination>;
  counts: { disabled: number; failing: number };
  breakers: readonly OpenBreaker[];
  status: 'disabled' | 'failing' | null;
  said: unknown;
};

const sentences = {
  enabled: 'The destination is back at work.',
  disabled: 'The destination was taken out of work, and its owner gets a mail that says why.',
};
const filters = [
  { status: null, words: 'All' },
  { status: 'disabled', words: 'Disabled' },
  { status: 'failing', words: 'Failing, still at work' },
] as const;

/** Destinations that do not work. */
export function troublePage(visit: Visit, shown: TroublePage): string {
  const { page, counts, breakers, status, said } = shown;
  const { base } = visit.site;
  const path = '/operator/destinations';
  return pageOf(
    <OperatorPage
      visit={visit}
      title="Destinations in trouble"
      way={path}
      lead={`${number(counts.disabled)} disabled, ${number(counts.failing)} failing and still tried.`}
    >
      <Said code={said} sentences={sentences} />
      <p class="desk-filter">
        {filters.map((filter) => (
          <a
            key={filter.words}
            href={base + path + queryOf({ status: filter.status })}
            aria-current={filter.status === status ? 'true' : undefined}
          >
            {filter.words}
          </a>
        ))}
      </p>
      {page.items.length === 0 && <p>None. Every destination that was tried took what it was sent.</p>}
      <ul class="desk-list">
        {page.items.map((one) => (
          <li key={one.id}>
            <Troubled visit={visit} one={one} />
          </li>
        ))}
      </ul>
      <Pager href={page.nextCursor && base + path + queryOf({ status, cursor: page.nextCursor })} />
      <section>
        <h2>Endpoints that do not answer</h2>
        <p class="aside">
          After several failures in a row nothing is sent to an endpoint but one probe at a time. An endpoint
          is named by a fingerprint, since its address may hold a secret.
        </p>
        {breakers.length === 0 ? <p>None.</p> : <Breakers breakers={breakers} />}
      </section>
    </OperatorPage>,
  );
}

/** The last look before a destination is taken out of work. */
export function disablePage(visit: Visit, id: string, typed: string, faults?: Faults): string {
  return pageOf(
    <OperatorPage
      visit={visit}
      title="Disable a destination"
      way="/operator/destinations"
      lead="Nothing more is sent there until its owner, or you, enable it. Its owner gets a mail with the reason."
    >
      <FaultSummary faults={faults} labels={{ reason: 'Reason' }} />
      <Form visit={visit} action={`/operator/destinations/${id}/disable`}>
        <TextField
          name="reason"
          label="Reason"
          hint="The owner reads it, after the words “by the operator:”."
          value={typed}
          maxLength={200}
          required
          faults={faults}
        />
        <p class="ways">
          <button type="submit">Disable it and tell its owner</button>
          <a href={`${visit.site.base}/operator/destinations`}>Leave it as it is</a>
        </p>
      </Form>
    </OperatorPage>,
  );
}

function Troubled({ visit, one }: { visit: Visit; one: TroubledDestination }) {
  const { base } = visit.site;
  return (
    <>
      <p class="desk-head">
        <strong>
          {laneName(one.kind)}
          {one.label !== null && (
            <>
              {' '}
              <Name text={one.label} />
            </>
          )}
        </strong>
        <span class={`tag tag-${one.status}`}>{one.status}</span>
        <a href={`${base}/operator/accounts/${one.accountId}`}>
          <bdi>{one.email}</bdi>
        </a>
      </p>
      {one.reason !== null && (
        <p>
          <Name text={one.reason} />
        </p>
      )}
      <p class="aside">
        {one.failedInRow > 0 && `${number(one.failedInRow)} failed in a row`}
        {one.failingSince !== null && (
          <>
            {' '}
            since <Moment at={one.failingSince.toISOString()} />
          </>
        )}
        {(one.failedInRow > 0 || one.failingSince !== null) && '. '}
        {one.deliveredAt === null ? (
          'None of its latest deliveries arrived.'
        ) : (
          <>
            The last one arrived <Moment at={one.deliveredAt.toISOString()} />.
          </>
        )}
      </p>
      <div class="ways">
        {one.status === 'disabled' ? (
          <Form visit={visit} action={`/operator/destinations/${one.id}/enable`}>
            <button type="submit" class="quiet small">
              Enable<span class="unseen"> destination {one.id}</span>
            </button>
          </Form>
        ) : (
          <a href={`${base}/operator/destinations/${one.id}/disable`}>
            Disable<span class="unseen"> destination {one.id}</span>
          </a>
        )}
        <a href={base + '/operator/dead' + queryOf({ destination: one.id })}>
          Its dead deliveries<span class="unseen"> (destination {one.id})</span>
        </a>
      </div>
    </>
  );
}

function Breakers({ breakers }: { breakers: readonly OpenBreaker[] }) {
  return (
    <div class="table-wrap" tabIndex={0} role="region" aria-label="Endpoints that do not answer">
      <table>
        <caption class="unseen">Endpoints that do not answer, those that have been longest first</caption>
        <thead>
          <tr>
            <th scope="col">Lane</th>
            <th scope="col">Endpoint</th>
            <th scope="col" class="number">
              Failures in a row
            </th>
            <th scope="col">Since</th>
            <th scope="col">Next probe</th>
          </tr>
        </thead>
        <tbody>
          {breakers.map((one) => (
            <tr key={one.lane + one.endpoint}>
              <th scope="row">{laneName(one.lane)}</th>
              <td>
                <code>{one.endpoint}</code>
              </td>
              <td class="number">{number(one.failures)}</td>
              <td>
                <Moment at={one.openedAt.toISOString()} />
              </td>
              <td>
                <Moment at={one.openUntil.toISOString()} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
