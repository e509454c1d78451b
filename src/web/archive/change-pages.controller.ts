import { Controller, Get, Param } from '@nestjs/common';
import { ChangeHistory } from '../../archive/change-history.service.js';
import { parseRowId } from '../../domain/ids.js';
import { notFound } from '../../platform/http/problem.js';
import { Pages } from '../frame/pages.js';
import { CurrentVisit } from '../frame/visit.js';
import { changePage } from './change-page.js';

/** Changes, as everybody may read them. */
@Controller('changes')
@Pages('anybody')
export class ChangePagesController {
  constructor(private readonly history: ChangeHistory) {}

  @Get(':id')
  async change(@CurrentVisit() visit: CurrentVisit, @Param('id') id: string): Promise<string> {
    const changeId = parseRowId<'change'>(id);
    const change = changeId && (await this.history.find(changeId));
    if (!change) throw notFound('change');
    return changePage(visit, change);
  }
}
