import { Injectable } from '@nestjs/common';
import { deltaOfRanks, type SeverityDelta } from '../domain/delta.js';
import type { AccountId, AlertId, ChangeId } from '../domain/ids.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import {
  countFollowing,
  listEffectiveSoon,
  listWaiting,
  type Following,
  type SoonRow,
} from './attention.store.js';

/** An alert is looked for among so many of the newest ones, and a change among so many that take effect soonest. */
const mostAlerts = 200;
const mostSoon = 400;
const soonDays = 90;
const dayMs = 86_400_000;

/** The change that speaks for others. */
type Told = {
  delta: SeverityDelta;
  entity: { id: string; name: string };
  document: { id: string; title: string };
  provision: { id: string; title: string };
};

/** An alert that nobody has acknowledged; `changes`: how many it tells. */
export type WaitingAlert = Told & { id: AlertId; createdAt: string; changes: number; wentBack: boolean };
/** A change that takes effect soon. @property effectiveAt `YYYY-MM-DD` */
export type SoonChange = Told & { id: ChangeId; effectiveAt: string };

/** What an account has to know this morning. */
@Injectable()
export class AttentionService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Alerts that wait to be acknowledged, the gravest first.
   *
   * @returns also how many there are in all; `isMore` when only the newest alerts were looked at and there are older ones
   */
  async waiting(
    accountId: AccountId,
    limit: number,
  ): Promise<{ alerts: WaitingAlert[]; inAll: number; isMore: boolean }> {
    const rows = await listWaiting(this.database, accountId, { look: mostAlerts, limit });
    const alerts = rows.map((row) => ({
      ...toldBy(row),
      id: row.id,
      createdAt: row.createdAt.toISOString(),
      changes: row.changes,
      wentBack: row.wentBack,
    }));
    const inAll = rows[0]?.inAll ?? 0;
    return { alerts, inAll, isMore: inAll >= mostAlerts };
  }

  /** Changes of the next 90 days, the soonest first. */
  async effectiveSoon(accountId: AccountId, limit: number): Promise<SoonChange[]> {
    const now = this.clock.now().getTime();
    const [from, until] = [dayOf(now), dayOf(now + soonDays * dayMs)];
    const rows = await listEffectiveSoon(this.database, accountId, {
      days: [from, until],
      look: mostSoon,
      limit,
    });
    return rows.map((row) => ({ ...toldBy(row), id: row.id, effectiveAt: row.effectiveAt }));
  }

  /** How much the account follows. */
  async following(accountId: AccountId): Promise<Following> {
    return countFollowing(this.database, accountId);
  }
}

function toldBy({ kind, beforeRank, afterRank, labels }: Omit<SoonRow, 'id' | 'effectiveAt'>): Told {
  const { entity, document, provision } = labels;
  return {
    delta: deltaOfRanks(kind, beforeRank, afterRank),
    entity: { id: entity.id, name: entity.name },
    document: { id: document.id, title: document.title },
    provision: { id: provision.id, title: provision.title },
  };
}

function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
