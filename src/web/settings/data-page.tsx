import { FaultSummary, type Faults } from '../form/faults.js';
import { TextField } from '../form/field.js';
import { Form } from '../form/form.js';
import { messagePage } from '../frame/message-page.js';
import type { Visit } from '../frame/visit.js';
import { settingsPage } from './settings-frame.js';

type Shown = { email: string; typed?: string; faults?: Faults };

/** All that is kept, to take along or to erase. */
export function dataPage(visit: Visit, { email, typed = '', faults }: Shown): string {
  const { base } = visit.site;
  return settingsPage(visit, '/settings/data', {
    title: 'Your data',
    children: (
      <>
        <FaultSummary faults={faults} labels={{ address: 'Your address' }} />
        <section>
          <h2>Take it along</h2>
          <p>
            One file of JSON with all that is kept about you: account, watchlists, follows, mutes,
            destinations, alerts, deliveries with every attempt, sessions and tokens by name. Secrets are not
            in it.
          </p>
          <p>
            <a class="button" href={`${base}/settings/data/export`} download>
              Download all my data
            </a>
          </p>
          <p class="aside">
            By the API: <code>GET /v1/account/export</code>
          </p>
        </section>
        <section class="danger-zone">
          <h2>Delete the account</h2>
          <p>At once, and for good, these are erased:</p>
          <ul>
            <li>your watchlists, with all that they follow and their feeds</li>
            <li>your destinations, and what is on its way to them</li>
            <li>your alerts, notes, and the record of every delivery</li>
            <li>your tokens: programs that use them stop</li>
            <li>your address, time zone, quiet hours and sessions</li>
          </ul>
          <p>
            Messages that were sent stay where they went. Of an address whose mail came back, or that was
            reported as spam, a keyed hash is kept, so that nobody is mailed there again.
          </p>
          <Form visit={visit} action="/settings/data/delete">
            <TextField
              type="text"
              name="address"
              label="Type your address to confirm"
              hint={<bdi>{email}</bdi>}
              value={typed}
              autocomplete="off"
              spellcheck={false}
              maxLength={254}
              required
              faults={faults}
            />
            <button type="submit" class="danger">
              Delete my account
            </button>
          </Form>
        </section>
      </>
    ),
  });
}

/** After the end of an account. */
export function goodbyePage(visit: Visit): string {
  return messagePage(
    visit,
    'Goodbye',
    <>
      <p class="lead">Your account is deleted, and so is all that was kept of you.</p>
      <p>
        You are signed out. Thank you for watching along. You can still read the archive’s{' '}
        <a href={`${visit.site.base}/recent`}>recent changes</a>.
      </p>
    </>,
  );
}
