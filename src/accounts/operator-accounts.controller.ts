import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { parseRowId, type AccountId } from '../domain/ids.js';
import { Answers } from '../platform/http/answers.js';
import { notFound } from '../platform/http/problem.js';
import { Account, NewAccount, NewToken, OperatorAccountChanges, ShownToken } from './account.js';
import { AccountService } from './account.service.js';
import { Allow } from './principal.js';

/** Accounts, to the operator. */
@Controller('v1/accounts')
@Allow('operator')
@ApiTags('operator')
export class OperatorAccountsController {
  constructor(private readonly accounts: AccountService) {}

  @Post()
  @ApiOperation({
    operationId: 'createAccount',
    summary: 'Make an account',
    description: 'Its address counts as verified, and becomes its first destination.',
  })
  @Answers(201, 'The account', Account, [403, 409, 422])
  async create(@Body({ schema: NewAccount }) account: NewAccount): Promise<Account> {
    return this.accounts.create(account);
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getAnyAccount', summary: 'One account' })
  @Answers(200, 'The account', Account, [403, 404])
  async get(@Param('id') id: string): Promise<Account> {
    return this.accounts.get(accountIdOf(id));
  }

  @Patch(':id')
  @ApiOperation({
    operationId: 'updateAnyAccount',
    summary: 'Change the tier, time zone or quiet hours of an account',
    description: 'What is left out stays as it is. A new tier takes effect on the next alert.',
  })
  @Answers(200, 'The account as it is now', Account, [403, 404, 422])
  async update(
    @Param('id') id: string,
    @Body({ schema: OperatorAccountChanges }) changes: OperatorAccountChanges,
  ): Promise<Account> {
    return this.accounts.update(accountIdOf(id), changes);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'eraseAccount',
    summary: 'Erase an account',
    description:
      'Its tokens, watchlists, destinations, alerts and deliveries go with it, and cannot come back.',
  })
  @Answers(204, 'Erased', undefined, [403, 404])
  async erase(@Param('id') id: string): Promise<void> {
    await this.accounts.erase(accountIdOf(id));
  }

  @Post(':id/tokens')
  @ApiOperation({ operationId: 'createAccountToken', summary: 'Make a token for an account' })
  @Answers(201, 'The token, shown once', ShownToken, [403, 404, 422])
  async createToken(
    @Param('id') id: string,
    @Body({ schema: NewToken }) { name }: NewToken,
  ): Promise<{ token: string }> {
    return { token: await this.accounts.createToken(accountIdOf(id), name) };
  }
}

function accountIdOf(text: string): AccountId {
  const id = parseRowId<'account'>(text);
  if (id === null) throw notFound('account');
  return id;
}
