import type { ToAcknowledge } from '../../alerts/inbox.service.js';
import { plural } from '../../domain/wording.js';
import { Form } from '../form/form.js';
import { messagePage } from '../frame/message-page.js';
import type { Visit } from '../frame/visit.js';
import { nameOf } from '../parts/words.js';
import { inboxPath, type InboxPageQuery } from './inbox-page-query.js';

/** How many alerts it would be, and the question whether to. */
export function acknowledgeAllPage(
  visit: Visit,
  query: InboxPageQuery,
  { count, hasMore, newest }: ToAcknowledge,
): string {
  const back = visit.site.base + inboxPath(query);
  const { severity, entity } = query;
  if (newest === null) {
    return messagePage(
      visit,
      'Nothing to acknowledge',
      <p>
        All that match are acknowledged. <a href={back}>Back to the inbox</a>
      </p>,
    );
  }
  return messagePage(
    visit,
    `Acknowledge ${plural(count, 'alert', 'alerts')}`,
    <>
      <p>
        {hasMore ? 'These are the newest that match; older ones may remain. ' : 'These are all that match: '}
        not acknowledged yet
        {severity !== undefined && `, of severity ${severity}`}
        {entity !== undefined && (
          <>
            , of <bdi>{nameOf(entity)}</bdi>
          </>
        )}
        . What comes in meanwhile stays new.
      </p>
      <Form visit={visit} action="/inbox/acknowledge-all">
        <input type="hidden" name="newest" value={newest} />
        <input type="hidden" name="state" value={query.state} />
        {severity !== undefined && <input type="hidden" name="severity" value={severity} />}
        {entity !== undefined && <input type="hidden" name="entity" value={entity} />}
        <p class="ways">
          <button>Acknowledge {count === 1 ? 'it' : `all ${count}`}</button>
          <a href={back}>Leave them</a>
        </p>
      </Form>
    </>,
  );
}
