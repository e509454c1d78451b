import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers } from '../platform/http/answers.js';
import { Account, AccountChanges } from './account.js';
import { AccountService } from './account.service.js';
import { Allow, CurrentAccount } from './principal.js';

/** An account, to its owner. */
@Controller('v1/account')
@Allow('account')
@ApiTags('account')
export class AccountController {
  constructor(private readonly accounts: AccountService) {}

  @Get()
  @ApiOperation({ operationId: 'getAccount', summary: 'Your account' })
  @Answers(200, 'The account that the token stands for', Account)
  async get(@CurrentAccount() account: CurrentAccount): Promise<Account> {
    return this.accounts.get(account.id);
  }

  @Patch()
  @ApiOperation({
    operationId: 'updateAccount',
    summary: 'Change your time zone or quiet hours',
    description: 'What is left out stays as it is. `quietHours: null` ends quiet hours.',
  })
  @Answers(200, 'The account as it is now', Account, [422])
  async update(
    @CurrentAccount() account: CurrentAccount,
    @Body({ schema: AccountChanges }) changes: AccountChanges,
  ): Promise<Account> {
    return this.accounts.update(account.id, changes);
  }
}
