import type { LoggedDelivery } from '../../deliveries/delivery-log.service.js';
import type { AlertContent } from '../../domain/alert-content.js';
import { SelectField, TextArea } from '../form/field.js';
import { FaultSummary, type Faults } from '../form/faults.js';
import { Form } from '../form/form.js';
import type { Member, Visit } from '../frame/visit.js';
import { CopyButton } from '../parts/copy-button.js';
import { LocalMoment } from '../parts/local-moment.js';
import { nameOf } from '../parts/words.js';
import { DeliveryList } from './delivery-list.js';

/** What the owner of an alert sees and does besides reading it. */
export type Desk = {
  member: Member;
  /** Signed: whoever has it may read the alert. */
  link: string;
  mutes: readonly { kind: 'provision' | 'document'; key: string; until: string | null }[];
  deliveries: readonly LoggedDelivery[];
  said?: unknown;
  /** The note as it was typed, when it was refused. */
  draft?: { text: string; faults: Faults };
};

type Props = { visit: Visit; id: string; desk: Desk };

/** Acknowledge, share, and leave a note: at the top, where one decides. */
export function DeskTop({
  visit,
  id,
  desk,
  isAcknowledged,
  note,
}: Props & { isAcknowledged: boolean; note: string }) {
  const { link, draft } = desk;
  return (
    <section class="panel" aria-labelledby="desk-title">
      <h2 id="desk-title" class="unseen">
        What you can do
      </h2>
      {!isAcknowledged && (
        <Form visit={visit} action={`/alerts/${id}/acknowledge`}>
          <button>Acknowledge</button>
        </Form>
      )}
      <div class="field">
        <label for="share">Link for colleagues</label>
        <p class="hint" id="share-hint">
          Whoever has it reads the alert and your note, without signing in.
        </p>
        <div class="copy-line">
          <input id="share" readOnly value={link} aria-describedby="share-hint" />
          <CopyButton text={link} label="Copy" />
        </div>
      </div>
      <details open={draft !== undefined}>
        <summary>{note === '' ? 'Leave a note for colleagues' : 'Change the note'}</summary>
        <Form visit={visit} action={`/alerts/${id}/note`}>
          <FaultSummary faults={draft?.faults} labels={{ text: 'Note' }} />
          <TextArea
            name="text"
            label="Note"
            hint="Up to 2,000 characters. Empty it to remove it."
            value={draft?.text ?? note}
            maxLength={2_000}
            rows={4}
            faults={draft?.faults}
          />
          <button class="quiet small">Keep the note</button>
        </Form>
      </details>
    </section>
  );
}

const howLong = [
  { value: '7', words: 'for 7 days' },
  { value: '30', words: 'for 30 days' },
  { value: '', words: 'for good' },
];

const mostMutable = 100;

/** What is muted of it, and what could be. */
export function DeskMutes({ visit, id, desk, content }: Props & { content: AlertContent }) {
  const { mutes, member } = desk;
  const titles = titlesOf(content);
  const isMuted = (value: string) => mutes.some(({ kind, key }) => `${kind} ${key}` === value);
  const choices = [...titles]
    .map(([value, words]) => ({ value, words }))
    .filter(({ value }) => !isMuted(value))
    .slice(0, mostMutable);
  return (
    <section aria-labelledby="mute-title">
      <h2 id="mute-title">Hear less of it</h2>
      {mutes.map(({ kind, key, until }) => (
        <Form key={`${kind} ${key}`} visit={visit} action={`/alerts/${id}/unmute`} class="mute">
          <input type="hidden" name="target" value={`${kind} ${key}`} />
          <p>
            <bdi>{titles.get(`${kind} ${key}`) ?? nameOf(key)}</bdi> is muted
            {until !== null && (
              <>
                {' '}
                until <LocalMoment at={until} zone={member.timeZone} named />
              </>
            )}
            .
          </p>
          <button class="quiet small">Hear of it again</button>
        </Form>
      ))}
      {choices.length > 0 && (
        <Form visit={visit} action={`/alerts/${id}/mute`} class="filters">
          <SelectField name="target" label="Mute" value={choices[0]?.value ?? ''} choices={choices} />
          <SelectField name="days" label="How long" value="30" choices={howLong} />
          <button class="quiet">Mute</button>
        </Form>
      )}
      <p class="aside">What is muted alerts none of your watchlists, whatever they follow.</p>
    </section>
  );
}

/** What can be muted by what stands for it in the form. */
function titlesOf({ document, changes }: AlertContent): Map<string, string> {
  return new Map([
    ...changes.map(({ provision }): [string, string] => [
      `provision ${provision.id}`,
      nameOf(`Clause: ${provision.title}`),
    ]),
    [`document ${document.id}`, nameOf(`The whole document: ${document.title}`)],
  ]);
}

/** Where it went. */
export function DeskDeliveries({ visit, id, desk }: Props) {
  const { deliveries, member } = desk;
  return (
    <section aria-labelledby="went-title">
      <h2 id="went-title">Where it went</h2>
      {deliveries.length === 0 ? (
        <p class="aside">
          Nowhere: no destination of its watchlists was at work when it was made, or it is held for a digest.
        </p>
      ) : (
        <DeliveryList site={visit.site} deliveries={deliveries} timeZone={member.timeZone} />
      )}
      <p class="aside">
        Times in {member.timeZone}.{' '}
        <a href={`${visit.site.base}/deliveries?alert=${id}`}>All of them, with every attempt</a>
      </p>
    </section>
  );
}
