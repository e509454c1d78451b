import type { AccountToken, NewAccountToken } from '../../accounts/account-token.js';
import type { Page } from '../../platform/http/page.js';
import { FaultSummary, type Faults } from '../form/faults.js';
import { TextField } from '../form/field.js';
import { Form } from '../form/form.js';
import { queryOf } from '../form/query.js';
import type { Visit } from '../frame/visit.js';
import { CopyButton } from '../parts/copy-button.js';
import { Ago, LocalMoment } from '../parts/local-moment.js';
import { Pager } from '../parts/pager.js';
import { Said } from '../parts/said.js';
import { Name } from '../parts/words.js';
import { settingsPage } from './settings-frame.js';

const sentences = { withdrawn: 'The token is withdrawn. It opens nothing any more.' };

type Shown = {
  page: Page<AccountToken>;
  zone: string;
  /** RFC 3339 */
  now: string;
  said?: unknown;
  /** Just made: the only time that it is shown. */
  made?: NewAccountToken;
  typedName?: string;
  faults?: Faults;
};

/** The tokens by which programs act for the account. */
export function tokensPage(visit: Visit, shown: Shown): string {
  const { page, zone, now, said, made, typedName = '', faults } = shown;
  const { base } = visit.site;
  return settingsPage(visit, '/settings/tokens', {
    title: 'API tokens',
    children: (
      <>
        <Said code={said} sentences={sentences} />
        {made && (
          <section class="made">
            <p role="status" tabIndex={-1} autofocus>
              The token{' '}
              <strong>
                <Name text={made.name} />
              </strong>{' '}
              is made. Copy it now: it is shown this once.
            </p>
            <p class="secret">
              <code>{made.token}</code>
              <CopyButton text={made.token} label="Copy" />
            </p>
          </section>
        )}
        <p>
          A program that sends one as <code>Authorization: Bearer …</code> may do all that you may. What that
          is stands in the <a href={`${base}/docs`}>description of the API</a>.
        </p>
        <FaultSummary faults={faults} labels={{ name: 'Name' }} />
        <Form visit={visit} action="/settings/tokens" class="inline-form">
          <TextField
            name="name"
            label="Name of a new token"
            hint="What it is for, such as “nightly export”."
            value={typedName}
            maxLength={80}
            autocomplete="off"
            required
            faults={faults}
          />
          <button type="submit">Make a token</button>
        </Form>
        {page.items.length > 0 && (
          <div class="table-wrap">
            <table>
              <caption>Your tokens</caption>
              <thead>
                <tr>
                  <th scope="col">Name</th>
                  <th scope="col">Made</th>
                  <th scope="col">Last used</th>
                  <th scope="col">
                    <span class="unseen">Withdraw</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {page.items.map(({ id, name, createdAt, lastUsedAt }) => (
                  <tr key={id}>
                    <th scope="row">
                      <Name text={name} />
                    </th>
                    <td>
                      <LocalMoment at={createdAt} zone={zone} />
                    </td>
                    <td>{lastUsedAt === null ? 'never' : <Ago at={lastUsedAt} now={now} zone={zone} />}</td>
                    <td>
                      <Form visit={visit} action={`/settings/tokens/${id}/withdraw`}>
                        <button type="submit" class="quiet small" aria-label={`Withdraw ${name}`}>
                          Withdraw
                        </button>
                      </Form>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        <Pager href={page.nextCursor && `${base}/settings/tokens${queryOf({ cursor: page.nextCursor })}`} />
      </>
    ),
  });
}
