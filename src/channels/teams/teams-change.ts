import type { ChangeContent } from '../../domain/alert-content.js';
import { datesWords, flappingWords, undoneWords } from '../../domain/change-words.js';
import { directionMarks } from '../../domain/gravity.js';
import type { SeverityDelta } from '../../domain/delta.js';
import type { Form } from '../../domain/message-form.js';
import { sentence } from '../../domain/sentence.js';
import { shownLine } from '../../domain/shown-text.js';
import { instantWords, kindWords, severityWord, standingSentence } from '../../domain/wording.js';
import { bold, button, buttons, paragraph, words, type CardElement, type TextRun } from './card.js';
import { analysisElements, complaintButtons, lockedElements } from './teams-analysis.js';
import { diffRuns } from './teams-diff.js';

const longestTitle = 150;
const colors = { high: 'Attention', medium: 'Warning', low: 'Good' } as const;
const directions = { rise: 'severity rose', fall: 'severity fell', same: 'severity unchanged' } as const;

/** One change: what it is, the words, why it matters, where it comes from. @param more of what it is, on a line of its own */
export function changeElements(change: ChangeContent, form: Form, more = ''): CardElement[] {
  const items = [
    ...headingElements(change),
    ...paragraph(words(more), { spacing: 'None' }),
    ...wordingElements(change, form),
    ...analysisElements(change.analysis, form),
    ...lockedElements(change.locked),
    ...standingElements(change, form),
    ...provenanceElements(change, form),
    ...smallPrint(form.citation === 0 ? '' : shownLine(change.citation, form.citation)),
    ...linkElements(change, form),
  ];
  return [{ type: 'Container', separator: true, spacing: 'Medium', items }];
}

/** One change in a line, for those that there is no more room for. @param more for its end */
export function changeLine({ delta, provision }: ChangeContent, more = ''): CardElement[] {
  return paragraph([...stepRuns(delta), ...words(` · ${titleOf(provision)}${more}`)], { spacing: 'Small' });
}

/** `▲ Medium → High`: the arrow is for the eye, the words carry the same. */
export function stepRuns({ before, after, direction }: SeverityDelta): TextRun[] {
  const step = `${directionMarks[direction]} ${severityWord(before)} → ${severityWord(after)}`;
  const severity = after ?? before;
  return words(step, { weight: 'Bolder', ...(severity !== null && { color: colors[severity] }) });
}

function headingElements(change: ChangeContent): CardElement[] {
  const { delta, provision, flapping } = change;
  const dates = datesWords(change);
  const about = ` · ${kindWords[delta.kind]}, ${directions[delta.direction]}${dates === '' ? '' : ` · ${dates}`}`;
  return [
    ...paragraph(words(titleOf(provision), { size: 'Medium', weight: 'Bolder' })),
    ...paragraph([...stepRuns(delta), ...words(about)], { spacing: 'None' }),
    ...paragraph(words(flappingWords(flapping)), { spacing: 'None' }),
    // Where an alert is sent again after it: of itself a card never changes.
    ...paragraph(words(sentence(undoneWords(change)), { weight: 'Bolder' }), { spacing: 'None' }),
  ];
}

export function titleOf({ title, id }: ChangeContent['provision']): string {
  return shownLine(title, longestTitle) || shownLine(id, longestTitle);
}

function wordingElements({ text }: ChangeContent, form: Form): CardElement[] {
  const items = paragraph(diffRuns(text.diff, form.diff));
  return items.length === 0 ? [] : [{ type: 'Container', style: 'emphasis', spacing: 'Small', items }];
}

function standingElements({ delta, standing }: ChangeContent, form: Form): CardElement[] {
  if (form.detail === 0 || delta.after === null) return [];
  return paragraph([...bold('Standing: '), ...words(standingSentence(standing))], { spacing: 'Small' });
}

/** Where the newest wording was seen, or the last one of a clause that is gone. */
function provenanceElements({ capture }: ChangeContent, form: Form): CardElement[] {
  const seen = capture.after ?? capture.before;
  if (seen === null) return [];
  // Where there is no room for details, the citation line has the beginning of the hash.
  const hash = form.detail === 0 ? '' : shownLine(seen.sha256 ?? '', 64);
  const runs = [...bold('Provenance: '), ...words(`captured ${instantWords(seen.capturedAt)}`)];
  if (hash !== '') runs.push(...words(' · SHA-256 '), ...words(hash, { fontType: 'Monospace' }));
  return paragraph(runs, { spacing: 'Small' });
}

function linkElements({ url, capture, analysis }: ChangeContent, form: Form): CardElement[] {
  // Where there is no room for details, the page of the change has the rest.
  const seen = form.detail === 0 ? null : (capture.after ?? capture.before);
  return buttons([
    ...button('Open the change', url),
    ...button('Source', seen?.sourceUrl),
    ...button('Archived copy', seen?.archiveUrl),
    ...complaintButtons(analysis, form),
  ]);
}

function smallPrint(text: string): CardElement[] {
  return paragraph(words(text, { size: 'Small', isSubtle: true }), { spacing: 'Small' });
}
