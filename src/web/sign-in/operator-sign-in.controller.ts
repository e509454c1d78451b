import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AttemptLimits } from '../../accounts/attempt-limits.service.js';
import { TokenService } from '../../accounts/token.service.js';
import { clientNetwork } from '../../platform/http/client-network.js';
import { Problem } from '../../platform/http/problem.js';
import { formFaults } from '../form/faults.js';
import { fieldsOf, textOf } from '../form/fields.js';
import { ownPath } from '../frame/own-path.js';
import { pageHeaders } from '../frame/page-headers.js';
import { Pages } from '../frame/pages.js';
import { leadTo } from '../frame/redirect.js';
import { CurrentVisit } from '../frame/visit.js';
import { NewSession } from './new-session.js';
import { operatorSignInPage } from './operator-sign-in-page.js';

const home = '/operator';

/** Signing in with the operator's token. */
@Controller('operator/sign-in')
@Pages('anybody')
export class OperatorSignInController {
  constructor(
    private readonly tokens: TokenService,
    private readonly limits: AttemptLimits,
    private readonly newSession: NewSession,
  ) {}

  @Get()
  form(
    @CurrentVisit() visit: CurrentVisit,
    @Query('next') given: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): string | undefined {
    const next = ownPath(textOf({ next: given }, 'next')) ?? '';
    if (visit.reader.kind === 'operator') {
      leadTo(reply, visit, next || home);
      return undefined;
    }
    void reply.headers(pageHeaders('link-holder'));
    return operatorSignInPage(visit, { next });
  }

  @Post()
  async enter(
    @CurrentVisit() visit: CurrentVisit,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const fields = fieldsOf(body);
    const next = ownPath(textOf(fields, 'next')) ?? '';
    const token = textOf(fields, 'token').trim();
    try {
      await this.requireOperator(token, clientNetwork(request.ip));
    } catch (error) {
      const faults = formFaults(error);
      void reply.headers(pageHeaders('link-holder')).status(faults.status);
      if (error instanceof Problem && typeof error.extensions['retryAfterS'] === 'number') {
        void reply.header('retry-after', String(error.extensions['retryAfterS']));
      }
      return operatorSignInPage(visit, { next, faults });
    }
    await this.newSession.begin({ operatorToken: token }, request, reply);
    leadTo(reply, visit, next || home);
    return undefined;
  }

  /** Tokens are compared by their hashes, so that how long it takes tells nothing of them. @throws Problem 422 or 429 */
  private async requireOperator(token: string, network: string): Promise<void> {
    await this.limits.require('wrong operator token', network);
    const principal = await this.tokens.principalOf(token);
    if (principal?.scope === 'operator') return;
    await this.limits.count('wrong operator token', network);
    const message = 'is not the operator’s';
    throw new Problem(422, 'That is not the operator’s token.', [{ path: 'token', message }]);
  }
}
