import { Injectable } from '@nestjs/common';
import { sharedAlertData, type AlertData } from '../domain/alert-data.js';
import type { AlertContent, ChatUser } from '../domain/alert-content.js';
import { parseRowId, type AccountId, type AlertId, type DeliveryId } from '../domain/ids.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { listName } from '../archive/list-name.js';
import { cursorAfter, keyOfCursor, type Page } from '../platform/http/page.js';
import { notFound } from '../platform/http/problem.js';
import { Links } from '../platform/links.js';
import { AlertNews } from './alert-news.js';
import { AlertReader } from './alert-reader.js';
import { findWatchlistsToldBy } from './bundle-watchlists.store.js';
import { wantedBy, type InboxFilters, type InboxQuery } from './inbox-filters.js';
import { findInShort, listInboxEntities, type AlertInShort } from './inbox-row.store.js';
import { acknowledgeAlert, acknowledgeAlerts, findAlert, findAlerts, type AlertRow } from './inbox.store.js';
import { walkInbox, type Walk } from './inbox-walk.store.js';

/** Alerts that are acknowledged at once, at most. */
const mostAtOnce = 1_000;

export type InboxAlert = AlertData & {
  createdAt: string;
  acknowledgedAt: string | null;
  note: { text: string; at: string } | null;
};

/** The alerts that filters match and that are not acknowledged, the newest `mostAtOnce` of them. */
export type ToAcknowledge = {
  count: number;
  /** Whether older ones may match, too. */
  hasMore: boolean;
  /** The newest of them: what comes later is not meant. Null when there is none. */
  newest: string | null;
};

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

  /**
   * Newest first; of one entity, in the order of its revisions. A page ends early where little matches.
   *
   * @throws Problem 422 for a cursor of another list or of other filters
   */
  async list(accountId: AccountId, query: InboxQuery): Promise<Page<InboxAlert>> {
    const { ids, nextCursor } = await this.walk(accountId, query);
    const items: InboxAlert[] = [];
    for (const row of await findAlerts(this.database, accountId, ids)) items.push(await this.view(row));
    return { items, nextCursor };
  }

  /** The same, each on one line. */
  async listInShort(accountId: AccountId, query: InboxQuery): Promise<Page<AlertInShort>> {
    const { ids, nextCursor } = await this.walk(accountId, query);
    return { items: await findInShort(this.database, accountId, ids), nextCursor };
  }

  /** Entities of its newest alerts, by name. */
  async entities(accountId: AccountId): Promise<{ id: string; name: string }[]> {
    return listInboxEntities(this.database, accountId);
  }

  /** @throws Problem 404 when there is none, or it is somebody else's */
  async get(accountId: AccountId, id: string): Promise<InboxAlert> {
    return this.view(await this.find(accountId, id));
  }

  /** For a page. @param accountId null behind a signed link @throws Problem 404 */
  async read(accountId: AccountId | null, id: AlertId): Promise<{ row: AlertRow; content: AlertContent }> {
    const row = await this.find(accountId, id);
    return { row, content: await this.reader.read(row.revisionId, row.changeIds, row.tier) };
  }

  async isOf(accountId: AccountId, id: AlertId): Promise<boolean> {
    return (await findAlert(this.database, accountId, id)) !== null;
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

  /** @returns how many of them were not acknowledged before; what is not the account's is passed over */
  async acknowledgeMany(accountId: AccountId, ids: readonly AlertId[]): Promise<number> {
    const done = await acknowledgeAlerts(this.database, accountId, ids, this.clock.now());
    for (const id of done) this.news.acknowledged(id);
    return done.length;
  }

  /** What `acknowledgeAll` would acknowledge. */
  async toAcknowledge(accountId: AccountId, filters: InboxFilters): Promise<ToAcknowledge> {
    const { ids, keys, until } = await this.walkNew(accountId, filters, null);
    return { count: ids.length, hasMore: until !== null, newest: keys[0] ?? null };
  }

  /** @param newest as it was counted: what came since is left alone @returns how many were acknowledged */
  async acknowledgeAll(accountId: AccountId, filters: InboxFilters, newest: string): Promise<number> {
    if (parseRowId(newest) === null) return 0;
    const { ids } = await this.walkNew(accountId, filters, String(BigInt(newest) + 1n));
    return this.acknowledgeMany(accountId, ids);
  }

  private async walkNew(accountId: AccountId, filters: InboxFilters, before: string | null): Promise<Walk> {
    const wanted = { ...wantedBy(filters), state: 'new' } as const;
    return walkInbox(this.database, accountId, wanted, { before, limit: mostAtOnce });
  }

  private async walk(accountId: AccountId, { limit, cursor, ...filters }: InboxQuery) {
    const wanted = wantedBy(filters);
    const name = listName('alerts', [wanted.entity, String(wanted.rank), wanted.state]);
    const before = keyOfCursor(name, cursor, (key) => parseRowId(key) !== null);
    const { ids, until } = await walkInbox(this.database, accountId, wanted, { before, limit });
    return { ids, nextCursor: until === null ? null : cursorAfter(name, until) };
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
      note: row.note && { text: row.note.text, at: new Date(row.note.at).toISOString() },
    };
  }
}
