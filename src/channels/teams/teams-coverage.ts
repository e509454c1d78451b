import type { CoverageContent } from '../../domain/coverage-content.js';
import { coverageSentence, coverageTitle } from '../../domain/coverage-words.js';
import { shownLine } from '../../domain/shown-text.js';
import { bold, button, paragraph, words } from './card.js';
import { withoutSigns, type TeamsTemplate } from './teams-message.js';

/** That a followed document can't be seen any more, or can again. */
export function coverageTemplate(content: CoverageContent): TeamsTemplate {
  const { document, detail, url } = content;
  const title = coverageTitle(content, (text) => shownLine(text, 100));
  const said = shownLine(detail ?? '', 300);
  return {
    notification: withoutSigns(title),
    body: [
      ...paragraph(words(title, { size: 'Large', weight: 'Bolder' })),
      ...paragraph(words(coverageSentence(content)), { spacing: 'Small' }),
      ...paragraph(said === '' ? [] : [...bold('The archive says: '), ...words(said)], { spacing: 'Small' }),
    ],
    links: [...button('What is known of it', url), ...button('Read the document', document.url)],
    documentUrl: null,
    omitted: 0,
  };
}
