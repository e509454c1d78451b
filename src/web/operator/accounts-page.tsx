import { Tier } from '../../domain/tiers.js';
import type { ListedAccount } from '../../operator/accounts-list.js';
import type { Page } from '../../platform/http/page.js';
import { SelectField, TextField } from '../form/field.js';
import { FaultSummary, type Faults } from '../form/faults.js';
import { Form } from '../form/form.js';
import { queryOf } from '../form/query.js';
import { pageOf } from '../frame/layout.js';
import type { Visit } from '../frame/visit.js';
import { Pager } from '../parts/pager.js';
import { Said } from '../parts/said.js';
import { Moment } from '../parts/words.js';
import { OperatorPage } from './operator-page.js';

const path = '/operator/accounts';
const sentences = { erased: 'The account was erased, with whatever was kept of its owner.' };
export const tierWords = { free: 'Free', watcher: 'Watcher', professional: 'Professional' } as const;
export const tierChoices = Tier.options.map((tier) => ({ value: tier, words: tierWords[tier] }));

type AccountsPage = { page: Page<ListedAccount>; q?: string; tier?: Tier; said: unknown };

/** All accounts, or those that are searched. */
export function accountsPage(visit: Visit, { page, q, tier, said }: AccountsPage): string {
  const { base } = visit.site;
  return pageOf(
    <OperatorPage visit={visit} title="Accounts" way={path}>
      <Said code={said} sentences={sentences} />
      <form method="get" action={base + path} class="filters" role="search">
        <TextField
          name="q"
          label="Address begins with, or id"
          type="search"
          value={q ?? ''}
          maxLength={254}
        />
        <SelectField
          name="tier"
          label="Tier"
          value={tier ?? ''}
          choices={[{ value: '', words: 'Any' }, ...tierChoices]}
        />
        <button type="submit" class="quiet">
          Search
        </button>
      </form>
      <p class="ways">
        <a class="button" href={`${base}${path}/new`}>
          New account
        </a>
      </p>
      {page.items.length === 0 ? (
        <p>No account matches.</p>
      ) : (
        <div class="table-wrap" tabIndex={0} role="region" aria-label="Accounts">
          <table>
            <caption class="unseen">Accounts{q === undefined && ', newest first'}</caption>
            <thead>
              <tr>
                <th scope="col">Address</th>
                <th scope="col">Tier</th>
                <th scope="col">Time zone</th>
                <th scope="col">Made</th>
                <th scope="col" class="number">
                  Id
                </th>
              </tr>
            </thead>
            <tbody>
              {page.items.map((one) => (
                <tr key={one.id}>
                  <th scope="row">
                    <a href={`${base}${path}/${one.id}`}>
                      <bdi>{one.email}</bdi>
                    </a>
                  </th>
                  <td>{tierWords[one.tier]}</td>
                  <td>{one.timeZone}</td>
                  <td class="when">
                    <Moment at={one.createdAt} />
                  </td>
                  <td class="number">{one.id}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Pager href={page.nextCursor && `${base}${path}${queryOf({ q, tier, cursor: page.nextCursor })}`} />
    </OperatorPage>,
  );
}

type Typed = { email: string; tier: string; timeZone: string };

export function newAccountPage(visit: Visit, typed: Typed, faults?: Faults): string {
  return pageOf(
    <OperatorPage
      visit={visit}
      title="New account"
      way={path}
      lead="Its address counts as verified, and becomes its first destination."
    >
      <FaultSummary faults={faults} labels={{ email: 'Address', tier: 'Tier', timeZone: 'Time zone' }} />
      <Form visit={visit} action={`${path}/new`}>
        <TextField
          name="email"
          label="Address"
          type="email"
          value={typed.email}
          required
          maxLength={254}
          faults={faults}
        />
        <SelectField name="tier" label="Tier" value={typed.tier} choices={tierChoices} faults={faults} />
        <TextField
          name="timeZone"
          label="Time zone"
          hint="An IANA name, such as Europe/Berlin."
          value={typed.timeZone}
          required
          maxLength={60}
          faults={faults}
        />
        <button type="submit">Make the account</button>
      </Form>
    </OperatorPage>,
  );
}
