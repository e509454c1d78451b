import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers } from '../platform/http/answers.js';
import { pageOf, PageQuery, type Page } from '../platform/http/page.js';
import { AccountToken, NewAccountToken } from './account-token.js';
import { AccountTokensService } from './account-tokens.service.js';
import { NewToken } from './account.js';
import { Allow, CurrentAccount } from './principal.js';

/** The tokens of an account, to its owner. */
@Controller('v1/account/tokens')
@Allow('account')
@ApiTags('account')
export class AccountTokensController {
  constructor(private readonly tokens: AccountTokensService) {}

  @Get()
  @ApiOperation({ operationId: 'listTokens', summary: 'Your tokens, oldest first' })
  @Answers(200, 'A page of tokens', pageOf(AccountToken), [422])
  async list(
    @CurrentAccount() { id }: CurrentAccount,
    @Query({ schema: PageQuery }) query: PageQuery,
  ): Promise<Page<AccountToken>> {
    return this.tokens.list(id, query);
  }

  @Post()
  @ApiOperation({ operationId: 'createToken', summary: 'Make a token' })
  @Answers(201, 'The token, shown once', NewAccountToken, [403, 422])
  async create(
    @CurrentAccount() { id }: CurrentAccount,
    @Body({ schema: NewToken }) { name }: NewToken,
  ): Promise<NewAccountToken> {
    return this.tokens.create(id, name);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'withdrawToken',
    summary: 'Withdraw a token',
    description: 'It opens nothing from then on: the very token of this call, too.',
  })
  @Answers(204, 'Withdrawn', undefined, [404])
  async withdraw(@CurrentAccount() account: CurrentAccount, @Param('id') id: string): Promise<void> {
    await this.tokens.withdraw(account.id, id);
  }
}
