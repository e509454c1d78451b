import { Inject, Injectable } from '@nestjs/common';
import { listName } from '../archive/list-name.js';
import { CONFIG, type Config } from '../config.js';
import { parseRowId, type AccountId } from '../domain/ids.js';
import type { Tier } from '../domain/tiers.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { cursorAfter, keyOfCursor, type Page } from '../platform/http/page.js';
import { notFound } from '../platform/http/problem.js';
import { Links } from '../platform/links.js';
import { heldBy } from './held-by-tier.js';
import { judgeChange, listSuppressed } from './judged-change.store.js';
import { shortChange, suppressedView, type SuppressedChange } from './silence-view.js';
import type { SuppressedQuery } from './suppressed-query.js';
import { deliveryFate, muteView, watchlistVerdict, type Why } from './why-view.js';
import { whyWords } from './why-words.js';
import { findAlert, findChange, listDeliveries, listMutes, listWatchlists } from './why.store.js';

type Owner = { id: AccountId; tier: Tier };

/** What accounts were not told, and why they were told what they were. It reads the ledger and keeps nothing. */
@Injectable()
export class SilenceService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly links: Links,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Newest first; a page ends early where much was told. @throws Problem 422 for a cursor of another list or of other filters */
  async suppressed({ id, tier }: Owner, query: SuppressedQuery): Promise<Page<SuppressedChange>> {
    const { since = null, reason = null, entity = null, document = null, watchlist = null } = query;
    const { limit, cursor } = query;
    const name = listName('suppressed', [since?.toISOString() ?? null, reason, entity, document, watchlist]);
    const before = keyOfCursor(name, cursor, (key) => parseRowId(key) !== null);
    const now = this.clock.now();
    const page = { before, since, reason, entity, document, watchlist, limit, now };
    const { changes, until } = await listSuppressed(this.database, id, heldBy(tier), page);
    return {
      items: changes.map((change) => suppressedView(change, this.config.publicUrl)),
      nextCursor: until === null ? null : cursorAfter(name, until),
    };
  }

  /** @throws Problem 404 when there is no such change */
  async why({ id: accountId, tier }: Owner, changeText: string): Promise<Why> {
    const changeId = parseRowId<'change'>(changeText);
    const change = changeId && (await findChange(this.database, changeId));
    if (!changeId || !change) throw notFound('change');
    const now = this.clock.now();
    const judged = await judgeChange(this.database, accountId, heldBy(tier), changeId, now);
    const alert = await findAlert(this.database, accountId, changeId);
    const deliveries = alert ? await listDeliveries(this.database, alert.id, changeId) : [];
    const all = await listWatchlists(this.database, accountId, now);
    const watchlists = all
      .map((one) => watchlistVerdict(one, judged?.watchlists.find(({ id }) => id === one.id) ?? null))
      .toSorted((a, b) => Number(b.follows.length > 0) - Number(a.follows.length > 0));
    const mutes = await listMutes(this.database, accountId, changeId, now);
    return {
      change: shortChange(change, this.config.publicUrl),
      ...whyWords(judged, watchlists),
      watchlists,
      mutes: mutes.map(muteView),
      alert: alert && {
        id: alert.id,
        url: this.links.alert(alert.id),
        createdAt: alert.createdAt.toISOString(),
      },
      deliveries: deliveries.map(deliveryFate),
    };
  }
}
