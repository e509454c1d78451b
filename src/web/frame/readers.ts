import { Inject, Injectable } from '@nestjs/common';
import { parseCookie } from 'cookie';
import type { FastifyRequest } from 'fastify';
import { bearerIn } from '../../accounts/bearer.service.js';
import { HostTokenService } from '../../accounts/host-token.service.js';
import { SessionService } from '../../accounts/session.service.js';
import { CONFIG, type Config } from '../../config.js';
import type { SessionId } from '../../domain/ids.js';
import { Problem } from '../../platform/http/problem.js';
import { COOKIES, type CookieJar } from './cookies.js';
import type { Reader } from './visit.js';

/** In place of a session for whom the host archive signed in: no session of ours has it. */
export const noSession = '0' as SessionId;

export type FoundReader = {
  reader: Reader;
  /** The token of the reader's session; null for whom no session of ours signed in. */
  session: string | null;
  /** Why a token of the host archive signs nobody in though it may be good; it is told where a page needs a reader. */
  fault: Problem | null;
};

/** Who asks for a page: by a session of ours, or by a token of the host archive. */
@Injectable()
export class Readers {
  constructor(
    private readonly sessions: SessionService,
    private readonly hostTokens: HostTokenService,
    @Inject(COOKIES) private readonly cookies: CookieJar,
    @Inject(CONFIG) private readonly config: Pick<Config, 'hostAccounts'>,
  ) {}

  /**
   * @param needsMember whether the page is for members alone: then whom the host archive signed in gets an account, where
   * people may make theirs. On other pages who has none, or has deleted it, is a visitor.
   */
  async find(request: FastifyRequest, needsMember = false): Promise<FoundReader> {
    const session = this.cookies.read(request, 'session');
    const signedIn = session === null ? null : await this.sessions.find(session);
    if (signedIn) return { reader: signedIn, session, fault: null };
    const visitor = { reader: { kind: 'visitor' }, session: null } as const;
    try {
      const account = await this.accountAtHost(request, needsMember);
      if (!account) return { ...visitor, fault: null };
      return { reader: { kind: 'member', sessionId: noSession, ...account }, session: null, fault: null };
    } catch (error) {
      if (error instanceof Problem) return { ...visitor, fault: error };
      throw error;
    }
  }

  private async accountAtHost({ headers }: FastifyRequest, makes: boolean) {
    const { hostAccounts } = this.config;
    if (hostAccounts === null) return null;
    const { cookie } = hostAccounts;
    const kept = cookie === null ? undefined : parseCookie(headers.cookie ?? '')[cookie];
    const token = kept ?? bearerIn(headers.authorization);
    return token !== null && this.hostTokens.reads(token)
      ? this.hostTokens.accountOf(token, { makes })
      : null;
  }
}
