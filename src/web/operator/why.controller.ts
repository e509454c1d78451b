import { Controller, Get, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { OperatorAccounts } from '../../operator/accounts.service.js';
import { Problem } from '../../platform/http/problem.js';
import { SilenceService } from '../../silence/silence.service.js';
import { given } from '../form/query.js';
import { Pages } from '../frame/pages.js';
import { CurrentVisit } from '../frame/visit.js';
import type { AccountId } from '../../domain/ids.js';
import { whyPage } from './why-page.js';

/** Why an account was told of a change, or was not. */
@Controller('operator/why')
@Pages('operator')
export class WhyPagesController {
  constructor(
    private readonly accounts: OperatorAccounts,
    private readonly silence: SilenceService,
  ) {}

  @Get()
  async why(
    @CurrentVisit() visit: CurrentVisit,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const account = given(query, 'account')?.slice(0, 254);
    const change = given(query, 'change');
    const typed = { ...(account && { account }), ...(change && { change }) };
    if (!account || !change) return whyPage(visit, { ...typed, answer: null, fault: null });
    try {
      const found = await this.find(account);
      const why = await this.silence.why({ id: found.id as AccountId, tier: found.tier }, change);
      return whyPage(visit, { ...typed, answer: { email: found.email, why }, fault: null });
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 404) throw error;
      void reply.status(404);
      return whyPage(visit, { ...typed, answer: null, fault: error.message });
    }
  }

  private async find(account: string) {
    const { items } = await this.accounts.list({ q: account, limit: 2 });
    const isId = /^\d+$/.test(account);
    const found = items.find(({ email }) => isId || email.toLowerCase() === account.toLowerCase());
    if (!found) throw new Problem(404, 'There is no such account.');
    return found;
  }
}
