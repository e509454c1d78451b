import type { LoggedDelivery } from '../../deliveries/delivery-log.service.js';
import { shown } from '../../domain/shown-text.js';
import { Form } from '../form/form.js';
import type { Visit } from '../frame/visit.js';
import { canReplay, outcomeWords, reasonSentence } from '../parts/delivery-words.js';
import { LocalMoment } from '../parts/local-moment.js';

type Told = { delivery: LoggedDelivery; timeZone: string };

/** Since when, until when, and why, in a sentence or two. */
export function DeliveryStory({ delivery, timeZone }: Told) {
  const { state, dueAt, deliveredAt, attempts } = delivery;
  const reason = reasonSentence(delivery.reason);
  return (
    <>
      {state === 'delivered' && deliveredAt !== null && (
        <>
          It arrived on <LocalMoment at={deliveredAt} zone={timeZone} />.
        </>
      )}
      {state === 'due' && (
        <>
          {attempts.length === 0 ? 'It goes out on ' : 'It is tried again on '}
          <LocalMoment at={dueAt} zone={timeZone} />.
        </>
      )}
      {state === 'leased' && 'It is being sent.'}
      {state === 'dead' &&
        `It was given up${attempts.length > 1 ? ` after ${attempts.length} attempts` : ''}.`}
      {state === 'cancelled' && 'It was not sent.'}
      {reason !== null && ` ${shown(reason)}`}
    </>
  );
}

/** Every attempt, oldest first; nothing when there was none. */
export function Attempts({ delivery: { attempts }, timeZone }: Told) {
  if (attempts.length === 0) return null;
  return (
    <section>
      <h2>Attempts</h2>
      <ol class="attempts">
        {attempts.map(({ at, outcome, status, ms, reason, excerpt }, index) => (
          <li key={index}>
            <p>
              <LocalMoment at={at} zone={timeZone} named />: <strong>{outcomeWords[outcome]}</strong>
              {status !== null && `, code ${status}`}, after {ms} ms
            </p>
            {reason !== null && (
              <p class="aside" dir="auto">
                {shown(reasonSentence(reason) ?? '')}
              </p>
            )}
            {excerpt !== null && excerpt !== '' && (
              <code class="excerpt" dir="auto">
                {shown(excerpt)}
              </code>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Sends an ended delivery once more, with its old ids. */
export function ReplayForm({ visit, delivery }: { visit: Visit; delivery: LoggedDelivery }) {
  if (!canReplay(delivery)) return null;
  return (
    <Form visit={visit} action={`/deliveries/${delivery.id}/replay`}>
      <button class="quiet small">Send it again</button>
    </Form>
  );
}
