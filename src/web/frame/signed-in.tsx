import { Form } from '../form/form.js';
import type { Visit } from './visit.js';

/** Below every page of whoever is signed in: as whom, and the way out. */
export function SignedIn({ visit }: { visit: Visit }) {
  const { reader } = visit;
  if (reader.kind === 'visitor') return null;
  return (
    <Form visit={visit} action="/sign-out" class="signed-in">
      <span>Signed in as {reader.kind === 'operator' ? 'the operator' : <bdi>{reader.email}</bdi>}.</span>{' '}
      <button type="submit" class="as-link">
        Sign out
      </button>
    </Form>
  );
}
