const newline = 0x0a;
const from = Buffer.from('From ');
/** Separators have the time at which the mail came in; a sentence that begins with "From" seldom does. */
const separator = /^From [^\n]*\d{1,2}:\d{2}/;
const longestSeparator = 1_000;

/** A piece of a mail: a whole line, or a part of one that is very long. */
type Piece = { bytes: Buffer; startsLine: boolean };

/**
 * Splits a mailbox file into its mails: mboxrd and its kin, with either line end. Mails are separated by "From " lines, and
 * lines of theirs that looked like one are given back without their ">". What does not begin with a "From " line is one
 * mail, as a mail server hands it to a command.
 *
 * Only one mail is held at a time, so files may be of any size.
 *
 * @param mostBytes of a mail that is longer so much is given
 */
export async function* splitMbox(input: AsyncIterable<Buffer>, mostBytes: number): AsyncGenerator<Buffer> {
  // Each mail is put together in the same place: to keep its lines would take a hundred times the room where they are short.
  const room = Buffer.alloc(mostBytes);
  let bytes = 0;
  /** Where the mail ends if an empty line at its end is not counted. */
  let end = 0;
  let isMbox: boolean | null = null;
  let isAfterEmptyLine = true;

  for await (const { bytes: line, startsLine } of piecesOf(input)) {
    const isEmpty = startsLine && isEmptyLine(line);
    if (isMbox === null && isEmpty) continue;
    const isSeparator: boolean = startsLine && isAfterEmptyLine && isMbox !== false && isFromLine(line);
    isMbox ??= isSeparator;
    isAfterEmptyLine = isEmpty;
    if (isSeparator) {
      if (end > 0) yield Buffer.from(room.subarray(0, end));
      [bytes, end] = [0, 0];
      continue;
    }
    // The empty line before each separator is the mailbox's.
    const before = bytes;
    bytes += (isMbox && startsLine ? unquoted(line) : line).copy(room, bytes);
    end = isMbox && isEmpty ? before : bytes;
  }
  if (end > 0) yield Buffer.from(room.subarray(0, end));
}

/** A line without end is handed on in pieces, so that none fills the memory. */
const longestPiece = 64 * 1_024;

async function* piecesOf(input: AsyncIterable<Buffer>): AsyncGenerator<Piece> {
  let rest: Buffer = Buffer.alloc(0);
  let startsLine = true;
  for await (const chunk of input) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = rest.indexOf(newline); end >= 0; end = rest.indexOf(newline, start)) {
      yield { bytes: rest.subarray(start, end + 1), startsLine };
      startsLine = true;
      start = end + 1;
    }
    rest = rest.subarray(start);
    if (rest.length >= longestPiece) {
      yield { bytes: rest, startsLine };
      startsLine = false;
      rest = Buffer.alloc(0);
    }
  }
  if (rest.length > 0) yield { bytes: rest, startsLine };
}

function isEmptyLine(line: Buffer): boolean {
  return line[0] === newline || (line.length === 2 && line[0] === 0x0d && line[1] === newline);
}

function isFromLine(line: Buffer): boolean {
  if (!line.subarray(0, from.length).equals(from)) return false;
  return separator.test(line.toString('latin1', 0, longestSeparator));
}

/** mboxrd puts a ">" before each line of a mail that begins with "From ", or with that after some ">". */
function unquoted(line: Buffer): Buffer {
  let marks = 0;
  while (line[marks] === 0x3e) marks++;
  return marks > 0 && line.subarray(marks, marks + from.length).equals(from) ? line.subarray(1) : line;
}
