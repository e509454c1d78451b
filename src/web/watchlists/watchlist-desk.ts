import { Injectable } from '@nestjs/common';
import { DestinationService } from '../../destinations/destination.service.js';
import type { Destination } from '../../destinations/destination.js';
import type { AccountId, WatchlistId } from '../../domain/ids.js';
import { Problem } from '../../platform/http/problem.js';
import { followTarget, type FollowTarget } from '../../watchlists/follow.js';
import { FollowNames } from '../../watchlists/follow-names.service.js';
import { PlanUseService, type PlanUse } from '../../watchlists/plan-use.service.js';
import { WatchlistTrial } from '../../watchlists/watchlist-trial.service.js';
import { formFaults } from '../form/faults.js';
import type { Member } from '../frame/visit.js';
import { nameOf, slugWords } from '../parts/words.js';
import type { Found } from './follow-picker.js';
import { sentBy, type Longer, type TrialResult } from './trial-part.js';
import { splitFollow, trialDays, watchlistIn, type Draft } from './watchlist-draft.js';

/** Messages of a trial that are listed. */
const shown = 20;
/** Pages of destinations that are read: an account has at most 500. */
const mostPages = 3;

/** What the forms of watchlists are made with: destinations, names, and trials. */
@Injectable()
export class WatchlistDesk {
  constructor(
    private readonly destinations: DestinationService,
    private readonly names: FollowNames,
    private readonly trials: WatchlistTrial,
    private readonly uses: PlanUseService,
  ) {}

  /** How much of its plan an account has. */
  async useOf(accountId: AccountId): Promise<PlanUse> {
    return this.uses.of(accountId);
  }

  /** Every destination of an account, oldest first. */
  async destinationsOf(accountId: AccountId): Promise<Destination[]> {
    const all: Destination[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < mostPages; page++) {
      const { items, nextCursor } = await this.destinations.list(accountId, {
        limit: 200,
        ...(cursor !== undefined && { cursor }),
      });
      all.push(...items);
      if (nextCursor === null) break;
      cursor = nextCursor;
    }
    return all;
  }

  /** Targets with their names; the key where the archive has none. */
  async named<Target extends FollowTarget>(targets: readonly Target[]): Promise<(Target & Found)[]> {
    const nameFor = await this.names.of(targets);
    return targets.map((target) => {
      const known = nameFor(target);
      const name = ownName(target) ?? nameOf(known?.name ?? target.key);
      return { ...target, name, detail: known?.of == null ? '' : nameOf(known.of) };
    });
  }

  /**
   * Tries what stands in a form; what came to nothing over longer times too, until one has something. What is not right yet
   * is said, never thrown.
   */
  async trial(member: Member, draft: Draft, watchlistId: WatchlistId | null): Promise<TrialResult> {
    try {
      // It need have no name to be tried.
      const { rule, cadence } = watchlistIn({ ...draft, name: 'A trial' });
      const follows = targetsIn(draft.follows);
      const wanted = { rule, cadence, follows, watchlistId };
      const backtest = await this.trials.run(member, { ...wanted, days: Number(draft.days), shown });
      if (!backtest) {
        return { kind: 'said', words: 'Add something to follow, and see here what it would have sent.' };
      }
      let longer: Longer | null = null;
      for (const days of sentBy(backtest) > 0 ? [] : trialDays) {
        if (Number(days) <= Number(draft.days)) continue;
        const tried = await this.trials.run(member, { ...wanted, days: Number(days), shown: 1 });
        longer = tried && { days, backtest: tried };
        if (tried && sentBy(tried) > 0) break;
      }
      return { kind: 'sent', backtest, longer };
    } catch (error) {
      const { fields, words } = formFaults(error);
      const [first] = fields;
      return { kind: 'said', words: first ? `Not tried yet: ${first.path} ${first.message}.` : words };
    }
  }
}

/** What the archive need not be asked for. */
function ownName({ kind, key }: FollowTarget): string | null {
  if (kind === 'everything') return 'Everything in the archive';
  return kind === 'clause-type' || kind === 'category' ? slugWords(key) : null;
}

/** @throws Problem 422 for what can be no follow */
export function targetsIn(texts: readonly string[]): FollowTarget[] {
  return texts.map((text) => {
    const { kind, key } = splitFollow(text) ?? { kind: text, key: '' };
    return followTarget(kind, key);
  });
}

/** Those that can be follows; others are passed over. */
export function knownTargets(texts: readonly string[]): FollowTarget[] {
  return texts.flatMap((text) => {
    try {
      return targetsIn([text]);
    } catch (error) {
      if (error instanceof Problem) return [];
      throw error;
    }
  });
}
