const replyAndStatus = /\b[245]\d\d[ -]+#?([245]\.[0-7]\.\d{1,3})(?!\.?\d)/;
const statusAlone = /(?:^|[\s#;:([<])([245]\.[0-7]\.\d{1,3})(?!\.?\d)/;

/** The enhanced status code in a server's words, such as `550-5.1.1 no such user` or qmail's `no such user (#5.1.1)`. */
export function statusIn(words: string | null): string | null {
  if (words === null) return null;
  // The code that follows a reply code is one; digits elsewhere may be a version.
  return (replyAndStatus.exec(words) ?? statusAlone.exec(words))?.[1] ?? null;
}

/** The SMTP reply code of a refusal in a server's words: at their beginning, or where a sentence quotes the server. */
export function replyCodeIn(words: string | null): number | null {
  const found =
    /^\s*(?:smtp;)?\s*([245][0-5]\d)(?=[ -]|$)/i.exec(words ?? '') ??
    /\b(?:said|response|error|reply|refused)\b[^\n\d]{0,40}\b([45][0-5]\d)(?=[ -])/i.exec(words ?? '') ??
    /(?:^|\s)([45][0-5]\d)[ -]#?[245]\.[0-7]\.\d/.exec(words ?? '');
  return found === null ? null : Number(found[1]);
}

/**
 * The status that says most: Exim and others report 5.0.0 and leave the true code in the words of the refusing server.
 *
 * @param field the value of a Status field, which may have a comment
 */
export function closestStatus(field: string | null, words: string | null): string | null {
  const stated = /^\s*([245]\.\d{1,3}\.\d{1,3})(?!\.?\d)/.exec(field ?? '')?.[1] ?? null;
  const quoted = statusIn(words);
  if (stated === null) return quoted;
  if (quoted === null || quoted.endsWith('.0.0') || quoted[0] !== stated[0]) return stated;
  return stated.endsWith('.0.0') ? quoted : stated;
}
