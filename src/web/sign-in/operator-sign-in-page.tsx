import { TextField } from '../form/field.js';
import { FaultSummary, type Faults } from '../form/faults.js';
import { Form } from '../form/form.js';
import type { Visit } from '../frame/visit.js';
import { doorPage } from './door-page.js';

export function operatorSignInPage(
  visit: Visit,
  { next, faults }: { next: string; faults?: Faults },
): string {
  return doorPage(
    visit,
    'Sign in as the operator',
    <>
      <p>
        With the token that this Tocsin was set up with (<code>OPERATOR_TOKEN</code>), or one of scope{' '}
        <code>operator</code>. The session ends when that token is withdrawn.
      </p>
      <Form visit={visit} action="/operator/sign-in">
        <FaultSummary faults={faults} labels={{ token: 'Token' }} />
        <TextField
          type="password"
          name="token"
          label="Token"
          autocomplete="current-password"
          maxLength={500}
          required
          faults={faults}
        />
        <input type="hidden" name="next" value={next} />
        <button type="submit">Sign in</button>
      </Form>
      <p class="aside">
        Not the operator? <a href={`${visit.site.base}/sign-in`}>Sign in to your account</a>.
      </p>
    </>,
  );
}
