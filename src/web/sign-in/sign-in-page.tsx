import { signInMinutes } from '../../domain/sign-in.js';
import { TextField } from '../form/field.js';
import { FaultSummary, type Faults } from '../form/faults.js';
import { Form } from '../form/form.js';
import { Said } from '../parts/said.js';
import type { Visit } from '../frame/visit.js';
import { doorPage } from './door-page.js';

const sentences = { 'signed-out': 'You are signed out in this browser.' };

export type SignInForm = {
  next: string;
  email?: string;
  faults?: Faults;
  said?: unknown;
  /** Whether people make their own accounts. */
  isOpen: boolean;
};

/** Asks for an address. */
export function signInPage(visit: Visit, { next, email = '', faults, said, isOpen }: SignInForm): string {
  return doorPage(
    visit,
    isOpen ? 'Sign in or sign up' : 'Sign in',
    <>
      <Said code={said} sentences={sentences} />
      <p>
        No password: we mail you a link that signs you in.
        {isOpen && ' If you have no account yet, the link makes you one, free of charge.'}
      </p>
      <Form visit={visit} action="/sign-in">
        <FaultSummary faults={faults} labels={{ email: 'Email address' }} />
        <EmailField email={email} faults={faults} />
        <Hidden next={next} />
        <button type="submit">Mail me a link</button>
      </Form>
      <p class="aside">
        {!isOpen && 'Accounts are made by whoever runs this Tocsin: ask them for one. '}
        Do you run it? <a href={`${visit.site.base}/operator/sign-in`}>Sign in as the operator</a>.
      </p>
    </>,
  );
}

/** The archive signs people in itself. @param url where */
export function hostSignInPage(visit: Visit, url: string, said: unknown): string {
  const { base, archiveName } = visit.site;
  return doorPage(
    visit,
    'Sign in',
    <>
      <Said code={said} sentences={sentences} />
      <p>
        Your account is that of the <bdi>{archiveName}</bdi>. Sign in there, and you are signed in here.
      </p>
      <p class="ways">
        <a class="button" href={url}>
          Sign in at the archive
        </a>
      </p>
      <p class="aside">
        Do you run this Tocsin? <a href={`${base}/operator/sign-in`}>Sign in as the operator</a>.
      </p>
    </>,
  );
}

/** The same whether or not anybody has the address. */
export function sentPage(visit: Visit): string {
  return doorPage(
    visit,
    'Check your mail',
    <>
      <p>We have sent a mail to that address. It says what comes next.</p>
      <ul class="mail-facts">
        <li>Its link works for {signInMinutes} minutes, once.</li>
        <li>Open it in this browser: it is good in no other.</li>
        <li>If you ask again, the newest mail counts.</li>
      </ul>
      <p class="aside">
        Nothing after a few minutes? Look among the spam, then{' '}
        <a href={`${visit.site.base}/sign-in`}>ask once more</a>.
        {visit.site.mailbox !== null && (
          <>
            {' '}
            This Tocsin catches its mail: <a href={visit.site.mailbox}>open the mailbox</a>.
          </>
        )}
      </p>
    </>,
  );
}

export function EmailField({ email, faults }: { email: string; faults?: Faults | undefined }) {
  return (
    <TextField
      type="email"
      name="email"
      label="Email address"
      value={email}
      autocomplete="email"
      maxLength={320}
      spellcheck={false}
      required
      faults={faults}
    />
  );
}

/** Where to go then, and the browser's time zone, for an account that may come of it. */
export function Hidden({ next }: { next: string }) {
  return (
    <>
      <input type="hidden" name="next" value={next} />
      <input type="hidden" name="time_zone" value="" data-own-zone="" />
    </>
  );
}
