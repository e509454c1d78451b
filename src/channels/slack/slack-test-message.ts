import type { TestContent } from '../../domain/alert-content.js';
import { richText, section, words } from './rich-text.js';
import { plainTemplate, type SlackTemplate } from './slack-message.js';
import { escapeFallback, shownLine } from './slack-text.js';

/** A short message to see that a destination works. */
export function testTemplate({ archiveName }: TestContent): SlackTemplate {
  const title = 'Test message';
  const text = `This channel will get alerts from ${shownLine(archiveName, 200)}. Nothing else to do.`;
  return plainTemplate(`${title}\n${escapeFallback(text)}`, [
    { type: 'header', text: { type: 'plain_text', text: title, emoji: false } },
    richText([section(...words(text))]),
  ]);
}
