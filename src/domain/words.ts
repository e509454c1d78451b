/** What belongs to the character before it: combining marks, joiners, invisible format characters, skin tones. */
const attached = String.raw`[\p{M}\p{Gr_Ext}\p{Cf}\p{EMod}\u0E33\u0EB3]`;

/** Letters of scripts that put no spaces between words: there one character is the unit. */
const unspaced = String.raw`(?=\p{L})[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Bopo}\p{scx=Yiii}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}\p{scx=Tibt}\p{scx=Tale}\p{scx=Talu}\p{scx=Lana}]`;

const letter = `(?:(?!${unspaced})\\p{L}|\\p{N})`;

/** What may stand inside a word: "don't", "opt-out", "U.S.C", "example.org", "1,000.50", "12:30". */
const inner = `(?:['’＇\\-‐‑.](?=${letter})|(?<=\\p{N})[,:](?=\\p{N}))`;

/** A space that carries a combining mark is that mark's base and no white space. */
const whiteSpace = String.raw`\s+(?:(?<=[\t-\r\u2028\u2029])|(?![\p{M}\p{Gr_Ext}\p{EMod}\u200D]))`;

/** Flags are two characters, and emoji may be joined into one. */
const otherCharacter = `(?:\\p{RI}\\p{RI}|[^])(?:\\u200D\\p{ExtPict}|${attached})*`;

/** Every alternative is deterministic and the last one takes anything, so a match costs time linear in its length. */
const anyToken = new RegExp(
  [
    whiteSpace,
    `${letter}(?:${letter}|${attached}|${inner})*`,
    `${unspaced}${attached}*`,
    otherCharacter,
  ].join('|'),
  'gu',
);

/**
 * Cuts a text into words, runs of white space and single characters of anything else. Joined, they are the text again.
 * No token ends between a letter and its combining marks, or inside an emoji.
 */
export function tokens(text: string): string[] {
  return text.match(anyToken) ?? [];
}

/** Whether a token says something: has a letter or a number. */
export function isWord(token: string): boolean {
  return /[\p{L}\p{N}]/u.test(token);
}

export function isWhiteSpace(token: string): boolean {
  return /^\s+$/.test(token);
}
