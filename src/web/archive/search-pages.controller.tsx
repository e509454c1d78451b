import { Controller, Get, Query } from '@nestjs/common';
import { ArchiveService } from '../../archive/archive.service.js';
import { SearchService } from '../../archive/search.service.js';
import { textOf, type Fields } from '../form/fields.js';
import { partOf } from '../frame/layout.js';
import { Pages } from '../frame/pages.js';
import { CurrentVisit } from '../frame/visit.js';
import { entitiesPage } from './entities-page.js';
import { Beginning, searchPage } from './search-page.js';
import { kinds, type Found, type Kind } from './search-groups.js';
import { SearchResults, type Results } from './search-results.js';

/** How many of each kind: what a screen or two hold. */
const mostOfKind = 8;
/** Of one kind alone. */
const mostOfOne = 100;
const entitiesShown = 100;

const none: Found = { entities: [], documents: [], provisions: [], clauseTypes: [] };

const fieldOf = {
  entities: 'entities',
  'clause-types': 'clauseTypes',
  documents: 'documents',
  clauses: 'provisions',
} as const satisfies Record<Kind, keyof Found>;

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
    const results = typed === '' ? null : await this.resultsOf(typed, textOf(query, 'kind'));
    if (textOf(query, 'part') !== 'results') return searchPage(visit, typed, results);
    return partOf(
      results === null ? (
        <Beginning base={visit.site.base} />
      ) : (
        <SearchResults site={visit.site} typed={typed} {...results} />
      ),
    );
  }

  private async resultsOf(typed: string, kind: string): Promise<Results> {
    const only = kinds.find((one) => one === kind) ?? null;
    const most = only === null ? mostOfKind : mostOfOne;
    const all = await this.searching.search(typed, most);
    const found = only === null ? all : { ...none, [fieldOf[only]]: all[fieldOf[only]] };
    const isNothing = Object.values(found).every((one) => one.length === 0);
    const near = isNothing ? await this.searching.near(typed, mostOfKind) : null;
    return { found, most, only, near };
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
