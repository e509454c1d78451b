import { Controller, Get, Query } from '@nestjs/common';
import { ArchiveService } from '../../archive/archive.service.js';
import { SearchService } from '../../archive/search.service.js';
import { textOf, type Fields } from '../form/fields.js';
import { partOf } from '../frame/layout.js';
import { Pages } from '../frame/pages.js';
import { CurrentVisit } from '../frame/visit.js';
import { entitiesPage } from './entities-page.js';
import { Beginning, searchPage } from './search-page.js';
import { SearchResults } from './search-results.js';

/** How many of each kind: what a screen or two hold. */
const mostOfKind = 8;
const entitiesShown = 100;

/** Ways into the archive: the search, and the index of entities. */
@Controller()
@Pages('archive')
export class SearchPagesController {
  constructor(
    private readonly archive: ArchiveService,
    private readonly searching: SearchService,
  ) {}

  @Get('search')
  async search(@CurrentVisit() visit: CurrentVisit, @Query() query: Fields): Promise<string> {
    const typed = typedIn(query);
    const found = typed === '' ? null : await this.searching.search(typed, mostOfKind);
    if (textOf(query, 'part') !== 'results') return searchPage(visit, typed, found);
    return partOf(
      found === null ? (
        <Beginning base={visit.site.base} />
      ) : (
        <SearchResults site={visit.site} found={found} typed={typed} />
      ),
    );
  }

  @Get('entities')
  async entities(@CurrentVisit() visit: CurrentVisit, @Query() query: Fields): Promise<string> {
    const [typed, cursor] = [typedIn(query), textOf(query, 'cursor')];
    const page = await this.archive.entities({
      limit: entitiesShown,
      q: typed,
      ...(cursor !== '' && { cursor }),
    });
    return entitiesPage(visit, page, typed);
  }
}

/** What was typed, as far as PostgreSQL can be asked for it: well-formed, without NUL, of bearable length. */
function typedIn(query: Fields): string {
  return textOf(query, 'q').slice(0, 200).toWellFormed().replaceAll('\u0000', '').trim();
}
