import type { AccountId, AlertId, DeliveryId, DestinationId } from '../domain/ids.js';
import { confirmationDays } from '../domain/confirmation.js';
import type { SignedLinks } from './signed-link.js';

/** The absolute, signed links that mail and messages carry: they work without signing in. */
export class Links {
  constructor(
    private readonly publicUrl: string,
    private readonly signed: SignedLinks,
  ) {}

  alert(id: AlertId): string {
    return `${this.publicUrl}/alerts/${id}?key=${this.signed.sign('alert', { id })}`;
  }

  /** The page of a document of the archive's: anybody may read it. */
  document(id: string): string {
    return `${this.publicUrl}/documents/${encodeURIComponent(id)}`;
  }

  mayReadAlert(id: string, key: string, now: Date): boolean {
    return this.signed.verify('alert', key, now)?.['id'] === id;
  }

  /** The page of a digest, or of what quiet hours held. */
  digest(id: DeliveryId): string {
    return `${this.publicUrl}/digests/${id}?key=${this.signed.sign('digest', { id })}`;
  }

  mayReadDigest(id: string, key: string, now: Date): boolean {
    return this.signed.verify('digest', key, now)?.['id'] === id;
  }

  /**
   * Names the alert, the coverage notice, or the delivery that stands for several alerts, rather than its watchlists: a link stays
   * short however many there are.
   */
  unsubscribe(
    of: { accountId: AccountId; destinationId: DestinationId } & (
      { alertId: AlertId } | { noticeId: string } | { bundleId: DeliveryId }
    ),
  ): string {
    const about =
      'alertId' in of ? { l: of.alertId } : 'noticeId' in of ? { n: of.noticeId } : { b: of.bundleId };
    const token = this.signed.sign('unsubscribe', { a: of.accountId, d: of.destinationId, ...about });
    return `${this.publicUrl}/unsubscribe/${token}`;
  }

  /** @returns who unsubscribes which destination from what, or null for a link that we did not sign */
  readUnsubscribe(token: string, now: Date) {
    const claims = this.signed.verify('unsubscribe', token, now);
    if (!claims) return null;
    const who = {
      accountId: (claims['a'] ?? '') as AccountId,
      destinationId: (claims['d'] ?? '') as DestinationId,
    };
    if (claims['n'] !== undefined) return { ...who, noticeId: claims['n'] };
    if (claims['b'] !== undefined) return { ...who, bundleId: claims['b'] as DeliveryId };
    return { ...who, alertId: (claims['l'] ?? '') as AlertId };
  }

  /**
   * Names the account rather than a destination: it is about all that waits at the address.
   * @param digest stands for the address that is asked, so that the link confirms no other
   */
  confirm(of: { accountId: AccountId; digest: string }, from: Date): string {
    const expiresAt = new Date(from.getTime() + confirmationDays * 86_400_000);
    const token = this.signed.sign('confirm', { a: of.accountId, h: of.digest }, expiresAt);
    return `${this.publicUrl}/confirm/${token}`;
  }

  readConfirm(token: string, now: Date): { accountId: AccountId; digest: string } | null {
    const claims = this.signed.verify('confirm', token, now);
    return claims && { accountId: (claims['a'] ?? '0') as AccountId, digest: claims['h'] ?? '' };
  }
}
