import type { TestContent } from '../../domain/alert-content.js';
import { shownLine } from '../../domain/shown-text.js';
import { paragraph, words } from './card.js';
import type { TeamsTemplate } from './teams-message.js';

/** A short message to see that a destination works. */
export function testTemplate({ archiveName }: TestContent): TeamsTemplate {
  const title = 'Test message';
  const text = `This channel will get alerts from ${shownLine(archiveName, 200)}. Nothing else to do.`;
  return {
    notification: title,
    body: [
      ...paragraph(words(title, { size: 'Large', weight: 'Bolder' })),
      ...paragraph(words(text), { spacing: 'Small' }),
    ],
    documentUrl: null,
    omitted: 0,
  };
}
