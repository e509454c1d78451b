import type { Config } from '../../config.js';

/** What every page says and links to of the installation that it belongs to. */
export type Site = Readonly<{
  archiveName: string;
  /** The path under which the pages are reached, without a slash at its end: empty unless PUBLIC_URL has one. */
  base: string;
  /** Where the world reaches it, without a path: for link previews and maps, which take no paths. */
  origin: string;
  /** Where caught mail is shown; null when mail really goes out. */
  mailbox: string | null;
}>;

/** The injection token of the Site. */
export const SITE = Symbol('SITE');

/**
 * Links are paths, not PUBLIC_URL: a page that is opened under another name of the machine must find its style under that
 * name, or its content policy would refuse it.
 */
export function siteOf({
  archiveName,
  publicUrl,
  smtpUrl,
}: Pick<Config, 'archiveName' | 'publicUrl' | 'smtpUrl'>): Site {
  const { origin, pathname } = new URL(publicUrl);
  const base = pathname.replace(/\/+$/, '');
  return { archiveName, base, origin, mailbox: smtpUrl === null ? `${base}/sandbox/mailbox` : null };
}
