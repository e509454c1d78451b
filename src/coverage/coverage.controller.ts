import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentAccount } from '../accounts/principal.js';
import { Answers } from '../platform/http/answers.js';
import { pageOf, PageQuery, type Page } from '../platform/http/page.js';
import { CoveredDocument } from './coverage-view.js';
import { CoverageService } from './coverage.service.js';

@ApiTags('archive')
@Controller('v1/coverage')
@Allow('account')
export class CoverageController {
  constructor(private readonly coverage: CoverageService) {}

  @Get()
  @ApiOperation({
    operationId: 'listCoverage',
    summary: 'The documents that you follow: when each was last seen, and whether it still can be',
  })
  @Answers(200, 'A page of documents', pageOf(CoveredDocument), [422])
  async list(
    @CurrentAccount() account: CurrentAccount,
    @Query({ schema: PageQuery }) query: PageQuery,
  ): Promise<Page<CoveredDocument>> {
    return this.coverage.list(account.id, query);
  }
}
