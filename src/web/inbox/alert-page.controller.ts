import { Controller, Get, Param, Query } from '@nestjs/common';
import { parseRowId } from '../../domain/ids.js';
import { Clock } from '../../platform/clock.js';
import { notFound } from '../../platform/http/problem.js';
import { Links } from '../../platform/links.js';
import { SignInNeeded } from '../frame/page.guard.js';
import { Pages } from '../frame/pages.js';
import { CurrentVisit } from '../frame/visit.js';
import { AlertSheet } from './alert-sheet.js';

/** An alert: for its owner, who is signed in, and for whoever has the link that a message or the owner gave. */
@Controller('alerts')
@Pages('link-holder')
export class AlertPageController {
  constructor(
    private readonly sheet: AlertSheet,
    private readonly links: Links,
    private readonly clock: Clock,
  ) {}

  @Get(':id')
  async alert(
    @CurrentVisit() visit: CurrentVisit,
    @Param('id') id: string,
    @Query('key') key: unknown,
    @Query('said') said: unknown,
  ): Promise<string> {
    const alertId = parseRowId<'alert'>(id);
    const { reader } = visit;
    if (alertId && reader.kind === 'member' && (await this.sheet.isOf(reader, alertId))) {
      return this.sheet.forOwner(visit, reader, alertId, { said });
    }
    // Whether there is such an alert or not: nothing can be learned from being led there.
    if (key === undefined && reader.kind === 'visitor') throw new SignInNeeded('member');
    const mayRead = typeof key === 'string' && this.links.mayReadAlert(id, key, this.clock.now());
    if (!alertId || !mayRead) throw notFound('alert');
    return this.sheet.forLinkHolder(visit, alertId);
  }
}
