import type { KnownBlock, RichTextBlock, RichTextElement } from '@slack/types';
import type { ChangeContent } from '../../domain/alert-content.js';
import { datesWords, flappingWords, undoneWords } from '../../domain/change-words.js';
import type { Form } from '../../domain/message-form.js';
import type { Capture } from '../../domain/provision-event.js';
import { analysisElements, lockedElements } from './slack-analysis.js';
import { bold, contextLine, dotted, linkTo, quote, richText, section, webUrl, words } from './rich-text.js';
import { changeInWords, severityStep } from './severity-words.js';
import { diffElements } from './slack-diff.js';
import { shownLine } from './slack-text.js';

type Elements = RichTextBlock['elements'];

const longestTitle = 150;

/**
 * One change: what it is, the words, why it matters, where it comes from.
 *
 * @param more of what it is, on a line of its own
 */
export function changeBlocks(change: ChangeContent, form: Form, more: RichTextElement[] = []): KnownBlock[] {
  const body: Elements = [
    section(...headingElements(change), ...(more.length === 0 ? [] : [...words('\n'), ...more])),
    ...wordingElements(change, form),
    ...analysisElements(change.analysis, form),
    ...noteElements(change, form),
  ];
  const citation = form.citation === 0 ? '' : shownLine(change.citation, form.citation);
  return [{ type: 'divider' }, richText(body), ...(citation === '' ? [] : [contextLine(citation)])];
}

/** One change in two lines, for the end of a long alert. */
export function changeLine(change: ChangeContent): RichTextElement[] {
  const stands = undoneWords(change) === '';
  const step = words(severityStep(change.delta), stands ? undefined : { strike: true });
  return [...step, ...words(': '), ...titleElements(change)];
}

function titleElements({ url, provision }: ChangeContent): RichTextElement[] {
  return linkTo(url, shownLine(provision.title, longestTitle) || shownLine(provision.id, longestTitle), {
    bold: true,
  });
}

function headingElements(change: ChangeContent): RichTextElement[] {
  const { delta, flapping } = change;
  const hint = flappingWords(flapping);
  const undone = undoneWords(change);
  return [
    ...titleElements(change),
    ...words('\n'),
    ...dotted([
      undone === '' ? bold(severityStep(delta)) : words(severityStep(delta), { strike: true }),
      bold(undone),
      words(changeInWords(delta)),
      words(datesWords(change)),
    ]),
    ...words(hint === '' ? '' : `\n${hint}`),
  ];
}

function wordingElements({ delta, text }: ChangeContent, form: Form): Elements {
  const diff = diffElements(text.diff, form.diff);
  if (diff.length === 0) return [];
  return [section(...words('\n'), ...wordingLabel(delta.kind)), quote(diff)];
}

/** The label doubles as the key to the two styles. */
function wordingLabel(kind: ChangeContent['delta']['kind']): RichTextElement[] {
  if (kind === 'introduced') return bold('New clause');
  if (kind === 'withdrawn') return bold('Withdrawn clause');
  return [
    ...bold('Wording'),
    ...words(' ('),
    ...words('removed', { strike: true }),
    ...words(', '),
    ...bold('added'),
    ...words(')'),
  ];
}

function noteElements(change: ChangeContent, form: Form): Elements {
  const notes = [
    form.detail === 0 ? [] : standing(change),
    lockedElements(change.locked),
    provenance(change, form),
  ].filter((note) => note.length > 0);
  return notes.length === 0 ? [] : [section(...notes.flatMap((note) => [...words('\n'), ...note]))];
}

function standing({ standing: { lower, equal, higher } }: ChangeContent): RichTextElement[] {
  const others = lower + equal + higher;
  const text =
    others === 0
      ? 'no other entity has a clause of this type on record'
      : `among ${others} other ${others === 1 ? 'entity' : 'entities'} with a clause of this type, ${lower} rated lower, ${equal} equal, ${higher} higher`;
  return [...bold('Standing: '), ...words(text)];
}

/** Where the newest wording was seen, or the last one of a clause that is gone. */
function provenance({ capture }: ChangeContent, form: Form): RichTextElement[] {
  const seen = capture.after ?? capture.before;
  if (seen === null) return [];
  const { sourceUrl, archiveUrl, sha256 } = seen;
  // Where there is no room for details, the citation line has the beginning of the hash.
  const hash =
    sha256 === undefined || form.detail === 0 ? [] : [...words('SHA-256 '), ...words(sha256, { code: true })];
  return [
    ...bold('Provenance: '),
    ...dotted([
      webUrl(sourceUrl) === null ? [] : linkTo(sourceUrl, 'source'),
      webUrl(archiveUrl) === null ? [] : linkTo(archiveUrl, 'archived copy'),
      words(`captured ${captureTime(seen)}`),
      hash,
    ]),
  ];
}

/** `2026-05-04 08:58:40 UTC` */
function captureTime({ capturedAt }: Capture): string {
  const at = new Date(capturedAt);
  if (Number.isNaN(at.getTime())) return shownLine(capturedAt, 40);
  return `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
