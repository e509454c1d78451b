import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentAccount } from '../accounts/principal.js';
import { Answers } from '../platform/http/answers.js';
import { SilenceService } from './silence.service.js';
import { Why } from './why-view.js';

/** Why did I get this, and why did I not. */
@ApiTags('silence')
@Controller('v1/changes/:id/why')
@Allow('account')
export class WhyController {
  constructor(private readonly silence: SilenceService) {}

  @Get()
  @ApiOperation({
    operationId: 'getWhy',
    summary: 'Why you were told of a change, or why you were not',
    description: 'What each of your watchlists makes of it, and what became of each delivery.',
  })
  @Answers(200, 'What became of it', Why, [404])
  async why(@CurrentAccount() account: CurrentAccount, @Param('id') id: string): Promise<Why> {
    return this.silence.why(account, id);
  }
}
