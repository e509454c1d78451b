import { Controller, Get } from '@nestjs/common';
import { PulseService } from '../../operator/pulse.service.js';
import { Pages } from '../frame/pages.js';
import { CurrentVisit } from '../frame/visit.js';
import { pulsePage, pulsePart } from './pulse-page.js';

/** How the installation does. */
@Controller('operator')
@Pages('operator')
export class PulseController {
  constructor(private readonly pulses: PulseService) {}

  @Get()
  async page(@CurrentVisit() visit: CurrentVisit): Promise<string> {
    return pulsePage(visit, await this.pulses.pulse());
  }

  @Get('pulse')
  async part(@CurrentVisit() visit: CurrentVisit): Promise<string> {
    return pulsePart(visit, await this.pulses.pulse());
  }
}
