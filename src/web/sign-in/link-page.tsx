import { signInMinutes } from '../../domain/sign-in.js';
import { Form } from '../form/form.js';
import type { Visit } from '../frame/visit.js';
import { doorPage } from './door-page.js';
import { EmailField, Hidden } from './sign-in-page.js';

/** Mail scanners open every link: only the button signs in. @param token of the link */
export function linkPage(visit: Visit, token: string, { makesAccount }: { makesAccount: boolean }): string {
  return doorPage(
    visit,
    makesAccount ? 'Make your account' : 'Welcome back',
    <>
      <p>
        {makesAccount
          ? 'The address is yours, then. One click makes the account and signs you in, in this browser.'
          : 'One click, and you are signed in, in this browser.'}
      </p>
      <Form visit={visit} action={`/sign-in/${token}`}>
        <button type="submit">{makesAccount ? 'Make the account and sign in' : 'Sign in'}</button>
      </Form>
      <p class="aside">
        On a computer that others use, sign out when you are done: the way out is below every page.
      </p>
    </>,
  );
}

/** The link is good, and would be good for whoever it was forwarded to: so it is good nowhere else. */
export function elsewherePage(visit: Visit): string {
  return doorPage(
    visit,
    'Open it where you asked for it',
    <>
      <p>
        This link signs in only the browser that asked for it, so that nobody who was forwarded the mail, or
        read it on the way, can use it. It is not used up: open it there.
      </p>
      <p>Or have a new one sent for this browser:</p>
      <AskAnew visit={visit} />
    </>,
  );
}

export function overPage(visit: Visit): string {
  const { reader, site } = visit;
  if (reader.kind === 'member') {
    return doorPage(
      visit,
      'You are signed in already',
      <p>
        This link no longer works, and you need no other: <a href={`${site.base}/overview`}>go on</a>.
      </p>,
    );
  }
  return doorPage(
    visit,
    'This link no longer works',
    <>
      <p>
        A link signs in once, within {signInMinutes} minutes, and a newer one ends it. Have a new one sent:
      </p>
      <AskAnew visit={visit} />
    </>,
  );
}

function AskAnew({ visit }: { visit: Visit }) {
  return (
    <Form visit={visit} action="/sign-in">
      <EmailField email="" />
      <Hidden next="" />
      <button type="submit">Mail me a link</button>
    </Form>
  );
}
