import type { Cadence } from '../../domain/cadence.js';
import type { QuietHours } from '../../domain/quiet-hours.js';
import { cadenceWords } from '../../domain/watchlist-words.js';
import { FaultSummary, type Faults } from '../form/faults.js';
import { TextField } from '../form/field.js';
import type { Fields } from '../form/fields.js';
import { Form } from '../form/form.js';
import type { Visit } from '../frame/visit.js';
import { LocalMoment } from '../parts/local-moment.js';
import { Said } from '../parts/said.js';
import { Name } from '../parts/words.js';
import { QuietHoursForm, quietHoursFields } from './quiet-hours-form.js';
import { settingsPage } from './settings-frame.js';
import { timeZones } from './time-zones.js';

const sentences = {
  zone: 'Saved. Times, digests and quiet hours go by the new time zone.',
  quiet: 'Quiet hours are saved.',
  loud: 'There are no quiet hours any more.',
};

const labels = {
  timeZone: 'Time zone',
  from: 'From',
  to: 'To',
  quietHours: 'Quiet hours',
};

type Shown = {
  zone: string;
  quietHours: QuietHours | null;
  /** RFC 3339 */
  now: string;
  watchlists: readonly { id: string; name: string; cadence: Cadence }[];
  said?: unknown;
  /** What was typed, where a form was refused. */
  typedZone?: string;
  typedHours?: Fields;
  faults?: Faults;
};

/** When things are sent: time zone, quiet hours, and which watchlist sends when. */
export function timePage(visit: Visit, shown: Shown): string {
  const { zone, quietHours, now, watchlists, said, faults } = shown;
  const { base } = visit.site;
  const digests = watchlists.filter(({ cadence }) => cadence.mode !== 'instant');
  const instant = watchlists.length - digests.length;
  return settingsPage(visit, '/settings', {
    title: 'When you hear of it',
    children: (
      <>
        <Said code={said} sentences={sentences} />
        <FaultSummary faults={faults} labels={labels} />
        <section>
          <h2>Time zone</h2>
          <p>
            It is <LocalMoment at={now} zone={zone} /> in <bdi>{zone}</bdi>.
          </p>
          <Form visit={visit} action="/settings/time-zone" class="zone-form">
            <TextField
              name="timeZone"
              label="Your time zone"
              hint="Type part of a city’s name and choose."
              value={shown.typedZone ?? zone}
              list="zones"
              autocomplete="off"
              spellcheck={false}
              maxLength={64}
              required
              faults={faults}
            />
            <datalist id="zones">
              {timeZones.map((name) => (
                <option key={name} value={name} />
              ))}
            </datalist>
            <div class="ways">
              <button type="submit">Save the time zone</button>
              <button type="button" class="quiet zone-guess" data-zone-guess={zone} disabled>
                That of this browser
              </button>
            </div>
          </Form>
        </section>
        <section>
          <h2>Quiet hours</h2>
          <p>
            What happens in quiet hours waits for their end, and then comes as one digest. Webhooks wait too.
            Tests and mails that ask for a confirmation do not.
          </p>
          <QuietHoursForm
            visit={visit}
            typed={shown.typedHours ?? quietHoursFields(quietHours)}
            faults={faults}
          />
        </section>
        <section>
          <h2>Digests</h2>
          {watchlists.length === 0 ? (
            <p>
              Each watchlist says whether it sends at once or gathers. You have{' '}
              <a href={`${base}/watchlists/new`}>none yet</a>.
            </p>
          ) : (
            <p>
              Each watchlist says whether it sends at once or gathers.{' '}
              {instant > 0 && `${instant === 1 ? 'One sends' : `${instant} send`} at once. `}
              {digests.length > 0 && 'These gather:'}
            </p>
          )}
          {digests.length > 0 && (
            <ul class="names">
              {digests.map(({ id, name, cadence }) => (
                <li key={id}>
                  <a href={`${base}/watchlists/${id}`}>
                    <Name text={name} />
                  </a>
                  : {cadenceWords(cadence)}
                </li>
              ))}
            </ul>
          )}
        </section>
      </>
    ),
  });
}
