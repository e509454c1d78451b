/** A row of a CSV file. @property line where it begins, from 1 */
export type CsvRow = { line: number; cells: string[] };

/** What keeps a file from being read, and where. */
export class CsvFault extends Error {
  constructor(
    readonly line: number,
    message: string,
  ) {
    super(message);
  }
}

/** What spreadsheets take for a formula when a cell begins with it, and our own mark. */
const risky = /^[=+\-@\t\r\n'\uFF1D\uFF0B\uFF0D\uFF20]/;

/** A cell that no spreadsheet runs: what looks like a formula gets an apostrophe before it, which `unguarded` takes off. */
export function guarded(text: string): string {
  return risky.test(text) ? `'${text}` : text;
}

export function unguarded(text: string): string {
  return text.startsWith("'") && risky.test(text.slice(1)) ? text.slice(1) : text;
}

/** RFC 4180: CRLF between rows, quotes where a cell needs them. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${cells.map((cell) => quoted(guarded(cell))).join(',')}\r\n`).join('');
}

function quoted(cell: string): string {
  return /[",;\t\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/**
 * Reads RFC 4180, with line ends of any system, and with semicolons where the first line has no comma, as spreadsheets write
 * it in half of Europe. Empty lines are left out.
 *
 * @throws CsvFault
 */
export function parseCsv(text: string): CsvRow[] {
  const source = text.replace(/^\uFEFF/, '');
  const [head = ''] = source.split(/\r?\n|\r/, 1);
  const separator = !head.includes(',') && head.includes(';') ? ';' : ',';
  const reader = new Reader(source, separator);
  const rows: CsvRow[] = [];
  while (!reader.isAtEnd) {
    const row = reader.row();
    if (row.cells.length > 1 || row.cells[0] !== '') rows.push(row);
  }
  return rows.map(({ line, cells }) => ({ line, cells: cells.map(unguarded) }));
}

class Reader {
  private at = 0;
  private line = 1;

  constructor(
    private readonly source: string,
    private readonly separator: string,
  ) {}

  get isAtEnd(): boolean {
    return this.at >= this.source.length;
  }

  row(): CsvRow {
    const line = this.line;
    const cells = [this.cell()];
    while (this.source[this.at] === this.separator) {
      this.at++;
      cells.push(this.cell());
    }
    if (!this.isAtEnd) this.endOfLine();
    return { line, cells };
  }

  private cell(): string {
    if (this.source[this.at] === '"') return this.quotedCell();
    const begin = this.at;
    while (!this.isAtEnd && !this.isCellEnd()) this.at++;
    return this.source.slice(begin, this.at);
  }

  private quotedCell(): string {
    const begun = this.line;
    let text = '';
    for (this.at++; ; this.at++) {
      const end = this.source.indexOf('"', this.at);
      if (end < 0) throw new CsvFault(begun, 'a quote is opened and never closed');
      const part = this.source.slice(this.at, end);
      this.line += (part.match(/\r\n|\n|\r/g) ?? []).length;
      text += part;
      this.at = end + 1;
      if (this.source[this.at] !== '"') break;
      text += '"';
    }
    if (!this.isAtEnd && !this.isCellEnd())
      throw new CsvFault(this.line, 'there is text after a closing quote');
    return text;
  }

  private isCellEnd(): boolean {
    const character = this.source[this.at];
    return character === this.separator || character === '\n' || character === '\r';
  }

  private endOfLine(): void {
    this.at += this.source.startsWith('\r\n', this.at) ? 2 : 1;
    this.line++;
  }
}
