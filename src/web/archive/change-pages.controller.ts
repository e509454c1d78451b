import { Controller, Get, Param, Query } from '@nestjs/common';
import { ChangeContexts } from '../../archive/change-context.service.js';
import { ChangeHistory } from '../../archive/change-history.service.js';
import { parseRowId } from '../../domain/ids.js';
import { notFound } from '../../platform/http/problem.js';
import { Pages } from '../frame/pages.js';
import { CurrentVisit } from '../frame/visit.js';
import { FollowWays } from '../watchlists/follow-ways.js';
import { changePage } from './change-page.js';

/** Changes, as everybody may read them. */
@Controller('changes')
@Pages('anybody')
export class ChangePagesController {
  constructor(
    private readonly history: ChangeHistory,
    private readonly contexts: ChangeContexts,
    private readonly follows: FollowWays,
  ) {}

  @Get(':id')
  async change(
    @CurrentVisit() visit: CurrentVisit,
    @Param('id') id: string,
    @Query('view') view: unknown,
  ): Promise<string> {
    const changeId = parseRowId<'change'>(id);
    const change = changeId && (await this.history.record(changeId));
    if (!change) throw notFound('change');
    const context = await this.contexts.of(change);
    const { provision } = change;
    const follow = await this.follows.button(
      visit,
      { kind: 'provision', key: provision.id },
      provision.title,
    );
    return changePage(visit, change, { context, view: view === 'side' ? 'side' : 'inline', follow });
  }
}
