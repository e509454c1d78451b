import type { SummaryContent } from '../../domain/alert-content.js';
import { shownLine } from '../../domain/shown-text.js';
import { instantWords, plural } from '../../domain/wording.js';
import { button, buttons, paragraph, words, type CardElement } from './card.js';
import { stepRuns } from './teams-change.js';
import type { TeamsTemplate } from './teams-message.js';

/** In place of a storm of alerts: how many, and the gravest by name, each with its button. At most ten of some 900 characters. */
export function summaryTemplate({ total, cap, since, alerts }: SummaryContent): TeamsTemplate {
  const title = `${total} alerts in one message`;
  const lead = `More than ${plural(cap, 'alert', 'alerts')} came within a minute, from ${instantWords(since)}. They all stand in the inbox.`;
  const left = total - alerts.length;
  return {
    notification: title,
    body: [
      ...paragraph(words(title, { size: 'Large', weight: 'Bolder' })),
      ...paragraph(words(lead), { spacing: 'Small' }),
      ...alerts.map(alertElement),
      ...paragraph(words(left > 0 ? `and ${left} more, less grave` : '', { isSubtle: true }), {
        separator: true,
      }),
    ],
    documentUrl: null,
    omitted: 0,
  };
}

function alertElement(alert: SummaryContent['alerts'][number]): CardElement {
  const { entity, document, provision, delta, moreChanges, url } = alert;
  const more = moreChanges > 0 ? ` +${moreChanges} more` : '';
  const items = [
    ...paragraph([...stepRuns(delta), ...words(` · ${shownLine(entity, 60)}: ${shownLine(document, 80)}`)]),
    ...paragraph(words(`${shownLine(provision, 100)}${more}`), { spacing: 'None' }),
    ...buttons(button('Open the alert', url)),
  ];
  return { type: 'Container', separator: true, spacing: 'Small', items };
}
