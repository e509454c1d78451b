import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow } from '../accounts/principal.js';
import { Answers } from '../platform/http/answers.js';
import { SearchQuery, SearchView } from './search-views.js';
import { SearchService } from './search.service.js';

/** Finding things in the archive. */
@ApiTags('archive')
@Controller('v1/search')
@Allow('reader')
export class SearchController {
  constructor(private readonly archive: SearchService) {}

  @Get()
  @ApiOperation({
    operationId: 'searchArchive',
    summary: 'Search entities, documents, provisions and clause types by the beginnings of words, or by id',
  })
  @Answers(200, 'What was found, by kind, the best first', SearchView, [403, 422])
  async search(@Query({ schema: SearchQuery }) { q, limit }: SearchQuery): Promise<SearchView> {
    return this.archive.search(q, limit);
  }
}
