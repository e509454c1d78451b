import type { Faults } from '../form/faults.js';
import { TextField } from '../form/field.js';
import { Form } from '../form/form.js';
import type { Visit } from '../frame/visit.js';
import type { DestinationView } from './destination-view.service.js';

type MoreProps = {
  visit: Visit;
  view: DestinationView;
  zone: string;
  faults: Faults | undefined;
  since: string | undefined;
};

/** What one does seldom: recover, rotate, delete. */
export function MoreActs({ visit, view: { destination, signs }, zone, faults, since = '' }: MoreProps) {
  const path = `/destinations/${destination.id}`;
  return (
    <>
      {destination.status === 'active' && (
        <section>
          <h2>Recover what it missed</h2>
          <p>
            Alerts made since then whose delivery failed for good or was cancelled are sent again, with their
            old ids. What arrived is left alone.
          </p>
          <Form visit={visit} action={`${path}/recover`}>
            <TextField
              type="datetime-local"
              name="since"
              label="Since"
              hint={`In your time zone, ${zone}.`}
              value={since}
              required
              faults={faults}
            />
            <button type="submit" class="quiet">
              Send again what was missed
            </button>
          </Form>
        </section>
      )}
      {signs && (
        <section>
          <h2>Signing secret</h2>
          <p>
            A new one is shown once. The present one stays valid for 24 hours more, and requests carry a
            signature of both meanwhile.
          </p>
          <Form visit={visit} action={`${path}/rotate-secret`}>
            <button type="submit" class="quiet">
              Make a new secret
            </button>
          </Form>
        </section>
      )}
      <p class="last-act">
        <a class="danger" href={`${visit.site.base}${path}/delete`}>
          Delete this destination
        </a>
      </p>
    </>
  );
}
