import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '../config.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { Problem } from '../platform/http/problem.js';
import { LOGGER, type Logger } from '../platform/logger.js';
import { AccountEntry } from './account-entry.service.js';
import { findByIdentity, insertIdentity, type IdentifiedAccount } from './account-identity.store.js';
import { hostKeys, KeysUnreachableError, type HostKeys } from './host-keys.js';

/** A JWS in compact form: its header is JSON, so it begins so. */
const jwt = /^eyJ[\w-]+\.[\w-]+\.[\w-]*$/;
/** OpenID Connect Core, 2. */
const longestSubject = 255;

/** The accounts of the archive that this installation belongs to: its JWTs stand for an account of ours. */
@Injectable()
export class HostTokenService implements OnApplicationShutdown {
  private readonly keys: HostKeys | null;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly entry: AccountEntry,
    @Inject(CONFIG) { hostAccounts }: Pick<Config, 'hostAccounts'>,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    this.keys = hostAccounts === null ? null : hostKeys(hostAccounts);
  }

  /** Whether a bearer token is to be read as one of the archive's. */
  reads(token: string): boolean {
    return this.keys !== null && jwt.test(token);
  }

  /**
   * Whom a token stands for. The first time its verified address says so: the account of that address, or a new one where
   * people may make theirs.
   *
   * @param makes whether an account may come of it: to read what is everybody's makes none
   * @returns null for a token that is not good, and unless `makes` for one that stands for no account yet
   * @throws Problem 403 when it is good and stands for no account, 503 when the archive's keys can't be had
   */
  async accountOf(token: string, { makes }: { makes: boolean }): Promise<IdentifiedAccount | null> {
    const claims = await this.claimsOf(token);
    const { iss: issuer, sub: subject } = claims ?? {};
    if (!issuer || !subject || subject.length > longestSubject || subject.includes('\0')) return null;
    const identity = { issuer, subject };
    const known = await findByIdentity(this.database, identity);
    if (known) return known;
    const address = this.verifiedAddress(claims!);
    const accountId = makes
      ? await this.entry.enter(address, textOf(claims!['zoneinfo']))
      : (await this.entry.find(address))?.id;
    if (accountId === undefined) return null;
    await insertIdentity(this.database, identity, accountId, this.clock.now());
    return findByIdentity(this.database, identity);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.keys?.close();
  }

  private async claimsOf(token: string) {
    try {
      return (await this.keys?.verify(token, this.clock.now())) ?? null;
    } catch (error) {
      if (!(error instanceof KeysUnreachableError)) throw error;
      this.log.warn({ err: error }, "the archive's keys can't be had");
      throw new Problem(
        503,
        'The archive that you are signed in at does not answer, so it is not known who you are. Try it again in a moment.',
      );
    }
  }

  /** @throws Problem 403 */
  private verifiedAddress(claims: Record<string, unknown>): string {
    if (claims['email_verified'] === true) {
      try {
        return this.entry.readAddress(textOf(claims['email']));
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
      }
    }
    throw new Problem(
      403,
      'The archive names no verified email address of yours, so it is not known which account is yours. Verify your address there.',
    );
  }
}

function textOf(claim: unknown): string {
  return typeof claim === 'string' ? claim : '';
}
