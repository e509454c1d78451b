import type { SummaryContent } from '../../domain/alert-content.js';
import { instantWords } from '../../domain/wording.js';
import { bold, bullets, contextLine, linkTo, richText, section, words } from './rich-text.js';
import { severityStep } from './severity-words.js';
import { plainTemplate, type SlackTemplate } from './slack-message.js';
import { escapeFallback, shownLine } from './slack-text.js';

/** In place of a storm of alerts: how many, and the gravest by name. At most ten lines of some 300 bytes. */
export function summaryTemplate({ total, cap, since, alerts }: SummaryContent): SlackTemplate {
  const title = `${total} alerts in one message`;
  const lead = `More than ${cap} alerts came within a minute, from ${instantWords(since)}. They all stand in the inbox.`;
  const left = total - alerts.length;
  const lines = alerts.map(({ entity, document, provision, delta, moreChanges, url }) => {
    const more = moreChanges > 0 ? ` +${moreChanges} more` : '';
    const name = `${shownLine(entity, 60)}: ${shownLine(document, 80)}`;
    return { step: severityStep(delta), name, clause: `${shownLine(provision, 100)}${more}`, url };
  });
  const text = [title, ...lines.slice(0, 4).map(({ step, name }) => `${step}: ${name}`)]
    .map(escapeFallback)
    .join('\n');
  return plainTemplate(text, [
    { type: 'header', text: { type: 'plain_text', text: title, emoji: false } },
    richText([section(...words(lead))]),
    richText([
      bullets(
        lines.map(({ step, name, clause, url }) => [
          ...bold(step),
          ...words(' '),
          ...linkTo(url, name),
          ...words(` · ${clause}`),
        ]),
      ),
    ]),
    ...(left > 0 ? [contextLine(`and ${left} more, less grave`)] : []),
  ]);
}
