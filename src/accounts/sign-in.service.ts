import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config.js';
import type { AccountId } from '../domain/ids.js';
import { mailboxFamily } from '../domain/mailbox.js';
import { signInMinutes } from '../domain/sign-in.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { AccountEntry } from './account-entry.service.js';
import { AttemptLimits } from './attempt-limits.service.js';
import { SignInMails, type SignInMail } from './sign-in-mails.service.js';
import { deleteOldLinks, findLink, insertLink, takeLink } from './sign-in.store.js';
import { hashOf } from './token.service.js';

export type AskedLink = {
  /** As it was typed. */
  email: string;
  /** The mark of the browser that asks. */
  browser: string;
  /** What the client is counted by: see `clientNetwork`. */
  network: string;
  /** For an account that may come of it. */
  timeZone: string;
  /** Where to go then: a path of ours. */
  next: string;
};

/** `elsewhere`: another browser asked for it. */
export type FoundLink = 'ready' | 'ready-to-make' | 'elsewhere' | 'over';

/** Signing in by a link that was mailed: 256 random bits, kept only as a hash, for one use in the browser that asked. */
@Injectable()
export class SignInService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly entry: AccountEntry,
    private readonly limits: AttemptLimits,
    private readonly mails: SignInMails,
    @Inject(CONFIG) private readonly config: Pick<Config, 'publicUrl'>,
  ) {}

  /**
   * Mails a link, which ends the older ones that the same browser asked for. Whether anybody has the address is found out behind
   * the back of the answer, so that nothing tells.
   *
   * @throws Problem 422 when the address is none, 429 when too many were asked for
   */
  async ask(asked: AskedLink): Promise<void> {
    const address = this.entry.readAddress(asked.email);
    await this.limits.take('link from network', asked.network);
    const mailbox = mailboxFamily(address);
    await this.limits.take('link to address', mailbox);
    await this.limits.take('link to address a day', mailbox);
    this.mails.sendInBackground(async () => this.mailFor(address, asked));
  }

  /** @throws Problem 429 for a network that has brought too many wrong ones */
  async look(token: string, browser: string | null, network: string): Promise<FoundLink> {
    await this.limits.require('wrong link', network);
    const found = await findLink(this.database, hashOf(token), this.clock.now());
    if (!found) {
      await this.limits.count('wrong link', network);
      return 'over';
    }
    if (browser === null || !timingSafeEqual(found.browserHash, hashOf(browser))) return 'elsewhere';
    return found.makesAccount ? 'ready-to-make' : 'ready';
  }

  /**
   * Uses a link up. @returns whom it signs in, and where to go; null when it is good no more, or another browser's
   * @throws Problem 403 when it was to make an account and sign-up has been closed since, 409 when the address gets no mail
   */
  async redeem(token: string, browser: string): Promise<{ accountId: AccountId; next: string } | null> {
    const taken = await takeLink(this.database, hashOf(token), hashOf(browser), this.clock.now());
    if (!taken) return null;
    const { email, timeZone, next } = taken;
    const accountId = email === null ? taken.accountId : await this.entry.enter(email, timeZone);
    return accountId === null ? null : { accountId, next };
  }

  async forgetOld(): Promise<void> {
    await deleteOldLinks(this.database, this.clock.now());
  }

  private async mailFor(address: string, { browser, timeZone, next }: AskedLink): Promise<SignInMail | null> {
    const account = await this.entry.find(address);
    if (!account && !(await this.mayHearOfUs(address))) return null;
    if (!account && !this.entry.isOpen) return { purpose: 'no-account', address, link: null };
    const token = randomBytes(32).toString('base64url');
    const expiresAt = new Date(this.clock.now().getTime() + signInMinutes * 60_000);
    await this.database.transaction(async (tx) =>
      insertLink(tx, {
        hash: hashOf(token),
        browserHash: hashOf(browser),
        addressHash: this.entry.hashOf(address),
        accountId: account?.id ?? null,
        email: account ? null : address,
        timeZone,
        next,
        expiresAt,
      }),
    );
    return {
      purpose: account ? 'link' : 'sign-up',
      // As the owner wrote it: not as somebody typed it who may mean another mailbox of the same letters.
      address: account?.email ?? address,
      link: `${this.config.publicUrl}/sign-in/${token}`,
    };
  }

  /** A stranger gets one mail a day, and none after having said that ours are not wanted. */
  private async mayHearOfUs(address: string): Promise<boolean> {
    if (await this.entry.isSuppressed(address)) return false;
    return (await this.limits.count('mail to a stranger', mailboxFamily(address))) === null;
  }
}
