import { Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SessionService } from '../../accounts/session.service.js';
import { COOKIES, type CookieJar } from '../frame/cookies.js';
import { messagePage } from '../frame/message-page.js';
import { Pages } from '../frame/pages.js';
import { noSession } from '../frame/readers.js';
import { leadTo } from '../frame/redirect.js';
import { CurrentVisit } from '../frame/visit.js';

@Controller('sign-out')
@Pages('anybody')
export class SignOutController {
  constructor(
    private readonly sessions: SessionService,
    @Inject(COOKIES) private readonly cookies: CookieJar,
  ) {}

  @Post()
  @HttpCode(200)
  async signOut(
    @CurrentVisit() visit: CurrentVisit,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const { reader, site } = visit;
    if (reader.kind === 'member' && reader.sessionId === noSession) {
      return messagePage(
        visit,
        'The archive signed you in',
        <p>
          You are signed in here for as long as you are signed in at the <bdi>{site.archiveName}</bdi>. Sign
          out there.
        </p>,
      );
    }
    const session = this.cookies.read(request, 'session');
    if (session !== null) await this.sessions.signOut(session);
    this.cookies.clear(reply, 'session');
    leadTo(reply, visit, '/sign-in?said=signed-out');
    return undefined;
  }
}
