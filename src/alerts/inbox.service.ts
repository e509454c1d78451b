import { Injectable } from '@nestjs/common';
import { sharedAlertData, type AlertData } from '../domain/alert-data.js';
import type { AlertContent, ChatUser } from '../domain/alert-content.js';
import { parseRowId, type AccountId, type AlertId, type DeliveryId } from '../domain/ids.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { keyOfCursor, pageOfRows, type Page, type PageQuery } from '../platform/http/page.js';
import { notFound } from '../platform/http/problem.js';
import { Links } from '../platform/links.js';
import { AlertNews } from './alert-news.js';
import { AlertReader } from './alert-reader.js';
import { findWatchlistsToldBy } from './bundle-watchlists.store.js';
import { acknowledgeAlert, findAlert, listAlerts, type AlertRow } from './inbox.store.js';

const listName = 'alerts';

export type InboxAlert = AlertData & { createdAt: string; acknowledgedAt: string | null };

/** The alerts of an account, as it reads them: cut to the tier that it has now. */
@Injectable()
export class InboxService {
  constructor(
    private readonly database: Database,
    private readonly reader: AlertReader,
    private readonly links: Links,
    private readonly clock: Clock,
    private readonly news: AlertNews,
  ) {}

  async list(accountId: AccountId, { limit, cursor }: PageQuery): Promise<Page<InboxAlert>> {
    const before = keyOfCursor(listName, cursor, (key) => parseRowId(key) !== null);
    const rows = await listAlerts(this.database, accountId, before, limit + 1);
    const page = pageOfRows(
      listName,
      rows,
      limit,
      (row) => row.id,
      (row) => row,
    );
    const items: InboxAlert[] = [];
    for (const row of page.items) items.push(await this.view(row));
    return { items, nextCursor: page.nextCursor };
  }

  /** @throws Problem 404 when there is none, or it is somebody else's */
  async get(accountId: AccountId, id: string): Promise<InboxAlert> {
    return this.view(await this.find(accountId, id));
  }

  /** For a page behind a signed link. @throws Problem 404 */
  async read(id: AlertId): Promise<{ row: AlertRow; content: AlertContent }> {
    const row = await this.find(null, id);
    return { row, content: await this.reader.read(row.revisionId, row.changeIds, row.tier) };
  }

  /** The watchlists that led to an alert, or to a digest or summary of several; none when that is gone. */
  async watchlistIds(
    accountId: AccountId,
    of: { alertId: AlertId } | { bundleId: DeliveryId },
  ): Promise<string[]> {
    if ('bundleId' in of) return findWatchlistsToldBy(this.database, accountId, of.bundleId);
    const row = await findAlert(this.database, accountId, of.alertId);
    return (row?.watchlists ?? []).map((watchlist) => watchlist.id);
  }

  /**
   * Keeps the first time. @param by who, when it was in a chat
   *
   * @returns whether it was the first time @throws Problem 404
   */
  async acknowledge(accountId: AccountId, id: string, by: ChatUser | null = null): Promise<boolean> {
    const rowId = parseRowId<'alert'>(id);
    const isFirst = rowId && (await acknowledgeAlert(this.database, accountId, rowId, this.clock.now(), by));
    if (!rowId || isFirst === null) throw notFound('alert');
    if (isFirst) this.news.acknowledged(rowId);
    return isFirst;
  }

  private async find(accountId: AccountId | null, id: string): Promise<AlertRow> {
    const rowId = parseRowId<'alert'>(id);
    const row = rowId && (await findAlert(this.database, accountId, rowId));
    if (!row) throw notFound('alert');
    return row;
  }

  private async view(row: AlertRow): Promise<InboxAlert> {
    const content = await this.reader.read(row.revisionId, row.changeIds, row.tier);
    return {
      alert: {
        id: row.id,
        url: this.links.alert(row.id),
        watchlists: row.watchlists,
        followUp: content.followUp,
      },
      ...sharedAlertData(content),
      createdAt: row.createdAt.toISOString(),
      acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
    };
  }
}
