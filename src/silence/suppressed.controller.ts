import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentAccount } from '../accounts/principal.js';
import { Answers } from '../platform/http/answers.js';
import { pageOf, type Page } from '../platform/http/page.js';
import { SilenceService } from './silence.service.js';
import { SuppressedChange } from './silence-view.js';
import { SuppressedQuery } from './suppressed-query.js';

/** What the account was not told, and why. */
@ApiTags('silence')
@Controller('v1/suppressed')
@Allow('account')
export class SuppressedController {
  constructor(private readonly silence: SilenceService) {}

  @Get()
  @ApiOperation({
    operationId: 'listSuppressed',
    summary:
      'Changes that your watchlists follow and that you were not told of, newest first, with the reasons',
    description:
      'From when each watchlist followed them on. A page may hold fewer than its limit, or none: go on until nextCursor is null.',
  })
  @Answers(200, 'A page of changes', pageOf(SuppressedChange), [422])
  async list(
    @CurrentAccount() account: CurrentAccount,
    @Query({ schema: SuppressedQuery }) query: SuppressedQuery,
  ): Promise<Page<SuppressedChange>> {
    return this.silence.suppressed(account, query);
  }
}
