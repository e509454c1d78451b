import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SignInService } from '../../accounts/sign-in.service.js';
import { CONFIG, type Config } from '../../config.js';
import { clientNetwork } from '../../platform/http/client-network.js';
import { notFound } from '../../platform/http/problem.js';
import { formFaults } from '../form/faults.js';
import { fieldsOf, textOf } from '../form/fields.js';
import { browserMark } from '../frame/browser-mark.js';
import { COOKIES, type CookieJar } from '../frame/cookies.js';
import { ownPath } from '../frame/own-path.js';
import { pageHeaders } from '../frame/page-headers.js';
import { Pages } from '../frame/pages.js';
import { Readers } from '../frame/readers.js';
import { leadTo } from '../frame/redirect.js';
import { CurrentVisit, type Visit } from '../frame/visit.js';
import { elsewherePage, linkPage, overPage } from './link-page.js';
import { NewSession } from './new-session.js';
import { hostSignInPage, sentPage, signInPage } from './sign-in-page.js';

const home = '/overview';

/** Signing in by a mailed link. Only POST acts. */
@Controller('sign-in')
@Pages('anybody')
export class SignInController {
  constructor(
    private readonly signIns: SignInService,
    private readonly newSession: NewSession,
    private readonly readers: Readers,
    @Inject(COOKIES) private readonly cookies: CookieJar,
    @Inject(CONFIG) private readonly config: Pick<Config, 'signUp' | 'hostAccounts' | 'publicUrl'>,
  ) {}

  @Get()
  async form(
    @CurrentVisit() visit: CurrentVisit,
    @Query('next') given: unknown,
    @Query('said') said: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const next = ownPath(textOf({ next: given }, 'next')) ?? '';
    if (visit.reader.kind === 'member' || (await this.entersByHost(visit, request))) {
      leadTo(reply, visit, next || home);
      return undefined;
    }
    void reply.headers(pageHeaders('link-holder'));
    const { signInUrl } = this.config.hostAccounts ?? {};
    if (!signInUrl) return signInPage(visit, { next, said, isOpen: this.isOpen });
    const back = encodeURIComponent(this.config.publicUrl + (next || home));
    return hostSignInPage(visit, signInUrl.replaceAll('{next}', back), said);
  }

  @Post()
  async ask(
    @CurrentVisit() visit: CurrentVisit,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    if (this.config.hostAccounts?.signInUrl) throw notFound('page');
    const fields = fieldsOf(body);
    const email = textOf(fields, 'email').trim();
    const next = ownPath(textOf(fields, 'next')) ?? '';
    try {
      await this.signIns.ask({
        email,
        browser: browserMark(request, reply, this.cookies),
        network: clientNetwork(request.ip),
        timeZone: textOf(fields, 'time_zone').slice(0, 64),
        next: next || home,
      });
    } catch (error) {
      const faults = formFaults(error);
      void reply.headers(pageHeaders('link-holder')).status(faults.status);
      sayWhenAgain(reply, error);
      return signInPage(visit, { next, email, faults, isOpen: this.isOpen });
    }
    leadTo(reply, visit, '/sign-in/sent');
    return undefined;
  }

  @Get('sent')
  sent(@CurrentVisit() visit: CurrentVisit): string {
    return sentPage(visit);
  }

  @Get(':token')
  async open(
    @CurrentVisit() visit: CurrentVisit,
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    void reply.headers(pageHeaders('link-holder'));
    const browser = this.cookies.read(request, 'browser');
    const found = await this.signIns.look(token, browser, clientNetwork(request.ip));
    if (found === 'ready') return linkPage(visit, token, { makesAccount: false });
    if (found === 'ready-to-make') return linkPage(visit, token, { makesAccount: true });
    return this.refused(visit, found, reply);
  }

  @Post(':token')
  async enter(
    @CurrentVisit() visit: CurrentVisit,
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    void reply.headers(pageHeaders('link-holder'));
    const browser = this.cookies.read(request, 'browser');
    const found = await this.signIns.look(token, browser, clientNetwork(request.ip));
    if (found === 'elsewhere' || found === 'over') return this.refused(visit, found, reply);
    const entered = browser === null ? null : await this.signIns.redeem(token, browser);
    if (!entered) return this.refused(visit, 'over', reply);
    await this.newSession.begin({ accountId: entered.accountId }, request, reply);
    leadTo(reply, visit, ownPath(entered.next) ?? home);
    return undefined;
  }

  /**
   * Whether the archive signed the visitor in, and an account has come of it just now.
   *
   * @throws Problem 403 when none may, 503 when the archive's keys can't be had: to be sent there once more would not help
   */
  private async entersByHost({ reader: { kind } }: Visit, request: FastifyRequest): Promise<boolean> {
    if (kind !== 'visitor' || this.config.hostAccounts === null) return false;
    const { reader, fault } = await this.readers.find(request, true);
    if (fault) throw fault;
    return reader.kind === 'member';
  }

  private get isOpen(): boolean {
    return this.config.signUp === 'open';
  }

  private refused(visit: Visit, found: 'elsewhere' | 'over', reply: FastifyReply): string {
    void reply.status(found === 'over' ? 410 : 403);
    return found === 'over' ? overPage(visit) : elsewherePage(visit);
  }
}

function sayWhenAgain(reply: FastifyReply, error: unknown): void {
  const { retryAfterS } = (error as { extensions?: { retryAfterS?: unknown } }).extensions ?? {};
  if (typeof retryAfterS === 'number') void reply.header('retry-after', String(retryAfterS));
}
