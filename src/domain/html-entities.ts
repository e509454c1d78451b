/** Character references of HTML that policies use, beside accented letters and numeric references. */
const signs = `
  amp & lt < gt > quot " apos ' lsquo ‘ rsquo ’ sbquo ‚ ldquo “ rdquo ” bdquo „ laquo « raquo »
  ndash – mdash — hellip … bull • middot · copy © reg ® trade ™ sect § para ¶ deg ° ordf ª ordm º numero №
  cent ¢ pound £ yen ¥ euro € curren ¤ percnt % num # commat @ plus + equals = plusmn ± minus − times × divide ÷
  le ≤ ge ≥ ne ≠ frac12 ½ frac14 ¼ frac34 ¾ sup1 ¹ sup2 ² sup3 ³ iquest ¿ iexcl ¡
  szlig ß aelig æ AElig Æ oelig œ OElig Œ oslash ø Oslash Ø`;

const spaces = ['nbsp', 'ensp', 'emsp', 'thinsp'];
const invisible = ['shy', 'zwj', 'zwnj', 'lrm', 'rlm'];

const named = new Map<string, string>([
  ...[...signs.matchAll(/(\S+) (\S+)/g)].map(([, name, sign]): [string, string] => [name!, sign!]),
  ...spaces.map((name): [string, string] => [name, ' ']),
  ...invisible.map((name): [string, string] => [name, '']),
]);

const accents = new Map([
  ['grave', '\u0300'],
  ['acute', '\u0301'],
  ['circ', '\u0302'],
  ['tilde', '\u0303'],
  ['uml', '\u0308'],
  ['ring', '\u030A'],
  ['caron', '\u030C'],
  ['cedil', '\u0327'],
]);

const reference =
  /&(?:#(?<decimal>\d{1,7})|#x(?<hex>[\da-f]{1,6})|(?<letter>[a-z])(?<accent>grave|acute|circ|tilde|uml|ring|caron|cedil)|(?<name>[a-z]{2,8}\d{0,2}));/gi;

/** Replaces the character references in a text, once; one that it does not know stays as it is. */
export function decodeEntities(text: string): string {
  return text.replace(reference, (whole: string, ...rest: unknown[]) => {
    const { decimal, hex, letter, accent, name } = rest.at(-1) as Record<string, string | undefined>;
    if (decimal !== undefined) return character(Number.parseInt(decimal, 10)) ?? whole;
    if (hex !== undefined) return character(Number.parseInt(hex, 16)) ?? whole;
    if (letter !== undefined && accent !== undefined) {
      return `${letter}${accents.get(accent.toLowerCase())}`.normalize('NFC');
    }
    return named.get(name ?? '') ?? whole;
  });
}

function character(codePoint: number): string | null {
  const isScalar = codePoint > 0 && codePoint <= 0x10_ffff && !(codePoint >= 0xd800 && codePoint <= 0xdfff);
  return isScalar ? String.fromCodePoint(codePoint) : null;
}
