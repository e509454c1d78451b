import { randomBytes } from 'node:crypto';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SessionService } from '../../accounts/session.service.js';
import { CONFIG, type Config } from '../../config.js';
import { Problem } from '../../platform/http/problem.js';
import { fieldsOf, textOf } from '../form/fields.js';
import { COOKIES, type CookieJar } from './cookies.js';
import { FormTokens, formTokenField } from './form-tokens.js';
import { pageHeaders } from './page-headers.js';
import { SITE, type Site } from './site.js';
import type { Reader, WithVisit } from './visit.js';

export const PAGES_FOR = 'tocsin:pages-for';

/**
 * Whom pages are for. `anybody`; `archive`: anybody, or members alone where PUBLIC_ARCHIVE says so; `link-holder`: whoever
 * has the link, which is also what a form of theirs stands on, so that mail providers may post it (RFC 8058); `member`;
 * `operator`.
 */
export type PageAccess = 'anybody' | 'archive' | 'link-holder' | 'member' | 'operator';

/** The page is for readers who are signed in, and this one is not. */
export class SignInNeeded extends Error {
  constructor(readonly as: 'member' | 'operator') {
    super('Sign in to see this page.');
  }
}

const browserMarkS = 86_400;

/** Knows the reader, keeps out whom a page is not for, and takes forms only from our own pages. */
@Injectable()
export class PageGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: SessionService,
    private readonly formTokens: FormTokens,
    @Inject(COOKIES) private readonly cookies: CookieJar,
    @Inject(SITE) private readonly site: Site,
    @Inject(CONFIG) private readonly config: Pick<Config, 'publicArchive'>,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<PageAccess>(PAGES_FOR, [
      context.getHandler(),
      context.getClass(),
    ]);
    const request = context.switchToHttp().getRequest<FastifyRequest & WithVisit>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const session = this.cookies.read(request, 'session');
    const signedIn = session === null ? null : await this.sessions.find(session);
    const reader: Reader = signedIn ?? { kind: 'visitor' };
    request.visit = {
      site: this.site,
      reader,
      path: request.url,
      formToken: () => this.formTokens.create(signedIn ? session! : this.browserMark(request, reply)),
    };
    const isOpen = access === 'anybody' || (access === 'archive' && this.config.publicArchive === 'open');
    void reply.headers(pageHeaders(signedIn || !isOpen ? 'link-holder' : 'anybody'));
    const isSafe = request.method === 'GET' || request.method === 'HEAD';
    if (!isSafe && access !== 'link-holder') {
      const cookie = signedIn ? session : this.cookies.read(request, 'browser');
      this.requireOwnForm(request, cookie);
    }
    this.requireReader(access, reader);
    return true;
  }

  private requireReader(access: PageAccess, { kind }: Reader): void {
    if (access === 'operator' && kind !== 'operator') throw new SignInNeeded('operator');
    if (access === 'member' && kind !== 'member') throw new SignInNeeded('member');
    if (access === 'archive' && this.config.publicArchive === 'members' && kind === 'visitor') {
      throw new SignInNeeded('member');
    }
  }

  /** @throws Problem 403 for a form that does not come from a page of ours in the same browser */
  private requireOwnForm({ body, headers }: FastifyRequest, cookie: string | null): void {
    const isFromElsewhere = headers['sec-fetch-site'] === 'cross-site';
    const token = textOf(fieldsOf(body), formTokenField);
    if (isFromElsewhere || cookie === null || !this.formTokens.isOf(cookie, token)) {
      throw new Problem(
        403,
        'This form was not sent, because the page it stood on is too old, or not ours. Go back, load the page anew and send it once more.',
      );
    }
  }

  /** What tells this browser from others; made when there is none. */
  private browserMark(request: FastifyRequest & { browserMark?: string }, reply: FastifyReply): string {
    request.browserMark ??= this.cookies.read(request, 'browser') ?? randomBytes(18).toString('base64url');
    this.cookies.set(reply, 'browser', request.browserMark, browserMarkS);
    return request.browserMark;
  }
}
