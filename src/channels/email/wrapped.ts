const width = 76;

/**
 * Breaks text into lines of at most 76 characters, at spaces only: a longer word (a link, a hash) stays whole. Line ends
 * of the text itself stay. @param hang goes before every line but the first @param indent goes before the first
 */
export function wrapped(text: string, hang = '', indent = ''): string {
  return text
    .split('\n')
    .map((line, index) => wrappedLine(line, hang, index === 0 ? indent : hang))
    .join('\n');
}

function wrappedLine(line: string, hang: string, indent: string): string {
  const lines: string[] = [];
  let current = indent;
  let isFresh = true;
  for (const word of line.split(/[ \t]+/)) {
    if (word === '') continue;
    if (!isFresh && current.length + 1 + word.length > width) {
      lines.push(current);
      current = hang;
      isFresh = true;
    }
    current += isFresh ? word : ` ${word}`;
    isFresh = false;
  }
  return [...lines, isFresh ? '' : current].join('\n');
}
