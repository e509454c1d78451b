import { Form } from '../form/form.js';
import { messagePage } from '../frame/message-page.js';
import type { Visit } from '../frame/visit.js';
import { titleOf } from '../parts/destination-name.js';
import { Name } from '../parts/words.js';
import type { DestinationView } from './destination-view.service.js';

/** Says what stops before anything does. */
export function deleteDestinationPage(visit: Visit, { destination, watchlists }: DestinationView): string {
  const path = `/destinations/${destination.id}`;
  const orphans = watchlists.filter(({ isOnly }) => isOnly);
  return messagePage(
    visit,
    'Delete this destination?',
    <>
      <p>
        <strong>
          <Name text={titleOf(destination)} />
        </strong>{' '}
        gets nothing any more, and the record of what went there is deleted with it. Alerts stay in your
        inbox.
      </p>
      {watchlists.length > 0 && (
        <p>
          {watchlists.length === 1 ? 'One watchlist leads' : `${watchlists.length} watchlists lead`} there and{' '}
          {orphans.length === 0 ? 'keep their other destinations.' : 'would stop:'}
        </p>
      )}
      {orphans.length > 0 && (
        <ul class="names">
          {orphans.map(({ id, name }) => (
            <li key={id}>
              <a href={`${visit.site.base}/watchlists/${id}`}>
                <Name text={name} />
              </a>{' '}
              leads nowhere else
            </li>
          ))}
        </ul>
      )}
      <Form visit={visit} action={`${path}/delete`}>
        <div class="ways">
          <button type="submit" class="danger">
            Delete it
          </button>
          <a class="button quiet" href={visit.site.base + path}>
            Keep it
          </a>
        </div>
      </Form>
    </>,
  );
}
