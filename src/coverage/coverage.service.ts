import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config.js';
import { ArchiveId, type AccountId } from '../domain/ids.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { keyOfCursor, pageOfRows, type Page, type PageQuery } from '../platform/http/page.js';
import type { CoveredDocument } from './coverage-view.js';
import { coveredDocument, tooOldAt } from './covered-document.js';
import { findWatchlists, listFollowed } from './coverage.store.js';

const listName = 'coverage';

/** Whether silence about what an account follows can be trusted. */
@Injectable()
export class CoverageService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'coverageDays'>,
  ) {}

  /** The followed documents that the archive knows, by id. @throws Problem 422 for a cursor of another list */
  async list(accountId: AccountId, { limit, cursor }: PageQuery): Promise<Page<CoveredDocument>> {
    const after = keyOfCursor(listName, cursor, (key) => ArchiveId.safeParse(key).success);
    const rows = await listFollowed(this.database, accountId, after, limit + 1);
    const tooOld = tooOldAt(this.config.coverageDays.unverified, this.clock.now());
    return pageOfRows(
      listName,
      rows,
      limit,
      ({ id }) => id,
      (row) => coveredDocument(row, tooOld),
    );
  }

  /** Which watchlists a notice reached the account by, as they follow now: what its readers may unsubscribe from. */
  async watchlistIds(accountId: AccountId, noticeId: string): Promise<string[]> {
    return findWatchlists(this.database, accountId, noticeId);
  }
}
