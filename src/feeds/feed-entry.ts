import type { AlertContent, ChangeContent } from '../domain/alert-content.js';
import { headline } from '../domain/gravity.js';
import { shownLine } from '../domain/shown-text.js';
import { instantWords, movement } from '../domain/wording.js';
import { entryHtml } from './entry-html.js';
import { nameUuid } from './name-uuid.js';
import { element, type Xml } from './xml.js';

/** What an entry's id is made of: the identity of the event, which is the same in every feed and on every machine. */
export type EntryOrigin = {
  source: string;
  eventId: string;
  receivedAt: Date;
  /** When what undid the change came in, or took it back; null while it stands. */
  undoneAt: Date | null;
  /** Whether the archive took it back. */
  isRetracted: boolean;
};

/** Of the ids of entries. It must never change: feed readers would show every entry once more. */
const entryNamespace = '6f1d2c84-93b7-4e0a-8a5e-0d7c41b9e2f6';

/** As long as a mail's subject. */
const longestTitle = 240;

/**
 * One change as an Atom entry. @param content of this change alone
 * @throws RangeError when there is no change in it
 */
export function entryOf(origin: EntryOrigin, content: AlertContent): Xml {
  const [change] = content.changes;
  if (change === undefined) throw new RangeError('an entry needs a change');
  const { severity, label, words, direction } = headline([change.delta]);
  const { clauseType } = change.provision;
  const { undoneAt } = origin;
  const became = origin.isRetracted ? 'Taken back' : 'Went back';
  const undone = undoneAt && `${became} on ${instantWords(undoneAt.toISOString())}.`;
  const tags = [
    { term: `severity:${severity}`, label: `${severity} severity` },
    { term: `direction:${direction}`, label: words },
    { term: `clause-type:${clauseType}`, label: clauseType },
  ];
  return element('entry', {}, [
    element(
      'id',
      {},
      `urn:uuid:${nameUuid(entryNamespace, JSON.stringify([origin.source, origin.eventId]))}`,
    ),
    element('title', {}, `${undoneAt ? `${became}: ` : ''}${titleOf(label, content, change)}`),
    element('link', { rel: 'alternate', type: 'text/html', href: change.url }),
    element('published', {}, change.time),
    // Readers show it once more: whoever read that it changed is to read that it no longer did.
    element('updated', {}, (undoneAt ?? origin.receivedAt).toISOString()),
    element('author', {}, [element('name', {}, shownLine(content.entity.name, 200))]),
    ...tags.map((tag) => element('category', tag)),
    element('summary', {}, summaryOf(change, undone)),
    element('content', { type: 'html' }, entryHtml(content, change, undone)),
  ]);
}

/** `[High ▲] Amazon: AWS Acceptable Use Policy: Customer Responsibility for End-User Conduct`, as in a mail's subject. */
function titleOf(label: string, { entity, document }: AlertContent, { provision }: ChangeContent): string {
  const start = `[${label}] ${shownLine(entity.name, 60)}: ${shownLine(document.title, 100)}: `;
  return start + shownLine(provision.title, longestTitle - start.length);
}

function summaryOf({ delta, analysis }: ChangeContent, undone: string | null): string {
  return shownLine(
    `${undone === null ? '' : `${undone} `}${movement(delta)}. ${analysis?.summary ?? ''}`,
    400,
  );
}
