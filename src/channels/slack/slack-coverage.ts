import type { CoverageContent } from '../../domain/coverage-content.js';
import { coverageSentence, coverageTitle } from '../../domain/coverage-words.js';
import { bold, dotted, linkTo, richText, section, webUrl, words } from './rich-text.js';
import { plainTemplate, type SlackTemplate } from './slack-message.js';
import { escapeFallback, shownLine } from './slack-text.js';

/** That a followed document can't be seen any more, or can again. */
export function coverageTemplate(content: CoverageContent): SlackTemplate {
  const { document, detail, url } = content;
  const title = shownLine(
    coverageTitle(content, (text) => shownLine(text, 100)),
    150,
  );
  const lead = coverageSentence(content);
  const said = shownLine(detail ?? '', 300);
  const links = dotted([
    linkTo(url, 'What is known of it', { bold: true }),
    linkTo(document.url, 'Read the document'),
  ]);
  const address = webUrl(url);
  const text = [title, lead, ...(address === null ? [] : [address])].map(escapeFallback).join('\n');
  return plainTemplate(text, [
    { type: 'header', text: { type: 'plain_text', text: title, emoji: false } },
    richText([
      section(...words(lead)),
      ...(said === '' ? [] : [section(...words('\n'), ...bold('The archive says: '), ...words(said))]),
      section(...words('\n'), ...links),
    ]),
  ]);
}
