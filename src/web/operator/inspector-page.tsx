import type { Foresight } from '../../operator/inspector.service.js';
import { TextArea } from '../form/field.js';
import type { Faults } from '../form/faults.js';
import { Form } from '../form/form.js';
import { pageOf } from '../frame/layout.js';
import type { Visit } from '../frame/visit.js';
import { eventSamples } from './event-samples.js';
import { ForesightView } from './foresight-view.js';
import { OperatorPage } from './operator-page.js';

const path = '/operator/inspector';

type InspectorPage = {
  text: string;
  foresight?: Foresight;
  faults?: Faults;
  /** What became of it when it was sent for real. */
  sent?: { status: 'accepted' | 'duplicate'; changeId: string | null };
};

/** Takes an event and shows whom it would reach, before it is sent. */
export function inspectorPage(visit: Visit, { text, foresight, faults, sent }: InspectorPage): string {
  const { base } = visit.site;
  return pageOf(
    <OperatorPage
      visit={visit}
      title="Inspector"
      way={path}
      lead="Shows what an event would do and whom it would reach, as of now, without anybody hearing of it."
    >
      {sent !== undefined && (
        <p class="said" role="status" tabIndex={-1} autofocus>
          {sent.status === 'accepted'
            ? 'Sent. It goes the way of every event now. '
            : 'It had been taken before: nothing was done. '}
          {sent.changeId !== null && <a href={`${base}/changes/${sent.changeId}`}>See the change</a>}
        </p>
      )}
      {faults !== undefined && <RefusedBy faults={faults} />}
      {foresight !== undefined && (
        <>
          <ForesightView visit={visit} foresight={foresight} />
          {foresight.duplicateOf === null && (
            <Form visit={visit} action={`${path}/send`}>
              <input type="hidden" name="event" value={text} />
              <p class="ways">
                <button type="submit">Send it for real</button>
                <span class="aside">Whoever follows it hears of it.</span>
              </p>
            </Form>
          )}
          <h2>The event</h2>
        </>
      )}
      <Form visit={visit} action={path}>
        <TextArea
          name="event"
          label="A structured CloudEvent, as JSON"
          hint={
            <>
              Begin with a sample:{' '}
              {Object.entries(eventSamples).map(([sample, words], place) => (
                <>
                  {place > 0 && ', '}
                  <a href={`${base}${path}?sample=${sample}`}>{words.toLowerCase()}</a>
                </>
              ))}
              .
            </>
          }
          value={text}
          rows={18}
          spellcheck={false}
          required
          faults={faults}
        />
        <div class="needs-script field">
          <label for="event-file">Or read it from a file</label>
          <input type="file" id="event-file" accept=".json,application/json" data-reads-into="event" />
        </div>
        <button type="submit">{foresight === undefined ? 'Inspect it' : 'Inspect it anew'}</button>
      </Form>
    </OperatorPage>,
  );
}

/** As intake says it, by path. */
function RefusedBy({ faults }: { faults: Faults }) {
  return (
    <div class="faults" role="alert" tabIndex={-1} autofocus>
      <p>{faults.fields.length > 0 ? 'Intake would refuse it:' : faults.words}</p>
      {faults.fields.length > 0 && (
        <ul>
          {faults.fields.map(({ path: where, message }) => (
            <li key={where + message}>
              {where !== '' && (
                <>
                  <code>{where}</code>:{' '}
                </>
              )}
              {message}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
