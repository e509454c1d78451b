import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '../../config.js';
import { Problem } from '../../platform/http/problem.js';
import { fieldsOf, textOf } from '../form/fields.js';
import { browserMark } from './browser-mark.js';
import { COOKIES, type CookieJar } from './cookies.js';
import { FormTokens, formTokenField } from './form-tokens.js';
import { pageHeaders } from './page-headers.js';
import { Readers, type FoundReader } from './readers.js';
import { SITE, type Site } from './site.js';
import type { WithVisit } from './visit.js';

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

/** Knows the reader, keeps out whom a page is not for, and takes forms only from our own pages. */
@Injectable()
export class PageGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly readers: Readers,
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
    const isForMembers =
      access === 'member' || (access === 'archive' && this.config.publicArchive === 'members');
    const found = await this.readers.find(request, isForMembers);
    const { reader, session } = found;
    const isKnown = reader.kind !== 'visitor';
    request.visit = {
      site: this.site,
      reader,
      path: request.url,
      // Whom the archive signed in has no session of ours: what another site can't know is the browser's mark then.
      formToken: () => this.formTokens.create(session ?? browserMark(request, reply, this.cookies)),
    };
    const isOpen = access === 'anybody' || (access === 'archive' && this.config.publicArchive === 'open');
    void reply.headers(pageHeaders(isKnown || !isOpen ? 'link-holder' : 'anybody'));
    const isSafe = request.method === 'GET' || request.method === 'HEAD';
    if (!isSafe && access !== 'link-holder') {
      this.requireOwnForm(request, session ?? this.cookies.read(request, 'browser'));
    }
    this.requireReader(access, found);
    return true;
  }

  private requireReader(access: PageAccess, { reader: { kind }, fault }: FoundReader): void {
    if (access === 'operator' && kind !== 'operator') throw new SignInNeeded('operator');
    const isForMembers = access === 'archive' && this.config.publicArchive === 'members';
    if ((access === 'member' && kind !== 'member') || (isForMembers && kind === 'visitor')) {
      throw fault ?? new SignInNeeded('member');
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
}
