import * as fc from 'fast-check';

/** Any string that JavaScript can hold, lone surrogates and all. */
export const anyText = fc.string({ unit: 'binary', maxLength: 60 });

/** Whole graphemes of every script, emoji among them. */
export const graphemeText = fc.string({ unit: 'grapheme', maxLength: 60 });

const clausePieces = [
  'you we the fees of 30 14 days arbitration waive may not é e\u0301 同意 👩‍👩‍👧 - % $ “ ”'.split(' '),
  [' ', ' ', ' ', ' ', '  ', '\n', ', ', '. ', '; '],
].flat();

/** Few different pieces, so that two texts share many of them. */
export const clause = fc
  .array(fc.constantFrom(...clausePieces), { maxLength: 40 })
  .map((pieces) => pieces.join(''));

const someWords = "you we the fees Straße 30 1,000 days Ωμέγα opt-out don't Wörter".split(' ');

/** Words without any sign that could pass for markup. */
export const plainWords = fc.array(fc.constantFrom(...someWords), { maxLength: 30 });

const size = 120_000;
const filled = (piece: string) => piece.repeat(Math.ceil(size / piece.length)).slice(0, size);

/** Texts of 120,000 characters that are costly for careless expressions and algorithms. */
export const hostileTexts: Record<string, string> = {
  'one word': filled('a'),
  punctuation: filled('.,;!'),
  'combining marks of alternating classes': filled('\u0301\u0323'),
  'a letter with ever more marks': `a${filled('\u0301\u0323\u0327\u0334').slice(1)}`,
  'spaces with marks': filled(' \u0301'),
  'zero-width spaces': filled('\u200B'),
  'white space': filled(' '),
  'lines that end in marks': filled('\r\n\u0301'),
  hyphens: filled('a-'),
  'full stops': filled('a.'),
  'commas in a number': filled('1,'),
  fractions: filled('½'),
  'minus signs': filled(' -5'),
  'Han characters': filled('同意'),
  emoji: filled('👩‍👩‍👧'),
  'half flags': filled('🇩'),
  'lone surrogates': filled('\uD800'),
  'open comments': filled('<!--'),
  'open tags': filled('<a '),
  'open style sheets': filled('<style>'),
  'images without end': filled('<img alt="'),
  'link targets in each other': filled('](x'),
  'link targets with spaces': `](${filled(' ').slice(2)}`,
  'link targets with open titles': filled('](/x "'),
  'link targets with parentheses': filled('](a/()'),
  'link definitions': filled('[1]:http://x ('),
  'link labels': filled('][a]['),
  URLs: filled('https://a'),
  'character references': filled('&#x41;'),
  'quote marks': filled('> '),
  'bullets before much white space': `+${filled(' ').slice(2)}5`,
  headings: filled(' # '),
  'emphasis before a number': `5${filled('*').slice(2)}5`,
  backslashes: filled('\\'),
};
