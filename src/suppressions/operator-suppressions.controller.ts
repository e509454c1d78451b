import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow } from '../accounts/principal.js';
import { Answers } from '../platform/http/answers.js';
import { pageOf, PageQuery, type Page } from '../platform/http/page.js';
import { AnySuppression, FoundSuppressions, SuppressionSearch } from './suppression.js';
import { SuppressionsService } from './suppressions.service.js';

/** All suppressions, to the operator. */
@ApiTags('operator')
@Controller('v1/operator/suppressions')
@Allow('operator')
export class OperatorSuppressionsController {
  constructor(private readonly suppressions: SuppressionsService) {}

  @Get()
  @ApiOperation({
    operationId: 'listAllSuppressions',
    summary: 'Every bounce and complaint that stands, newest first',
    description: 'Addresses are kept as keyed hashes and cannot be shown: search for one.',
  })
  @Answers(200, 'A page of suppressions', pageOf(AnySuppression), [403, 422])
  async list(@Query({ schema: PageQuery }) query: PageQuery): Promise<Page<AnySuppression>> {
    return this.suppressions.listAny(query);
  }

  @Post('search')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'searchSuppressions',
    summary: 'What stands against an address',
    description: 'In the body, since addresses in a URL end up in logs.',
  })
  @Answers(200, 'What stands', FoundSuppressions, [403, 422])
  async search(
    @Body({ schema: SuppressionSearch }) { address }: SuppressionSearch,
  ): Promise<FoundSuppressions> {
    return { items: await this.suppressions.search(address) };
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'liftAnySuppression',
    summary: 'Lift a suppression, a complaint too',
    description: 'Destinations stay disabled until their owners enable them.',
  })
  @Answers(204, 'Lifted', undefined, [403, 404])
  async lift(@Param('id') id: string): Promise<void> {
    await this.suppressions.liftAny(id);
  }
}
