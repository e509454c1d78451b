import { parsedUrl } from './web-url.js';

/** An address as it is understood: whoever writes it otherwise means the same mailbox. */
export type Mailbox = {
  /** Without the quotes that it may be written in, in the one form of Unicode (NFC). */
  local: string;
  /** A domain name in ASCII (IDNA: `xn--…`), lower-case. */
  domain: string;
};

/** RFC 5321, 4.5.3.1, in octets. A path has 256, two of them its brackets. */
const most = { local: 64, address: 254, label: 63 };

/** What needs no quotes: ASCII, or letters and signs beyond it (RFC 6531, 3.3). */
const atom = "[a-zA-Z0-9!#$%&'*+/=?^_`{|}~\\-\\u0080-\\u{10FFFF}]+";
const dotAtom = new RegExp(`^${atom}(?:\\.${atom})*$`, 'u');
const quoted = /^"((?:[ !#-[\]-~\u0080-\u{10FFFF}]|\\[ -~])+)"$/u;

/** Line ends and other controls; what nobody sees; private, unassigned and half characters. */
const unseen = /[\p{C}\p{Zl}\p{Zp}]/u;
/** Spaces of other widths look like the one that quotes may hold. */
const otherSpace = /(?! )\p{Zs}/u;

/** One service by two names, to which dots before the "@" make no difference. */
const dotless: ReadonlySet<string> = new Set(['gmail.com', 'googlemail.com']);

const example = 'must be an email address such as "ada@example.org"';

/**
 * Reads one bare address (RFC 5321, 4.1.2), with quotes and letters beyond ASCII (RFC 6531). Address literals, routes, names
 * and comments are left out on purpose: an alert has no use for them.
 *
 * @returns the fault, as whoever typed it reads it, when it is none
 */
export function readMailbox(address: string): Mailbox | { fault: string } {
  if (unseen.test(address)) {
    return { fault: 'must not contain line ends, invisible characters or other control characters' };
  }
  const at = atSign(address);
  const [writtenLocal, writtenDomain] = [address.slice(0, Math.max(at, 0)), address.slice(at + 1)];
  const stray = faultOfForm(address, writtenLocal, writtenDomain, at);
  if (stray !== null) return { fault: stray };
  const local = localIn(writtenLocal);
  if (local === null) {
    return { fault: 'has signs before the "@" that fit only in quotes, such as "john doe"@example.org' };
  }
  const domain = domainIn(writtenDomain);
  if (domain === null) return { fault: 'must have a domain name such as "example.org" behind the "@"' };
  const mailbox = { local, domain };
  if (octets(written(local)) > most.local) {
    return { fault: `must have at most ${most.local} octets before the "@"` };
  }
  if (octets(wireAddress(mailbox)) > most.address) {
    return { fault: `must be at most ${most.address} octets long` };
  }
  return mailbox;
}

/** As it stands in commands and headers: quotes only where they are needed. ASCII unless the local part is none. */
export function wireAddress({ local, domain }: Mailbox): string {
  return `${written(local)}@${domain}`;
}

/**
 * What two addresses have in common when they are one mailbox, as far as one can tell without asking its server: case,
 * quotes without need, and the form of the domain set aside. What is no address is only put in lower case.
 */
export function mailboxKey(address: string): string {
  const given = address.trim();
  // Most are plain: of those nothing but case is set aside, and each mail asks for it.
  if (/^[!#-~]*$/.test(given)) return given.toLowerCase();
  const mailbox = readMailbox(given);
  if ('fault' in mailbox) return given.toLowerCase();
  return wireAddress({ ...mailbox, local: mailbox.local.toLowerCase().normalize('NFC') });
}

/** The key where it is not just the address in lower case, as PostgreSQL writes it in whatever locale; else null. */
export function unplainMailbox(address: string): string | null {
  const key = mailboxKey(address);
  return /^[ -~]*$/.test(address) && key === address.toLowerCase() ? null : key;
}

/**
 * The key with what is behind a "+" left away, which many servers deliver alike, in quotes or not, and without the dots that
 * Gmail leaves out: for counting, not for telling apart.
 */
export function mailboxFamily(address: string): string {
  const key = mailboxKey(address);
  const mailbox = readMailbox(key);
  if ('fault' in mailbox) return key;
  const isDotless = dotless.has(mailbox.domain);
  const base = mailbox.local.replace(/(?<=.)\+.*$/su, '');
  const local = isDotless ? base.replaceAll('.', '') : base;
  if (local === '') return key;
  return wireAddress({ local, domain: isDotless ? 'gmail.com' : mailbox.domain });
}

/** The one that parts local part and domain. Quotes may hold others. */
function atSign(address: string): number {
  const inQuotes = /^"(?:[^"\\]|\\.)*"(?=@)/u.exec(address)?.[0];
  return inQuotes === undefined ? address.lastIndexOf('@') : inQuotes.length;
}

/** What is meant as more than one bare address is told so. */
function faultOfForm(address: string, local: string, domain: string, at: number): string | null {
  const isQuoted = local.startsWith('"');
  if (/^@[^:]*:/.test(address)) return 'must not name the way to the mailbox (a route)';
  if (/[<>]/.test(isQuoted ? domain : address)) return 'must be the bare address, without a name or brackets';
  if (/[,;]/.test(isQuoted ? domain : address)) return 'must be one address, not several';
  if (at < 1 || domain === '') return example;
  if (/^\[.*\]$/.test(domain)) return 'must have a domain name behind the "@", not an IP address';
  if (!isQuoted && local.includes('@')) return 'must be one address, with one "@"';
  return null;
}

/** @returns null for what is neither plain nor rightly in quotes */
function localIn(text: string): string | null {
  if (otherSpace.test(text)) return null;
  if (dotAtom.test(text)) return text.normalize('NFC');
  return quoted.exec(text)?.[1]?.replaceAll(/\\(.)/g, '$1').normalize('NFC') ?? null;
}

/** In ASCII, or null. */
function domainIn(text: string): string | null {
  // What a URL's host could hold besides would be read as something else: escapes, ports, numbers for addresses.
  if (!/^[a-zA-Z0-9.\-\u0080-\u{10FFFF}]+$/u.test(text) || otherSpace.test(text)) return null;
  const host = parsedUrl(`https://${text}`)?.hostname ?? '';
  const labels = host.split('.');
  const isName =
    labels.length >= 2 &&
    labels.every((label) => label.length <= most.label && /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(label)) &&
    !/^\d+$/.test(labels.at(-1) ?? '');
  return isName ? host : null;
}

function written(local: string): string {
  return dotAtom.test(local) ? local : `"${local.replaceAll(/["\\]/g, '\\$&')}"`;
}

function octets(text: string): number {
  return new TextEncoder().encode(text).length;
}
