import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameWords } from '../../src/domain/same-words.js';
import { anyText, clause, graphemeText, hostileTexts, plainWords } from './texts.js';

const cosmetic: [why: string, before: string, after: string][] = [
  ['case', 'Free TRIAL', 'free trial'],
  ['case of other alphabets', 'ΟΔΟΣ Straße ÄRGER', 'οδος STRASSE ärger'],
  ['white space', 'a b\n\nc', ' a\tb c '],
  ['no-break and ideographic spaces', 'a\u00A0b\u3000c', 'a b c'],
  ['punctuation', 'You, the user, may: go!', 'You the user may go'],
  ['dashes', 'fees — if any — apply', 'fees - if any – apply'],
  ['a hyphen for a space', 'long-term use', 'long term use'],
  ['quotes', '“Service” and ‘us’', '"Service" and \'us\''],
  ['quotes of other languages', '„Dienst“ «service» 「同意」', 'Dienst service 同意'],
  ['an apostrophe', "You can't", 'You can’t'],
  ['a lost apostrophe', "You can't", 'You cant'],
  ['initials', 'the U.S. courts', 'the US courts'],
  ['an ellipsis', 'and so on…', 'and so on...'],
  ['commas in a large number', '$1,000,000', '$1000000'],
  ['soft hyphens', 'arbi\u00ADtra\u00ADtion', 'arbitration'],
  ['zero-width and bidi marks', 'a\u200Brbi\u200Etration\uFEFF', 'arbitration'],
  ['compatibility forms', 'ﬁnal ＦＥＥ №', 'final FEE No'],
  ['composed letters', 'cafe\u0301', 'café'],
  ['trademark signs', 'Windows® and Xbox™', 'Windows and Xbox'],
  ['a (c) that became a copyright sign', '(b) one (c) two', '(b) one © two'],
  ['a fraction', '½ year', '1/2 year'],
  ['Han text with spaces', '同意 する', '同意する'],
  ['inline HTML', '<b>R</b>esponsible <em>use</em>', 'Responsible use'],
  ['HTML blocks', '<p>one</p><p>two</p>', 'one\n\ntwo'],
  ['an HTML line break', 'one<br/>two', 'one two'],
  ['HTML attributes', '<p class="a" id=b>text</p>', '<P>text</P>'],
  ['an HTML comment', 'one <!-- hidden <b> words --> two', 'one two'],
  ['a style sheet and a script', '<style>p { color: red }</style>text<script>run()</script>', 'text'],
  ['named references', 'you &amp; us&nbsp;&ldquo;may&rdquo; caf&eacute;', 'you & us “may” café'],
  ['numeric references', 'don&#39;t &#x41;gree', "don't Agree"],
  [
    'a link target in HTML',
    '<a href="https://a.example/1">terms</a>',
    '<a href="https://b.example/2">terms</a>',
  ],
  ['a link in HTML', '<a href="/terms">terms</a>', 'terms'],
  ['Markdown emphasis', '**You** _must_ ~~not~~ `pay`', 'You must not pay'],
  ['emphasis inside a word', '**R**esponsible', 'Responsible'],
  ['a Markdown heading', '## Fees ##\ntext', 'Fees\ntext'],
  ['an underlined heading', 'Fees\n====\ntext', 'Fees text'],
  ['an underline that lost its line', 'Fees ====== text', 'Fees text'],
  ['bullets', '- one\n- two', '* one\n+ two'],
  ['a bullet that lost its item', '+', '+ '],
  ['bullets of typography', '• one\n▪ two', 'one two'],
  ['a block quote', '> You agree.\n> You pay.', 'You agree. You pay.'],
  ['a rule', 'one\n\n---\n\ntwo', 'one\n\n***\n\ntwo'],
  ['a table', '| one | two |\n|-----|----:|\n| three | four |', 'one two three four'],
  ['a code fence', '```text\nrun\n```', 'run'],
  ['a Markdown link', '[terms](https://a.example/x "Title")', 'terms'],
  ['a Markdown link target', '[terms](https://a.example/x_(y))', '[terms](/terms)'],
  ['a link with an anchor', 'see [fees](#fees)', 'see fees'],
  ['a reference link', '[terms][1] apply\n\n[1]: https://a.example "T"', 'terms apply'],
  ['an image', '![our logo](https://a.example/logo.png)', '<img src="/b.png" alt="our logo">'],
  ['a bare link target', 'See https://a.example/x?y=1&z=2.', 'See http://b.example'],
  ['an autolink', 'See <https://a.example>', 'See www.b.example/x'],
  ['an address in angle brackets', 'Write to <a@b.example>', 'Write to a@b.example'],
  ['backslashes of Markdown', '4\\. Program \\[x\\]', '4. Program [x]'],
];

