import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow } from '../accounts/principal.js';
import { Answers } from '../platform/http/answers.js';
import { pageOf, type Page } from '../platform/http/page.js';
import { AccountsQuery, ListedAccount } from './accounts-list.js';
import { OperatorAccounts } from './accounts.service.js';

/** The list of accounts; one account is at `/v1/accounts/:id`. */
@ApiTags('operator')
@Controller('v1/operator/accounts')
@Allow('operator')
export class AccountsController {
  constructor(private readonly accounts: OperatorAccounts) {}

  @Get()
  @ApiOperation({
    operationId: 'listAccounts',
    summary: 'All accounts, newest first, or those whose address begins with something',
  })
  @Answers(200, 'A page of accounts', pageOf(ListedAccount), [403, 422])
  async list(@Query({ schema: AccountsQuery }) query: AccountsQuery): Promise<Page<ListedAccount>> {
    return this.accounts.list(query);
  }
}
