import { Injectable } from '@nestjs/common';
import { Problem } from '../platform/http/problem.js';
import { validate } from '../platform/http/validation.js';
import { importLimits } from './import-limits.js';
import { WatchlistImport, type WatchlistExport } from './portable.js';
import { readWatchlistCsv, watchlistCsv, type Read } from './portable-csv.js';

/** Watchlists out of a file, and where in it each thing stands. */
type ReadFile = { given: WatchlistImport; whereIs: (path: string) => string };

/** Reads files of watchlists, whatever they are written in. */
@Injectable()
export class PortableReader {
  /**
   * @param text JSON where it begins with a brace, else CSV
   * @throws Problem 413 for more than a mebibyte, 422 naming each fault by its path or line
   */
  read(text: string): ReadFile {
    if (Buffer.byteLength(text) > importLimits.fileBytes)
      throw new Problem(413, 'The file is larger than 1 MiB.');
    if (text.includes('\uFFFD')) {
      throw new Problem(422, 'The file is not in UTF-8: save it as “CSV UTF-8” or as JSON in UTF-8.');
    }
    if (text.trim() === '') throw new Problem(422, 'Choose a file, or paste what one holds.');
    const { value, whereIs } = /^\s*[{[]/.test(text.replace(/^\uFEFF/, ''))
      ? readJson(text)
      : readWatchlistCsv(text);
    try {
      return { given: validate(WatchlistImport, value), whereIs };
    } catch (error) {
      throw placed(error, whereIs);
    }
  }

  /** What was read before, handed back as JSON: it may have grown by that. @throws Problem 422 */
  readAgreed(json: string): WatchlistImport {
    return validate(WatchlistImport, readJson(json).value);
  }

  /** Names the faults of what is done with a file by where they stand in it. */
  async placing<Result>(whereIs: (path: string) => string, act: () => Promise<Result>): Promise<Result> {
    try {
      return await act();
    } catch (error) {
      throw placed(error, whereIs);
    }
  }

  /** The other way: for spreadsheets, which take UTF-8 for what it is only after its mark. */
  csv(all: WatchlistExport): string {
    return `\uFEFF${watchlistCsv(all)}`;
  }
}

/** The same problem, its faults where they stand in the file. */
function placed(error: unknown, whereIs: (path: string) => string): unknown {
  if (!(error instanceof Problem) || !error.faults) return error;
  const faults = error.faults.map(({ path, message }) => ({ path: whereIs(path), message }));
  return new Problem(error.status, error.message, faults, error.extensions);
}

function readJson(text: string): Read {
  try {
    return { value: JSON.parse(text.replace(/^\uFEFF/, '')), whereIs: (path) => path || 'the file' };
  } catch (error) {
    const { message } = error as Error;
    const at = Number(/position (\d+)/.exec(message)?.[1] ?? NaN);
    const line = Number.isNaN(at) ? null : text.slice(0, at).split('\n').length;
    const path = line === null ? 'the file' : `line ${line}`;
    throw new Problem(422, 'The file cannot be taken in: see errors.', [
      { path, message: `is not JSON: ${message}` },
    ]);
  }
}
