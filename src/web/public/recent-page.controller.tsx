import { Controller, Get, Inject, Query } from '@nestjs/common';
import { z } from 'zod';
import { NamesService, type Meant } from '../../archive/names.service.js';
import { RecentChanges } from '../../archive/recent-changes.service.js';
import { CONFIG, type Config } from '../../config.js';
import { Severity } from '../../domain/severity.js';
import { textOf, type Fields } from '../form/fields.js';
import { partOf } from '../frame/layout.js';
import { Pages } from '../frame/pages.js';
import { CurrentVisit } from '../frame/visit.js';
import { NameOffers, type NamedFilter } from './name-field.js';
import { isClear, keyOf } from './recent-filter.js';
import { recentPage } from './recent-page.js';

const pageSize = 50;

/** A filter that says nothing that could be meant is none. */
const RecentPageQuery = z.object({
  severity: Severity.optional().catch(undefined),
  direction: z.enum(['rise', 'fall', 'same']).optional().catch(undefined),
  cursor: z.string().max(1_000).optional().catch(undefined),
});

/** What changed of late, for everybody. */
@Controller('recent')
@Pages('anybody')
export class RecentPageController {
  constructor(
    private readonly recent: RecentChanges,
    private readonly names: NamesService,
    @Inject(CONFIG) private readonly config: Pick<Config, 'publicArchive'>,
  ) {}

  @Get()
  async list(@CurrentVisit() visit: CurrentVisit, @Query() query: Fields): Promise<string> {
    const { severity, direction, cursor } = RecentPageQuery.parse(query);
    const mayBrowse = this.mayBrowse(visit);
    const filter = {
      severity: severity ?? '',
      direction: direction ?? '',
      clauseType: await this.named(typedIn(query, 'clause-type'), mayBrowse, (typed) =>
        this.names.clauseType(typed),
      ),
      entity: await this.named(typedIn(query, 'entity'), mayBrowse, (typed) => this.names.entity(typed)),
    };
    const page = !isClear(filter)
      ? { items: [], nextCursor: null }
      : await this.recent.list({
          severity,
          direction,
          clauseType: keyOf(filter.clauseType),
          entity: keyOf(filter.entity),
          cursor,
          limit: pageSize,
        });
    return recentPage(visit, filter, page, mayBrowse);
  }

  /** Names to choose from, for what was typed into one of the two fields. */
  @Get('names')
  async offers(@CurrentVisit() visit: CurrentVisit, @Query() query: Fields): Promise<string> {
    if (!this.mayBrowse(visit)) return '';
    const [entity, clauseType] = [typedIn(query, 'entity'), typedIn(query, 'clause-type')];
    const names =
      entity === '' ? await this.names.clauseTypes(clauseType) : await this.names.entities(entity);
    return partOf(<NameOffers names={names} />);
  }

  /** Where the archive is for members, visitors see changes, and are not told what else there is. */
  private mayBrowse({ reader }: CurrentVisit): boolean {
    return this.config.publicArchive === 'open' || reader.kind !== 'visitor';
  }

  private async named(
    typed: string,
    mayBrowse: boolean,
    read: (typed: string) => Promise<Meant>,
  ): Promise<NamedFilter> {
    // Names have letters or figures: what has none is no filter.
    if (!/[\p{L}\p{N}]/u.test(typed)) return { typed: '', meant: null };
    const meant = await read(typed);
    if (meant.kind !== 'one') {
      return { typed, meant: meant.kind === 'several' && !mayBrowse ? { kind: 'none' } : meant };
    }
    const { key, name } = meant.one;
    // Sent once more it has to stand for the same: where others are called so too, its id is shown.
    const again = name === key ? meant : await read(name);
    return { typed: again.kind === 'one' && again.one.key === key ? name : key, meant };
  }
}

/** As far as PostgreSQL can be asked for it. */
function typedIn(query: Fields, name: string): string {
  return textOf(query, name).slice(0, 200).toWellFormed().replaceAll('\u0000', '').trim();
}
