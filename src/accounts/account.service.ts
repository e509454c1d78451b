import { Injectable } from '@nestjs/common';
import { ChannelRegistry } from '../channels/registry.js';
import type { AccountId } from '../domain/ids.js';
import { Clock } from '../platform/clock.js';
import { Database, sqlState } from '../platform/database.js';
import { notFound, Problem } from '../platform/http/problem.js';
import type { Account, NewAccount, OperatorAccountChanges } from './account.js';
import {
  deleteAccount,
  findAccount,
  insertAccount,
  lockAccountToErase,
  updateAccount,
} from './account.store.js';
import { eraseDeliveries } from './erase-deliveries.js';
import { SuppressionList } from '../suppressions/suppression-list.service.js';
import { TokenService } from './token.service.js';

/** The channel that an account's own address belongs to. */
const ownAddressKind = 'email';
const foreignKeyViolation = '23503';

/** The people that alerts are for. */
@Injectable()
export class AccountService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly channels: ChannelRegistry,
    private readonly tokens: TokenService,
    private readonly suppressed: SuppressionList,
  ) {}

  /**
   * Makes an account. Its address counts as verified, and is its first destination.
   *
   * @throws Problem 422 when the address is none, 409 when another account has it, or it gets no mail
   */
  async create(given: NewAccount): Promise<Account> {
    const settings = this.ownAddressSettings(given.email);
    await this.suppressed.requireUnsuppressed(this.database, settings.address);
    const account = await insertAccount(
      this.database,
      { email: settings.address, tier: given.tier, timeZone: given.timeZone, createdAt: this.clock.now() },
      { kind: ownAddressKind, settings },
    );
    if (!account) throw new Problem(409, `There is an account with the address ${settings.address} already.`);
    return account;
  }

  async get(id: AccountId): Promise<Account> {
    const account = await findAccount(this.database, id);
    if (!account) throw notFound('account');
    return account;
  }

  /** Changes what is given. A new tier holds from the next alert on; nothing that the account has is taken away. */
  async update(id: AccountId, changes: OperatorAccountChanges): Promise<Account> {
    const account = await this.database.transaction(async (tx) =>
      updateAccount(tx, id, changes, this.clock.now()),
    );
    if (!account) throw notFound('account');
    return account;
  }

  /** Erases the account and whatever is kept of its owner. */
  async erase(id: AccountId): Promise<void> {
    await this.database.transaction(async (tx) => {
      if (!(await lockAccountToErase(tx, id))) throw notFound('account');
      await eraseDeliveries(tx, { accountId: id, destinationId: null });
      await deleteAccount(tx, id);
    });
  }

  /** @returns the token, to be shown once */
  async createToken(id: AccountId, name: string): Promise<string> {
    try {
      return await this.tokens.createForAccount(id, name);
    } catch (error) {
      if (sqlState(error) === foreignKeyViolation) throw notFound('account');
      throw error;
    }
  }

  /** @returns the address as it is kept. @throws Problem 422 when it is none */
  readAddress(email: string): string {
    return this.ownAddressSettings(email).address;
  }

  /** Held to what the email channel takes, so that there is one rule of what an address is. */
  private ownAddressSettings(email: string): { address: string } {
    const schema = this.channels.find(ownAddressKind)?.settingsSchema;
    if (!schema) throw new Error(`accounts need the channel "${ownAddressKind}"`);
    const result = schema.safeParse({ address: email });
    if (result.success) return result.data as { address: string };
    const faults = result.error.issues.map(({ message }) => ({ path: 'email', message }));
    throw new Problem(422, 'The request is not valid: see errors.', faults);
  }
}
