import { X509Certificate, type KeyObject } from 'node:crypto';
import { parsedUrl } from '../domain/web-url.js';

/** Amazon changes them about once a year; this many at most are kept. */
const mostKept = 10;

/** Fetches a certificate in PEM. It must check TLS, follow no redirect and read little: 64 KiB will do. */
export type FetchCertificate = (url: URL) => Promise<string>;

const host = /^sns\.[a-z]{2,4}(?:-[a-z]{2,10}){1,2}-\d{1,2}\.amazonaws\.com(?:\.cn)?$/;

/** Whether an address is one of Amazon's notification service, where only Amazon can put anything. */
export function isSnsUrl(url: URL): boolean {
  return (
    url.protocol === 'https:' &&
    host.test(url.hostname) &&
    url.port === '' &&
    url.username === '' &&
    url.password === '' &&
    url.hash === ''
  );
}

/** The keys that notifications are signed with, each fetched once. */
export class SnsCertificates {
  private readonly kept = new Map<string, Promise<X509Certificate | null>>();

  constructor(private readonly fetch: FetchCertificate) {}

  /**
   * @param address as the notification names it, which is to say by a stranger until the signature is checked
   * @returns null when it is no address of Amazon's, or no certificate with an RSA key that is good now
   * @throws what fetching throws; the next call tries again
   */
  async keyAt(address: string, now: Date): Promise<KeyObject | null> {
    const url = parsedUrl(address);
    if (url === null || !isSnsUrl(url) || url.search !== '' || !/^\/[\w.-]{1,100}\.pem$/.test(url.pathname)) {
      return null;
    }
    const certificate = await this.certificateAt(url);
    if (certificate === null || certificate.publicKey.asymmetricKeyType !== 'rsa') return null;
    const isGood =
      Date.parse(certificate.validFrom) <= now.getTime() && now.getTime() <= Date.parse(certificate.validTo);
    return isGood ? certificate.publicKey : null;
  }

  private async certificateAt(url: URL): Promise<X509Certificate | null> {
    const before = this.kept.get(url.href);
    if (before !== undefined) return before;
    const coming = this.fetch(url).then(parsed);
    this.kept.set(url.href, coming);
    const oldest = this.kept.keys().next().value;
    if (this.kept.size > mostKept && oldest !== undefined) this.kept.delete(oldest);
    try {
      const certificate = await coming;
      // Whatever stood there is not remembered.
      if (certificate === null) this.kept.delete(url.href);
      return certificate;
    } catch (error) {
      this.kept.delete(url.href);
      throw error;
    }
  }
}

function parsed(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem);
  } catch {
    return null;
  }
}
