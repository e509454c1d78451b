import type { DiffPart } from './alert-content.js';
import { align } from './alignment.js';
import { readableHunks } from './readable-hunks.js';
import { isWhiteSpace, tokens } from './words.js';

/**
 * What a change did to the words, for a reader: passages kept, removed and added, `-` before `+`. The parts give both
 * texts back to the character. `null` = the provision was not in force. The cost is bounded whatever the texts hold
 * (see `align`); the smaller of them are always compared word by word.
 *
 * @param effort what it may cost, as `align` counts it
 */
export function wordDiff(before: string | null, after: string | null, effort?: number): DiffPart[] {
  const parts = new PartList();
  if (before === null || after === null) {
    parts.remove(before ?? '');
    parts.add(after ?? '');
    return parts.finished();
  }
  const former = new SpacedWords(before);
  const latter = new SpacedWords(after);
  const hunks = readableHunks(align(former.words, latter.words, effort), former.words, latter.words);
  const end = former.words.length;
  let [i, j] = [0, 0];
  for (const hunk of [...hunks, { beforeFrom: end, beforeTo: end, afterTo: latter.words.length }]) {
    for (; i < hunk.beforeFrom; i++, j++) {
      parts.replace(former.spaces[i]!, latter.spaces[j]!);
      parts.keep(former.words[i]!);
    }
    parts.remove(former.slice(i, hunk.beforeTo));
    parts.add(latter.slice(j, hunk.afterTo));
    [i, j] = [hunk.beforeTo, hunk.afterTo];
  }
  parts.replace(former.spaces[i]!, latter.spaces[j]!);
  return parts.finished();
}

/**
 * Words and other characters, each with the white space before it. White space is compared only between words that are
 * aligned: on its own it matches everywhere and would tear every change to pieces.
 */
class SpacedWords {
  readonly words: string[] = [];
  /** `spaces[i]` stands before `words[i]`; the last one ends the text. */
  readonly spaces: string[] = [];

  constructor(text: string) {
    let space = '';
    for (const token of tokens(text)) {
      if (isWhiteSpace(token)) {
        space += token;
        continue;
      }
      this.spaces.push(space);
      this.words.push(token);
      space = '';
    }
    this.spaces.push(space);
  }

  slice(from: number, to: number): string {
    let text = '';
    for (let i = from; i < to; i++) text += this.spaces[i]! + this.words[i]!;
    return text;
  }
}

/** Gathers parts: joins neighbours of one kind, and puts what was removed before what was added in its place. */
class PartList {
  private readonly parts: DiffPart[] = [];
  private kept = '';
  private removed = '';
  private added = '';

  keep(text: string): void {
    if (text === '') return;
    this.closeChange();
    this.kept += text;
  }

  remove(text: string): void {
    this.removed += text;
  }

  add(text: string): void {
    this.added += text;
  }

  replace(before: string, after: string): void {
    if (before === after) {
      this.keep(before);
      return;
    }
    this.remove(before);
    this.add(after);
  }

  finished(): DiffPart[] {
    this.closeChange();
    this.push('=', this.kept);
    this.kept = '';
    return this.parts;
  }

  /** White space that both sides of a change begin with is no part of it. */
  private closeChange(): void {
    if (this.removed === '' && this.added === '') return;
    const space = /^\s*/.exec(this.removed)![0];
    const shared = space === /^\s*/.exec(this.added)![0] ? space : '';
    this.push('=', this.kept + shared);
    this.push('-', this.removed.slice(shared.length));
    this.push('+', this.added.slice(shared.length));
    this.kept = this.removed = this.added = '';
  }

  private push(op: DiffPart['op'], text: string): void {
    if (text !== '') this.parts.push({ op, text });
  }
}
