import type { Destination } from '../../destinations/destination.js';
import { Form } from '../form/form.js';
import type { Visit } from '../frame/visit.js';

/** What one does most with a destination, by how it is. */
export function DestinationActs({ visit, destination }: { visit: Visit; destination: Destination }) {
  const { id, status } = destination;
  const path = `/destinations/${id}`;
  return (
    <div class="ways">
      {status === 'active' && (
        <Form visit={visit} action={`${path}/test`}>
          <button type="submit">Send a test</button>
        </Form>
      )}
      {status === 'pending' && (
        <Form visit={visit} action={`${path}/confirmation`}>
          <button type="submit">Ask once more</button>
        </Form>
      )}
      {(status === 'paused' || status === 'disabled') && (
        <Form visit={visit} action={`${path}/enable`}>
          <button type="submit">Put it back to work</button>
        </Form>
      )}
      <a class="button quiet" href={`${visit.site.base}${path}/edit`}>
        Edit
      </a>
      {status === 'active' && (
        <Form visit={visit} action={`${path}/pause`}>
          <button type="submit" class="quiet">
            Pause
          </button>
        </Form>
      )}
    </div>
  );
}
