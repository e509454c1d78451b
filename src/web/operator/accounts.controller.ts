import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { NewAccount, NewToken, OperatorAccountChanges } from '../../accounts/account.js';
import { AccountService } from '../../accounts/account.service.js';
import { parseRowId, type AccountId } from '../../domain/ids.js';
import { Tier } from '../../domain/tiers.js';
import { OperatorAccounts } from '../../operator/accounts.service.js';
import { notFound } from '../../platform/http/problem.js';
import { validate } from '../../platform/http/validation.js';
import { formFaults } from '../form/faults.js';
import { fieldsOf, textOf } from '../form/fields.js';
import { given } from '../form/query.js';
import { Pages } from '../frame/pages.js';
import { leadTo } from '../frame/redirect.js';
import { CurrentVisit } from '../frame/visit.js';
import { accountPage, type AccountPageExtras } from './account-page.js';
import { accountsPage, newAccountPage } from './accounts-page.js';

const atATime = 50;

/** Accounts, to the operator. */
@Controller('operator/accounts')
@Pages('operator')
export class AccountPagesController {
  constructor(
    private readonly list: OperatorAccounts,
    private readonly accounts: AccountService,
  ) {}

  @Get()
  async all(@CurrentVisit() visit: CurrentVisit, @Query() query: Record<string, unknown>): Promise<string> {
    const q = given(query, 'q')?.slice(0, 254);
    const tier = Tier.safeParse(given(query, 'tier')).data;
    const page = await this.list.list({ q, tier, limit: atATime, cursor: given(query, 'cursor') });
    return accountsPage(visit, { page, ...(q && { q }), ...(tier && { tier }), said: query['said'] });
  }

  @Get('new')
  blank(@CurrentVisit() visit: CurrentVisit): string {
    return newAccountPage(visit, { email: '', tier: 'watcher', timeZone: 'UTC' });
  }

  @Post('new')
  async make(
    @CurrentVisit() visit: CurrentVisit,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const fields = fieldsOf(body);
    const typed = {
      email: textOf(fields, 'email').trim(),
      tier: textOf(fields, 'tier'),
      timeZone: textOf(fields, 'timeZone').trim(),
    };
    try {
      const { id } = await this.accounts.create(validate(NewAccount, typed));
      leadTo(reply, visit, `/operator/accounts/${id}?said=made`);
      return undefined;
    } catch (error) {
      const faults = formFaults(error);
      void reply.status(faults.status);
      return newAccountPage(visit, typed, faults);
    }
  }

  @Get(':id')
  async one(
    @CurrentVisit() visit: CurrentVisit,
    @Param('id') id: string,
    @Query('said') said: unknown,
  ): Promise<string> {
    return accountPage(visit, await this.list.sheet(accountIdOf(id)), { said });
  }

  @Post(':id')
  async change(
    @CurrentVisit() visit: CurrentVisit,
    @Param('id') id: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const accountId = accountIdOf(id);
    const fields = fieldsOf(body);
    const typed = { tier: textOf(fields, 'tier'), timeZone: textOf(fields, 'timeZone').trim() };
    return this.act(visit, reply, accountId, { typed }, async () => {
      await this.accounts.update(accountId, validate(OperatorAccountChanges, typed));
      return `/operator/accounts/${id}?said=saved`;
    });
  }

  @Post(':id/tokens')
  @HttpCode(200)
  async makeToken(
    @CurrentVisit() visit: CurrentVisit,
    @Param('id') id: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const accountId = accountIdOf(id);
    const typed = { name: textOf(fieldsOf(body), 'name') };
    let token: string;
    try {
      token = await this.accounts.createToken(accountId, validate(NewToken, typed).name);
    } catch (error) {
      return this.again(visit, reply, accountId, typed, error);
    }
    return accountPage(visit, await this.list.sheet(accountId), { token });
  }

  @Post(':id/sessions/end')
  async signOut(
    @CurrentVisit() visit: CurrentVisit,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const accountId = accountIdOf(id);
    await this.accounts.get(accountId);
    await this.list.endSessions(accountId);
    leadTo(reply, visit, `/operator/accounts/${id}?said=signed-out`);
  }

  @Post(':id/erase')
  async erase(
    @CurrentVisit() visit: CurrentVisit,
    @Param('id') id: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const accountId = accountIdOf(id);
    const typed = { address: textOf(fieldsOf(body), 'address') };
    return this.act(visit, reply, accountId, { typed }, async () => {
      await this.list.erase(accountId, typed.address);
      return '/operator/accounts?said=erased';
    });
  }

  private async act(
    visit: CurrentVisit,
    reply: FastifyReply,
    accountId: AccountId,
    { typed = {} }: Pick<AccountPageExtras, 'typed'>,
    work: () => Promise<`/${string}`>,
  ): Promise<string | undefined> {
    try {
      leadTo(reply, visit, await work());
      return undefined;
    } catch (error) {
      return this.again(visit, reply, accountId, typed, error);
    }
  }

  private async again(
    visit: CurrentVisit,
    reply: FastifyReply,
    accountId: AccountId,
    typed: NonNullable<AccountPageExtras['typed']>,
    error: unknown,
  ): Promise<string> {
    const faults = formFaults(error);
    void reply.status(faults.status);
    return accountPage(visit, await this.list.sheet(accountId), { faults, typed });
  }
}

function accountIdOf(text: string): AccountId {
  const id = parseRowId<'account'>(text);
  if (id === null) throw notFound('account');
  return id;
}
