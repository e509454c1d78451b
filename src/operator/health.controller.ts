import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Allow } from '../accounts/principal.js';
import { Database } from '../platform/database.js';
import { Problem } from '../platform/http/problem.js';
import { Metrics } from '../platform/metrics.js';

/** For whoever runs the process: is it alive, may it get work, how is it doing. */
@ApiExcludeController()
@Controller()
@Allow('public')
export class HealthController {
  constructor(
    private readonly database: Database,
    private readonly metrics: Metrics,
  ) {}

  @Get('health/live')
  live() {
    return { status: 'ok' };
  }

  @Get('health/ready')
  async ready() {
    try {
      await this.database.query('select 1');
      return { status: 'ok' };
    } catch {
      throw new Problem(503, 'The database does not answer.');
    }
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  async prometheus() {
    return this.metrics.registry.metrics();
  }
}
