import { Injectable } from '@nestjs/common';
import { Problem } from '../platform/http/problem.js';
import { AttemptLimits } from './attempt-limits.service.js';
import { HostTokenService } from './host-token.service.js';
import type { Principal } from './principal.js';
import { hashOf, TokenService } from './token.service.js';

/** Tokens that were good are known by their hash, so that a busy client costs no look at the limit. */
const mostKnown = 10_000;

/** Reads bearer tokens: ours, and those of the host archive. A network that brings many wrong ones is put off. */
@Injectable()
export class BearerService {
  private readonly known = new Set<string>();

  constructor(
    private readonly tokens: TokenService,
    private readonly hostTokens: HostTokenService,
    private readonly limits: AttemptLimits,
  ) {}

  /**
   * Whoever brings a token that was good before is let in whatever others of the same network do: they may be behind one
   * gateway.
   *
   * @param network see `clientNetwork`
   * @throws Problem 401 for a wrong one, 429 for any unknown one after too many wrong ones, 403 and 503 of the archive's
   */
  async principalOf(token: string, network: string): Promise<Principal> {
    const key = hashOf(token).toString('base64');
    if (!this.known.has(key)) await this.limits.require('wrong token', network);
    const principal = await this.find(token);
    if (principal === null) {
      this.known.delete(key);
      await this.limits.count('wrong token', network);
      throw new Problem(401, 'The token is not valid, or was withdrawn.');
    }
    this.remember(key);
    return principal;
  }

  private async find(token: string): Promise<Principal | null> {
    if (!this.hostTokens.reads(token)) return this.tokens.principalOf(token);
    const account = await this.hostTokens.accountOf(token, { makes: true });
    return account && { scope: 'account', accountId: account.accountId, tier: account.tier };
  }

  /** Forgets the oldest when there are too many. */
  private remember(key: string): void {
    if (this.known.has(key)) return;
    if (this.known.size >= mostKnown) this.known.delete(this.known.values().next().value!);
    this.known.add(key);
  }
}

/** @returns the token of an `Authorization` header, or null */
export function bearerIn(header: string | undefined): string | null {
  return /^Bearer ([\x21-\x7e]{1,8000})$/i.exec(header ?? '')?.[1] ?? null;
}
