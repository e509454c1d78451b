import { Inject, Injectable } from '@nestjs/common';
import type { AccountId, WatchlistId } from '../domain/ids.js';
import { quietUntil } from '../domain/quiet-hours.js';
import { rankOf, severityOf, type Rank, type Severity } from '../domain/severity.js';
import { Tier, tiers } from '../domain/tiers.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { FAN_OUT_LIMITS, type FanOutLimits } from './fan-out.js';
import { everyChannelTiers, heldCadences } from './held-cadences.js';
import {
  endOfAccounts,
  nameWatchlists,
  nextCut,
  reachRange,
  type NamedWatchlist,
  type ReachedRevision,
  type ReachRow,
  type ReachTerms,
} from './reach.store.js';

export type { ReachedRevision } from './reach.store.js';

/** Statements of about a tenth of a second each. */
const followsARange = 20_000;
/** After so long, what was counted is shown as the least that it is. */
const longestMs = 20_000;
const mostNamed = 50;

/** Whether a delivery goes out at once, waits, is told together with others, or is not sent. */
export type DeliveryFate =
  'due' | 'quiet' | 'confirm' | 'hourly' | 'daily' | 'weekly' | 'cap' | 'destination';

export type ReachedAccount = {
  accountId: AccountId;
  email: string;
  tier: string;
  severity: Severity | null;
  watchlists: NamedWatchlist[];
};

/** Whom changes would reach. */
export type Reach = {
  alerts: number;
  deliveries: { lane: string; fate: DeliveryFate; count: number }[];
  /** Accounts that follow it and hear nothing, by the reason; `tier` and `destination`: alerted, with nothing sent. */
  silent: { reason: string; count: number }[];
  /** The first of those who are alerted. */
  accounts: ReachedAccount[];
  /** False when there were too many followers to count them all: then there are as many as said, or more. */
  whole: boolean;
};

/** Foretells what fan-out would make of changes that are not kept. Reads alone, and locks nothing. */
@Injectable()
export class ReachService {
  private readonly terms: ReachTerms;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(FAN_OUT_LIMITS) limits: FanOutLimits,
  ) {
    const instantTiers = Tier.options.filter((tier) => tiers[tier].cadences.includes('instant'));
    this.terms = { instantTiers, everyChannelTiers, heldCadences, ...limits };
  }

  async reachOf(revision: ReachedRevision): Promise<Reach> {
    const now = this.clock.now();
    const until = performance.now() + longestMs;
    const subjects = distinctSubjects(revision);
    const tally = new Tally(now);
    let from: string | null = subjects.length === 0 ? null : '0';
    while (from !== null && performance.now() < until) {
      const cut: string = await nextCut(this.database, subjects, from, followsARange);
      const range = { from, until: cut, now, named: mostNamed - tally.named.length };
      tally.add(await reachRange(this.database, revision, range, this.terms));
      from = cut === endOfAccounts ? null : cut;
    }
    const ids = tally.named.flatMap(({ watchlistIds }) => watchlistIds);
    const names = new Map(
      (await nameWatchlists(this.database, ids, subjects)).map((one) => [one.id, one] as const),
    );
    return { ...tally.counts(), accounts: tally.accounts(names), whole: from === null };
  }
}

type NamedRow = Extract<ReachRow, { what: 'account' }>;

class Tally {
  readonly named: NamedRow[] = [];
  private alerts = 0;
  private readonly deliveries = new Map<string, Reach['deliveries'][number]>();
  private readonly silent = new Map<string, number>();

  constructor(private readonly now: Date) {}

  add(rows: readonly ReachRow[]): void {
    for (const row of rows) {
      if (row.what === 'alerts') this.alerts += row.count;
      else if (row.what === 'account') this.named.push(row);
      else if (row.what === 'silent') this.silent.set(row.fate, (this.silent.get(row.fate) ?? 0) + row.count);
      else this.addDeliveries(row);
    }
  }

  counts(): Pick<Reach, 'alerts' | 'deliveries' | 'silent'> {
    const silent = [...this.silent].map(([reason, count]) => ({ reason, count }));
    return {
      alerts: this.alerts,
      deliveries: [...this.deliveries.values()].toSorted((a, b) => b.count - a.count),
      silent: silent.toSorted((a, b) => b.count - a.count),
    };
  }

  accounts(names: ReadonlyMap<WatchlistId, NamedWatchlist>): ReachedAccount[] {
    return this.named.map(({ accountId, email, tier, rank, watchlistIds }) => ({
      accountId,
      email,
      tier,
      severity: severityOf(rank as Rank),
      watchlists: watchlistIds.flatMap((id) => names.get(id) ?? []),
    }));
  }

  private addDeliveries(row: Extract<ReachRow, { what: 'delivery' }>): void {
    const fate = this.isQuiet(row) ? 'quiet' : (row.fate as DeliveryFate);
    const key = `${row.lane} ${fate}`;
    const known = this.deliveries.get(key) ?? { lane: row.lane, fate, count: 0 };
    this.deliveries.set(key, { ...known, count: known.count + row.count });
  }

  /** As `heldOver` has it when the turn of an alert comes. */
  private isQuiet({ fate, quietHours, timeZone, rank }: Extract<ReachRow, { what: 'delivery' }>): boolean {
    if (fate !== 'due' || quietHours === null || timeZone === null) return false;
    if (quietUntil(quietHours, timeZone, this.now) === null) return false;
    const { breakThrough } = quietHours;
    return breakThrough === null || rank === null || rank < rankOf(breakThrough);
  }
}

function distinctSubjects({ changes }: ReachedRevision): { kind: string; key: string }[] {
  const all = changes.flatMap(({ subjects }) => subjects);
  return [...new Map(all.map((subject) => [`${subject.kind} ${subject.key}`, subject])).values()];
}
