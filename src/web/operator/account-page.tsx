import { laneName, number } from '../../domain/operating-words.js';
import { tiers } from '../../domain/tiers.js';
import type { AccountSheet, DestinationHealth } from '../../operator/accounts.service.js';
import { SelectField, TextField } from '../form/field.js';
import { FaultSummary, type Faults } from '../form/faults.js';
import { Form } from '../form/form.js';
import { pageOf } from '../frame/layout.js';
import type { Visit } from '../frame/visit.js';
import { CopyButton } from '../parts/copy-button.js';
import { Said } from '../parts/said.js';
import { Moment, Name } from '../parts/words.js';
import { tierChoices, tierWords } from './accounts-page.js';
import { OperatorPage } from './operator-page.js';

const sentences = {
  made: 'The account is made. It has one destination, its own address.',
  saved: 'Saved. A new tier holds from the next alert on.',
  'signed-out': 'Every browser of the account is signed out.',
};
const labels = {
  tier: 'Tier',
  timeZone: 'Time zone',
  name: 'What the token is for',
  address: 'The account’s address',
};

export type AccountPageExtras = {
  said?: unknown;
  faults?: Faults;
  typed?: { tier?: string; timeZone?: string; name?: string; address?: string };
  /** A token that was just made: shown this once. */
  token?: string;
};

/** One account: how it does, not what it reads. */
export function accountPage(visit: Visit, sheet: AccountSheet, extras: AccountPageExtras = {}): string {
  const { account, use, sessions } = sheet;
  const { said, faults, typed = {}, token } = extras;
  const path = `/operator/accounts/${account.id}`;
  const terms = tiers[account.tier];
  return pageOf(
    <OperatorPage visit={visit} title={account.email} way="/operator/accounts">
      <Said code={said} sentences={sentences} />
      <FaultSummary faults={faults} labels={labels} />
      {token !== undefined && (
        <div class="said" role="status" tabIndex={-1} autofocus>
          <p>The token, which is shown this once:</p>
          <p>
            <code class="code">{token}</code>
            <CopyButton text={token} label="Copy" />
          </p>
        </div>
      )}
      <dl class="facts brief">
        <dt>Id</dt>
        <dd>{account.id}</dd>
        <dt>Tier</dt>
        <dd>{tierWords[account.tier]}</dd>
        <dt>Made</dt>
        <dd>
          <Moment at={account.createdAt} />
        </dd>
        <dt>Quiet hours</dt>
        <dd>
          {account.quietHours === null ? 'none' : `${account.quietHours.from} to ${account.quietHours.to}`}
        </dd>
        <dt>Watchlists</dt>
        <dd>
          {number(use.watchlists)} of {number(terms.watchlists)}
        </dd>
        <dt>Follows</dt>
        <dd>
          {number(use.follows)} of {number(terms.follows)}
        </dd>
        <dt>Signed in</dt>
        <dd>{sessions === 1 ? '1 browser' : `${sessions} browsers`}</dd>
      </dl>
      <section>
        <h2>Destinations</h2>
        <DestinationTable visit={visit} destinations={sheet.destinations} />
      </section>
      <div class="desk-columns">
        <section>
          <h2>Newest alerts</h2>
          <AlertList sheet={sheet} />
        </section>
        <section>
          <h2>Tokens</h2>
          {sheet.tokens.length === 0 && <p>None.</p>}
          <ul class="plain">
            {sheet.tokens.map((one) => (
              <li key={one.id}>
                <Name text={one.name} />{' '}
                <span class="aside">
                  made <Moment at={one.createdAt.toISOString()} />
                </span>
              </li>
            ))}
          </ul>
          <Form visit={visit} action={`${path}/tokens`}>
            <TextField
              name="name"
              label="What the token is for"
              value={typed.name ?? ''}
              maxLength={80}
              required
              faults={faults}
            />
            <button type="submit" class="quiet">
              Make a token
            </button>
          </Form>
        </section>
      </div>
      <section>
        <h2>Change</h2>
        <Form visit={visit} action={path}>
          <SelectField
            name="tier"
            label="Tier"
            hint="It holds from the next alert on; nothing that the account has is taken away."
            value={typed.tier ?? account.tier}
            choices={tierChoices}
            faults={faults}
          />
          <TextField
            name="timeZone"
            label="Time zone"
            hint="An IANA name, such as Europe/Berlin."
            value={typed.timeZone ?? account.timeZone}
            required
            maxLength={60}
            faults={faults}
          />
          <button type="submit">Save</button>
        </Form>
      </section>
      <section>
        <h2>Sign out</h2>
        <p>Ends every session of the account. Its tokens stay good.</p>
        <Form visit={visit} action={`${path}/sessions/end`}>
          <button type="submit" class="quiet">
            Sign every browser out
          </button>
        </Form>
      </section>
      <section class="danger-zone">
        <h2>Erase</h2>
        <p>Its tokens, watchlists, destinations, alerts and deliveries go with it, and cannot come back.</p>
        <Form visit={visit} action={`${path}/erase`}>
          <TextField
            name="address"
            label="The account’s address"
            hint="Type it, to say that you mean this account."
            value={typed.address ?? ''}
            autocomplete="off"
            required
            maxLength={254}
            faults={faults}
          />
          <button type="submit">Erase the account</button>
        </Form>
      </section>
    </OperatorPage>,
  );
}

function AlertList({ sheet: { alerts } }: { sheet: AccountSheet }) {
  if (alerts.length === 0) return <p>None yet.</p>;
  return (
    <ul class="plain">
      {alerts.map(({ id, createdAt, acknowledgedAt, changes }) => (
        <li key={id}>
          <Moment at={createdAt.toISOString()} />{' '}
          <span class="aside">
            alert {id}, {changes === 1 ? '1 change' : `${changes} changes`}
            {acknowledgedAt !== null && ', acknowledged'}
          </span>
        </li>
      ))}
    </ul>
  );
}

function DestinationTable({
  visit,
  destinations,
}: {
  visit: Visit;
  destinations: readonly DestinationHealth[];
}) {
  if (destinations.length === 0) return <p>None: this account hears of nothing.</p>;
  return (
    <div class="table-wrap" tabIndex={0} role="region" aria-label="Destinations">
      <table>
        <caption class="unseen">Destinations and how they do</caption>
        <thead>
          <tr>
            <th scope="col">Destination</th>
            <th scope="col">State</th>
            <th scope="col" class="number">
              Failed in a row
            </th>
            <th scope="col">Last arrival</th>
          </tr>
        </thead>
        <tbody>
          {destinations.map((one) => (
            <tr key={one.id}>
              <th scope="row">
                {laneName(one.kind)} {one.label !== null && <Name text={one.label} />}
              </th>
              <td>
                <span class={`tag tag-${one.status}`}>{one.status}</span>
                {one.reason !== null && (
                  <>
                    {' '}
                    <Name text={one.reason} />
                  </>
                )}
              </td>
              <td class="number">
                {one.failedInRow > 0 ? (
                  <a href={`${visit.site.base}/operator/dead?destination=${one.id}`}>
                    {number(one.failedInRow)}
                  </a>
                ) : (
                  '0'
                )}
              </td>
              <td>
                {one.deliveredAt === null ? 'none lately' : <Moment at={one.deliveredAt.toISOString()} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
