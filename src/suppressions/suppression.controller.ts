import { Controller, Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentAccount } from '../accounts/principal.js';
import { Answers } from '../platform/http/answers.js';
import { pageOf, PageQuery, type Page } from '../platform/http/page.js';
import { Suppression } from './suppression.js';
import { SuppressionsService } from './suppressions.service.js';

/** Why addresses of an account get no mail. */
@ApiTags('destinations')
@Controller('v1/suppressions')
@Allow('account')
export class SuppressionController {
  constructor(private readonly suppressions: SuppressionsService) {}

  @Get()
  @ApiOperation({
    operationId: 'listSuppressions',
    summary: 'Which of your email destinations get no mail, and why',
    description:
      'An address can stand here for several reasons. While it bounces or its reader complained, nobody can make or ' +
      'enable a destination of it.',
  })
  @Answers(200, 'A page of suppressions', pageOf(Suppression), [422])
  async list(
    @CurrentAccount() { id }: CurrentAccount,
    @Query({ schema: PageQuery }) query: PageQuery,
  ): Promise<Page<Suppression>> {
    return this.suppressions.list(id, query);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'liftSuppression',
    summary: 'Lift a suppression',
    description:
      'Once a day for an address that bounced. Your own address is at work again at once; another is `pending` until it ' +
      'is confirmed anew. Only the operator can lift a complaint.',
  })
  @Answers(204, 'Lifted', undefined, [403, 404, 409])
  async lift(@CurrentAccount() account: CurrentAccount, @Param('id') id: string): Promise<void> {
    await this.suppressions.lift(account.id, id);
  }
}
