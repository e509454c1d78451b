import { weekdays, type Weekday } from '../../domain/cadence.js';
import type { QuietHours } from '../../domain/quiet-hours.js';
import { capitalised } from '../../domain/sentence.js';
import { faultsOf, type Faults } from '../form/faults.js';
import { Choices, TextField } from '../form/field.js';
import { textOf, type Fields } from '../form/fields.js';
import { Form } from '../form/form.js';
import type { Visit } from '../frame/visit.js';

type FormProps = { visit: Visit; typed: Fields; faults: Faults | undefined };

const dayWays = [
  { value: 'same', words: 'As above' },
  { value: 'none', words: 'Not quiet' },
  { value: 'own', words: 'Other times' },
] as const;

/** The hours of every day, those of single weekdays, and what comes through all the same. */
export function QuietHoursForm({ visit, typed, faults }: FormProps) {
  const overall = faultsOf(faults, 'quietHours');
  return (
    <Form visit={visit} action="/settings/quiet-hours" id="quietHours">
      {overall.length > 0 && <p class="fault">{overall.join(' ')}</p>}
      <Choices
        type="radio"
        name="quiet"
        legend="Are there hours in which you want no alerts?"
        choices={[
          { value: 'off', words: 'No, send at any hour' },
          { value: 'on', words: 'Yes, these:' },
        ]}
        chosen={[textOf(typed, 'quiet') || 'off']}
      />
      <div class="span">
        <TextField type="time" name="from" label="From" value={textOf(typed, 'from')} faults={faults} />
        <TextField type="time" name="to" label="To" value={textOf(typed, 'to')} faults={faults} />
      </div>
      <p class="hint">“To” before “from” runs over midnight. From 00:00 to 00:00 is the whole day.</p>
      <Days typed={typed} faults={faults} />
      <Choices
        type="radio"
        name="breakThrough"
        legend="What comes through all the same?"
        choices={[
          { value: 'none', words: 'Nothing' },
          {
            value: 'high',
            words: 'Alerts of high severity',
            hint: 'When a clause is rated high, before or after the change.',
          },
        ]}
        chosen={[textOf(typed, 'breakThrough') || 'none']}
      />
      <button type="submit">Save quiet hours</button>
    </Form>
  );
}

function Days({ typed, faults }: { typed: Fields; faults: Faults | undefined }) {
  const isOpen = weekdays.some(
    (day) => textOf(typed, `day-${day}`) !== '' && textOf(typed, `day-${day}`) !== 'same',
  );
  return (
    <details class="days" open={isOpen}>
      <summary>Other hours on some weekdays</summary>
      <p class="hint">A day’s window is the one that begins on it.</p>
      <table class="day-table">
        <caption class="unseen">Quiet hours by weekday</caption>
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col">Quiet</th>
            <th scope="col">From</th>
            <th scope="col">To</th>
          </tr>
        </thead>
        <tbody>
          {weekdays.map((day) => (
            <DayRow key={day} day={day} typed={typed} faults={faults} />
          ))}
        </tbody>
      </table>
    </details>
  );
}

function DayRow({ day, typed, faults }: { day: Weekday; typed: Fields; faults: Faults | undefined }) {
  const name = capitalised(day);
  const field = `day-${day}`;
  const wrong = faultsOf(faults, field);
  const chosen = textOf(typed, field) || 'same';
  return (
    <tr>
      <th scope="row">
        {name}
        {wrong.length > 0 && (
          <span class="fault" id={`${field}-fault`}>
            {wrong.join(' ')}
          </span>
        )}
      </th>
      <td>
        <select
          id={field}
          name={field}
          aria-label={`${name}: quiet`}
          {...(wrong.length > 0 && { 'aria-invalid': true, 'aria-describedby': `${field}-fault` })}
        >
          {dayWays.map(({ value, words }) => (
            <option key={value} value={value} selected={value === chosen}>
              {words}
            </option>
          ))}
        </select>
      </td>
      <td>
        <input
          type="time"
          name={`${field}-from`}
          value={textOf(typed, `${field}-from`)}
          aria-label={`${name}: from`}
        />
      </td>
      <td>
        <input
          type="time"
          name={`${field}-to`}
          value={textOf(typed, `${field}-to`)}
          aria-label={`${name}: to`}
        />
      </td>
    </tr>
  );
}

/** What stands in the fields for quiet hours. */
export function quietHoursFields(hours: QuietHours | null): Fields {
  if (hours === null) return { quiet: 'off', from: '22:00', to: '07:00', breakThrough: 'none' };
  const days = weekdays.flatMap((day): [string, string][] => {
    const own = hours.days?.[day];
    if (own === undefined) return [];
    if (own === null) return [[`day-${day}`, 'none']];
    return [
      [`day-${day}`, 'own'],
      [`day-${day}-from`, own.from],
      [`day-${day}-to`, shownEnd(own.to)],
    ];
  });
  return {
    quiet: 'on',
    from: hours.from,
    to: shownEnd(hours.to),
    breakThrough: hours.breakThrough ?? 'none',
    ...Object.fromEntries(days),
  };
}

/** Quiet hours out of the fields, still to be validated; null for none. Fields of time know no 24:00. */
export function quietHoursIn(fields: Fields): Record<string, unknown> | null {
  if (textOf(fields, 'quiet') !== 'on') return null;
  const window = (from: string, to: string) => ({
    from,
    to: from === '00:00' && to === '00:00' ? '24:00' : to,
  });
  const days = weekdays.flatMap((day): [string, unknown][] => {
    const way = textOf(fields, `day-${day}`);
    if (way === 'none') return [[day, null]];
    if (way !== 'own') return [];
    return [[day, window(textOf(fields, `day-${day}-from`), textOf(fields, `day-${day}-to`))]];
  });
  return {
    ...window(textOf(fields, 'from'), textOf(fields, 'to')),
    breakThrough: textOf(fields, 'breakThrough') === 'high' ? 'high' : null,
    ...(days.length > 0 && { days: Object.fromEntries(days) }),
  };
}

/** The field for a path of quiet hours: `quietHours.days.monday.to` is wrong in Monday's row. */
export function quietHoursField(path: string): string {
  const [, day] = /^quietHours\.days\.(\w+)/.exec(path) ?? [];
  if (day !== undefined) return `day-${day}`;
  return path.replace(/^quietHours\./, '');
}

function shownEnd(to: string): string {
  return to === '24:00' ? '00:00' : to;
}
