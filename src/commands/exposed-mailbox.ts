import ipaddr from 'ipaddr.js';
import type { Config } from '../config.js';

/**
 * What is said at the start when caught mail, the links that sign in among it, can be read by other machines; null when it
 * cannot, or mail really goes out.
 */
export function exposedMailbox({
  smtpUrl,
  host,
  publicUrl,
  roles,
}: Pick<Config, 'smtpUrl' | 'host' | 'publicUrl' | 'roles'>): string | null {
  const names = [host, new URL(publicUrl).hostname.replace(/^\[(.*)\]$/, '$1')];
  if (smtpUrl !== null || !roles.includes('web') || names.every(isThisMachine)) return null;
  return 'mail is caught, not sent, and shown at /sandbox/mailbox to whoever reaches this server: with the links in it they sign in as anybody. Set SMTP_URL before others use it';
}

function isThisMachine(name: string): boolean {
  if (name === 'localhost' || name.endsWith('.localhost')) return true;
  return ipaddr.isValid(name) && ipaddr.process(name).range() === 'loopback';
}