const different: [why: string, before: string, after: string][] = [
  ['a word', 'You may pay', 'You must pay'],
  ['a word more', 'You may', 'You may not'],
  ['the order of words', 'you pay us', 'us pay you'],
  ['a prefix with a hyphen', 'non-refundable', 'refundable'],
  ['a hyphen that makes another word', 're-sign', 'resign'],
  ['an accent', 'resume', 'résumé'],
  ['dotted and dotless i', 'sınır', 'sinir'],
  ['a number', '30 days', '14 days'],
  ['a decimal point', '30', '3.0'],
  ['a decimal comma', '3,5', '35'],
  ['thousands and thousandths', '1,000', '1.000'],
  ['a point before a fraction', '$.50', '$50'],
  ['digits run together', '1 000', '1000'],
  ['a currency', '$5', '€5'],
  ['a currency and a share', '$5', '5%'],
  ['a lost percent sign', '5%', '5'],
  ['a minus sign', 'below -5', 'below 5'],
  ['a negative amount', 'pay -$5', 'pay $5'],
  ['a comparison', '<18 years', '>18 years'],
  ['a comparison as a reference', '&lt;18 years', '18 years'],
  ['a comparison at the beginning of a line', '> 30 days', '30 days'],
  ['a plus sign', '18+ only', '18 only'],
  ['a plus sign at the beginning of a line', '+ 30 days', '30 days'],
  ['a section sign', '§ 5', '5'],
  ['an ampersand', 'you & us', 'you us'],
  ['a number sign', '#1', '1'],
  ['an at sign', 'user @ host', 'user host'],
  ['an approximation', '~30 days', '30 days'],
  ['a square', '10²', '102'],
  ['a mixed number', '1½', '11/2'],
  ['a tick', 'Sharing ✓', 'Sharing ✗'],
  ['the number of an item', '1. Fees', '2. Fees'],
  ['the number of a section', '6.1 Fees', '6.2 Fees'],
  ['a placeholder in angle brackets', 'Dear <company name>', 'Dear <user name>'],
  ['the text of a link', '[terms](/a)', '[rules](/a)'],
  ['words in brackets after brackets', '[the Company](we)', '[the Company](they)'],
  ['two bracketed numbers', '[30][60] days', '[30][90] days'],
  ['the alternative text of an image', '![yes](/a.png)', '![no](/a.png)'],
  ['a link that is gone', 'Opt out at https://a.example', 'Opt out at'],
  ['a link where there was the sign of an object', 'Opt out at \uFFFC', 'Opt out at https://a.example'],
  ['words after a link without a space', '見るhttps://a.example/同意', '見るhttps://a.example/拒否'],
  ['a host name', 'amazon.com', 'amazon.de'],
  ['an unclosed comment', 'one <!-- two', 'one <!-- three'],
  ['an unknown reference', '&sharing; data', '&selling; data'],
  ['one Han character', '同意しない', '同意する'],
];

describe('sameWords', () => {
  it.each(cosmetic)('sets aside %s', (_, before, after) => {
    expect(sameWords(before, after)).toBe(true);
    expect(sameWords(after, before)).toBe(true);
  });

  it.each(different)('tells apart %s', (_, before, after) => {
    expect(sameWords(before, after)).toBe(false);
    expect(sameWords(after, before)).toBe(false);
  });

  it('is reflexive and symmetric', () => {
    const signs = fc.array(fc.constantFrom(...Array.from('+#>=-~`* \t\n5.$a|\\&<[]()/!½')), { maxLength: 8 });
    const text = fc.oneof(
      anyText,
      graphemeText,
      clause,
      signs.map((chosen) => chosen.join('')),
    );
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(sameWords(a, `${a} `)).toBe(true);
        expect(sameWords(a, b)).toBe(sameWords(b, a));
      }),
    );
  });

  it('does not see case, white space, punctuation and quotes', () => {
    const between = fc.constantFrom(' ', '  ', '\n', '\u00A0', ', ', '. ', '; ', ' — ', '” “', ' (', ') ');
    fc.assert(
      fc.property(plainWords, fc.infiniteStream(between), fc.boolean(), (words, gaps, upper) => {
        const plain = words.join(' ');
        const dressed = words.map((word) => (upper ? word.toUpperCase() : word) + gaps.next().value).join('');
        expect(sameWords(plain, dressed)).toBe(true);
      }),
    );
  });

  it('sees a word that was put in, taken out or replaced', () => {
    fc.assert(
      fc.property(plainWords, fc.nat(), plainWords, (left, choice, right) => {
        const word = ['arbitration', '7', '%', '同'][choice % 4]!;
        const without = [...left, 'we', ...right].join(' ');
        expect(sameWords(without, [...left, word, 'we', ...right].join(' '))).toBe(false);
        expect(sameWords(without, [...left, ...right].join(' '))).toBe(false);
        expect(sameWords(without, [...left, word, ...right].join(' '))).toBe(false);
      }),
    );
  });

  it.each(Object.entries(hostileTexts))('takes a moment for %s', (_, text) => {
    const start = process.cpuUsage();
    expect(sameWords(text, `${text} `)).toBe(true);
    expect(process.cpuUsage(start).user).toBeLessThan(2_500_000);
  });

  it('comes to the same by the letters alone as by all words', () => {
    const pieces =
      "you may not opt out U.S. can't (c) www.a.example mailto:b 1,000 10 - — “ ” $ % … x.y. I. é ™ [a](b) &amp;".split(
        ' ',
      );
    const text = fc
      .array(fc.tuple(fc.constantFrom(...pieces), fc.constantFrom(' ', '', ', ', '\n- ')), { maxLength: 12 })
      .map((parts) => parts.flat().join(''));
    // A text without meaning of its own, after which no letters are compared.
    const mark = ' <!-- -->';
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(sameWords(a, b)).toBe(sameWords(a + mark, b + mark));
        expect(sameWords(a, a.toUpperCase())).toBe(sameWords(a + mark, a.toUpperCase() + mark));
      }),
      { numRuns: 2_000 },
    );
  });
});
