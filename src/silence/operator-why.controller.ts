import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { AccountService } from '../accounts/account.service.js';
import { Allow } from '../accounts/principal.js';
import { parseRowId } from '../domain/ids.js';
import { Answers } from '../platform/http/answers.js';
import { notFound } from '../platform/http/problem.js';
import { SilenceService } from './silence.service.js';
import { Why } from './why-view.js';

/** The same answer, for whoever is asked by an account's owner. */
@ApiTags('operator')
@Controller('v1/operator/accounts/:id/changes/:changeId/why')
@Allow('operator')
export class OperatorWhyController {
  constructor(
    private readonly accounts: AccountService,
    private readonly silence: SilenceService,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'getWhyOfAccount',
    summary: 'Why an account was told of a change, or why it was not',
  })
  @Answers(200, 'What became of it', Why, [403, 404])
  async why(@Param('id') id: string, @Param('changeId') changeId: string): Promise<Why> {
    const accountId = parseRowId<'account'>(id);
    if (accountId === null) throw notFound('account');
    const { tier } = await this.accounts.get(accountId);
    return this.silence.why({ id: accountId, tier }, changeId);
  }
}
