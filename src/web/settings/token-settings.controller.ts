import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AccountTokensService } from '../../accounts/account-tokens.service.js';
import type { NewAccountToken } from '../../accounts/account-token.js';
import { NewToken } from '../../accounts/account.js';
import { Clock } from '../../platform/clock.js';
import { validate } from '../../platform/http/validation.js';
import { formFaults, type Faults } from '../form/faults.js';
import { fieldsOf, textOf } from '../form/fields.js';
import { pageAsked } from '../form/query.js';
import { Pages } from '../frame/pages.js';
import { leadTo } from '../frame/redirect.js';
import { CurrentMember, CurrentVisit } from '../frame/visit.js';
import { tokensPage } from './tokens-page.js';

const pageRows = 50;

type Shown = {
  cursor?: unknown;
  said?: unknown;
  made?: NewAccountToken;
  typedName?: string;
  faults?: Faults;
};

/** The tokens of the reader. */
@Controller('settings/tokens')
@Pages('member')
export class TokenSettingsController {
  constructor(
    private readonly tokens: AccountTokensService,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() member: CurrentMember,
    @Query('cursor') cursor: unknown,
    @Query('said') said: unknown,
  ): Promise<string> {
    return this.page(visit, member, { cursor, said });
  }

  @Post()
  @HttpCode(200)
  async make(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() member: CurrentMember,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const typedName = textOf(fieldsOf(body), 'name');
    try {
      const { name } = validate(NewToken, { name: typedName });
      const made = await this.tokens.create(member.accountId, name);
      return await this.page(visit, member, { made });
    } catch (error) {
      const faults = formFaults(error);
      void reply.status(faults.status);
      return this.page(visit, member, { typedName, faults });
    }
  }

  @Post(':id/withdraw')
  async withdraw(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() { accountId }: CurrentMember,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.tokens.withdraw(accountId, id);
    leadTo(reply, visit, '/settings/tokens?said=withdrawn');
  }

  private async page(
    visit: CurrentVisit,
    { accountId, timeZone: zone }: CurrentMember,
    { cursor, ...shown }: Shown,
  ): Promise<string> {
    const asked = pageAsked(pageRows, cursor);
    const page = await this.tokens.list(accountId, asked);
    return tokensPage(visit, { page, zone, now: this.clock.now().toISOString(), ...shown });
  }
}
