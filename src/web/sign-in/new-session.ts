import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SessionService } from '../../accounts/session.service.js';
import { COOKIES, type CookieJar } from '../frame/cookies.js';

/** As long as browsers keep one at most: when a session is over is decided here, and use puts that off. */
const keptS = 400 * 86_400;

/** Gives a browser a session of its own. */
@Injectable()
export class NewSession {
  constructor(
    private readonly sessions: SessionService,
    @Inject(COOKIES) private readonly cookies: CookieJar,
  ) {}

  /** Ends the session that the browser had, and its mark: what was planted there before is worth nothing then. */
  async begin(
    of: Parameters<SessionService['begin']>[0],
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const former = this.cookies.read(request, 'session');
    if (former !== null) await this.sessions.signOut(former);
    const device = request.headers['user-agent'] ?? 'an unnamed browser';
    this.cookies.set(reply, 'session', await this.sessions.begin(of, device), keptS);
    this.cookies.clear(reply, 'browser');
  }
}
