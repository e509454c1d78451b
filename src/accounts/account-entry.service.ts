import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config.js';
import type { AccountId } from '../domain/ids.js';
import { TimeZone } from '../domain/time-zone.js';
import { Database } from '../platform/database.js';
import { Problem } from '../platform/http/problem.js';
import { SuppressionList } from '../suppressions/suppression-list.service.js';
import { AccountService } from './account.service.js';
import { findAccountByAddress } from './sign-in.store.js';

/** The way from an address that somebody has proved to be theirs to an account. */
@Injectable()
export class AccountEntry {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountService,
    private readonly suppressed: SuppressionList,
    @Inject(CONFIG) private readonly config: Pick<Config, 'signUp'>,
  ) {}

  /** Whether whoever proves an address may make an account of it. */
  get isOpen(): boolean {
    return this.config.signUp === 'open';
  }

  /** @throws Problem 422 when it is no address */
  readAddress(text: string): string {
    return this.accounts.readAddress(text);
  }

  async find(address: string): Promise<{ id: AccountId; email: string } | null> {
    return findAccountByAddress(this.database, address);
  }

  /** A keyed hash: what is kept of an address where it need not be read again. */
  hashOf(address: string): Buffer {
    return this.suppressed.hashOf(address);
  }

  async isSuppressed(address: string): Promise<boolean> {
    try {
      await this.suppressed.requireUnsuppressed(this.database, address);
      return false;
    } catch (error) {
      if (error instanceof Problem) return true;
      throw error;
    }
  }

  /**
   * The account of an address; where there is none, one of the free tier.
   *
   * @param timeZone UTC is taken for what is none
   * @throws Problem 403 when there is none and people do not make them by themselves, 409 when the address gets no mail
   */
  async enter(address: string, timeZone: string): Promise<AccountId> {
    const known = await this.find(address);
    if (known) return known.id;
    if (!this.isOpen) {
      throw new Problem(
        403,
        'You have no Tocsin account yet. Accounts are made by whoever runs this Tocsin: ask them for one.',
      );
    }
    const zone = TimeZone.safeParse(timeZone);
    try {
      const made = await this.accounts.create({
        email: address,
        tier: 'free',
        timeZone: zone.success ? zone.data : 'UTC',
      });
      return made.id;
    } catch (error) {
      // Somebody made it at the same moment: the operator, or the same person in another window.
      const since = error instanceof Problem && error.status === 409 ? await this.find(address) : null;
      if (since) return since.id;
      throw error;
    }
  }
}
