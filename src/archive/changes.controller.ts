import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow } from '../accounts/principal.js';
import { ChangeView } from '../domain/change-view.js';
import { parseRowId } from '../domain/ids.js';
import { Answers } from '../platform/http/answers.js';
import { pageOf, type Page } from '../platform/http/page.js';
import { notFound } from '../platform/http/problem.js';
import { ChangeQuery } from './archive-queries.js';
import { ChangeHistory } from './change-history.service.js';

/** What changed, newest first. */
@ApiTags('changes')
@Controller('v1/changes')
@Allow('reader')
export class ChangesController {
  constructor(private readonly history: ChangeHistory) {}

  @Get()
  @ApiOperation({
    operationId: 'listChanges',
    summary: 'List changes of an entity, a document or a provision, the newest first',
    description: 'A page ends before its limit when its texts are long: go on until nextCursor is null.',
  })
  @Answers(200, 'A page of changes', pageOf(ChangeView), [403, 422])
  async list(@Query({ schema: ChangeQuery }) query: ChangeQuery): Promise<Page<ChangeView>> {
    return this.history.list(query);
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getChange', summary: 'Read a change with its word diff' })
  @Answers(200, 'The change', ChangeView, [403, 404])
  async find(@Param('id') id: string): Promise<ChangeView> {
    const changeId = parseRowId<'change'>(id);
    const change = changeId && (await this.history.find(changeId));
    if (!change) throw notFound('change');
    return change;
  }
}
