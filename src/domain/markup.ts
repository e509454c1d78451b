import { decodeEntities } from './html-entities.js';

/** What a URL in running text becomes: that something is linked there is said, where it leads is not. */
export const linkMark = '\uFFFC';

/** Elements that stand within a word or sentence. Between all others a new line begins. */
const inlineElements = new Set(
  'a abbr b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike strong tt u var wbr'.split(
    ' ',
  ),
);

const otherElements = new Set(
  (
    'address article aside blockquote body br button caption center col colgroup dd details div dl dt fieldset ' +
    'figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html iframe img input legend li link main meta nav ' +
    'noscript object ol option p picture pre section select source style script sub summary sup svg table tbody td ' +
    'template textarea tfoot th thead time title tr ul video'
  ).split(' '),
);

const url = String.raw`(?:https?:\/\/|mailto:|www\.)(?:[\w\-.~:/?#@!$*+,;=%]|&(?!(?!amp;)[#\w]{1,8};))+`;
const autolink = new RegExp(`<${url}>|(?<![\\p{L}\\p{N}])${url}`, 'giu');

/** `[1]: https://example.org "Title"` */
const linkDefinition = new RegExp(
  String.raw`\[([^[\]\n]{1,200})\]:[ \t]{0,9}<?(?:${url}|[#/][^\s<>]{0,2000})>?(?:[ \t]{1,9}(?:"[^"\n]{0,300}"|'[^'\n]{0,300}'|\([^()\n]{0,300}\)))?`,
  'giu',
);

/** `](https://example.org/a_(b) "Title")`: a target has a sign of a path, so that "[the Company](we)" stays as it is. */
const linkTarget =
  /\]\(\s{0,9}(?=[^\s()]{0,2000}[/#.:?=]|\))<?[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*>?(?:\s{1,9}(?:"[^"]*"|'[^']*'))?\s{0,9}\)/g;

/**
 * The words of a text that may be Markdown, HTML or both, without what only formats or links them. What a reader would
 * see as text stays: numbers of lists, text and alternative text of links and images, comparison signs. Every step costs
 * time linear in the text's length, whatever it holds.
 */
export function withoutMarkup(text: string): string {
  let bare = text.replaceAll(linkMark, ' ');
  bare = withoutPassages(bare, /<!--/g, /-->/g);
  bare = withoutPassages(bare, /<style\b[^<>]*>/gi, /<\/style\s{0,9}>/gi);
  bare = withoutPassages(bare, /<script\b[^<>]*>/gi, /<\/script\s{0,9}>/gi);
  return decodeEntities(withoutMarkdownSigns(withoutTags(withoutLinks(bare))));
}

/** Without everything from an opening to its closing mark. Stops at the first one that is never closed. */
function withoutPassages(text: string, opening: RegExp, closing: RegExp): string {
  let kept = '';
  let from = 0;
  for (let start = opening.exec(text); start !== null; start = opening.exec(text)) {
    closing.lastIndex = opening.lastIndex;
    if (closing.exec(text) === null) break;
    kept += `${text.slice(from, start.index)} `;
    from = opening.lastIndex = closing.lastIndex;
  }
  return kept + text.slice(from);
}

function withoutLinks(text: string): string {
  const labels = new Set<string>();
  return text
    .replace(linkDefinition, (_, label: string) => {
      labels.add(label.toLowerCase());
      return ' ';
    })
    .replace(/\]\s?\[([^[\]]{0,200})\]/g, (whole, label: string) =>
      label === '' || labels.has(label.toLowerCase()) ? ']' : whole,
    )
    .replace(linkTarget, ']')
    .replace(autolink, linkMark)
    .replace(/<([^\s<>@]{1,200}@[^\s<>@]{1,200})>/g, '$1');
}

function withoutTags(text: string): string {
  return text.replace(/<\/?([a-z][a-z0-9]*)(?=[\s/>])[^<>]*>/gi, (tag, name: string) => {
    const element = name.toLowerCase();
    if (inlineElements.has(element)) return '';
    if (!otherElements.has(element)) return tag;
    const alternative = element === 'img' ? /\salt=(?:"([^"]*)"|'([^']*)')/i.exec(tag) : null;
    return ` ${alternative?.[1] ?? alternative?.[2] ?? ''} `;
  });
}

/**
 * Only the signs that would pass for meaning: plain punctuation is set aside later anyhow. Before a number, the `>` and
 * `+` of a line's beginning are taken for what they say there ("> 30 days").
 */
function withoutMarkdownSigns(text: string): string {
  return text
    .replace(/^[ \t]{0,9}(?:`{3,}|~{3,})[^`\n]*$/gm, '')
    .replace(/^(?:[ \t]{0,3}>)+(?![ \t]{0,3}[>\d.\p{Sc}])/gmu, '')
    .replace(/^[ \t]{0,12}\+(?:[ \t]+(?![\s\d.\p{Sc}])|[ \t]*$)/gmu, '')
    .replace(/^[ \t]{0,3}#(?=\s|$)|#{2,}|[ \t]#(?=[ \t]*$)/gm, '')
    .replace(/={3,}|^={2,}[ \t]*$/gm, '')
    .replace(/\\(?=[\p{P}\p{S}])/gu, '')
    .replace(/(?<!\d)\*+|\*+(?!\d)|~~|`/g, '');
}
