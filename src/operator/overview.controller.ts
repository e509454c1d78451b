import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow } from '../accounts/principal.js';
import { Answers } from '../platform/http/answers.js';
import { Overview } from './overview-view.js';
import { OverviewService } from './overview.service.js';

/** The operator's view of the whole. */
@ApiTags('operator')
@Controller('v1/operator/overview')
@Allow('operator')
export class OverviewController {
  constructor(private readonly service: OverviewService) {}

  @Get()
  @ApiOperation({
    operationId: 'getOverview',
    summary: 'Read queue depth, rates, disabled destinations and suppressed changes',
  })
  @Answers(200, 'How things stand', Overview, [403])
  async overview(): Promise<Overview> {
    return this.service.overview();
  }
}
