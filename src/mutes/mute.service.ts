import { Injectable } from '@nestjs/common';
import { lockAccount } from '../accounts/account-lock.js';
import { ArchiveId, type AccountId } from '../domain/ids.js';
import { MuteKind } from '../domain/mute.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { keyOfCursor, pageOfRows, type Page, type PageQuery } from '../platform/http/page.js';
import { Problem } from '../platform/http/problem.js';
import type { Mute, MuteTarget } from './mute.js';
import { countMutes, deleteMute, listMutes, removeEndedMutes, setMute } from './mute.store.js';

const listName = 'mutes';

/** Far more than anybody mutes by hand: it bounds what one account can make fan-out read. */
const mostMutes = 5_000;

/** What accounts do not want to hear of. Mutes hold for all of an account's watchlists and destinations. */
@Injectable()
export class MuteService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Mutes; what is muted already takes the new end. Holds for deliveries that are on their way as well.
   *
   * @param until null for good
   * @throws Problem 422 for an end that has passed, 403 when the account has very many
   */
  async mute(accountId: AccountId, target: MuteTarget, until: Date | null): Promise<void> {
    const now = this.clock.now();
    if (until !== null && until <= now) {
      const faults = [{ path: 'until', message: 'must lie in the future' }];
      throw new Problem(422, 'The request is not valid: see errors.', faults);
    }
    await this.database.transaction(async (tx) => {
      await lockAccount(tx, accountId);
      await removeEndedMutes(tx, accountId, now);
      await setMute(tx, accountId, target, until, now);
      if ((await countMutes(tx, accountId)) <= mostMutes) return;
      throw new Problem(403, `An account holds ${mostMutes} mutes: unfollow instead, or lift some.`);
    });
  }

  /** Lifts a mute; it is all the same when there was none. What was left out meanwhile is not sent later. */
  async unmute(accountId: AccountId, target: MuteTarget): Promise<void> {
    await deleteMute(this.database, accountId, target);
  }

  /** Those that hold, by kind and key. */
  async list(accountId: AccountId, { limit, cursor }: PageQuery): Promise<Page<Mute>> {
    const after = parseKey(keyOfCursor(listName, cursor, isKey) ?? '');
    const rows = await listMutes(this.database, accountId, {
      after,
      now: this.clock.now(),
      limit: limit + 1,
    });
    return pageOfRows(
      listName,
      rows,
      limit,
      (row) => `${row.kind} ${row.key}`,
      (row) => row,
    );
  }
}

/** A cursor's key: kinds hold no space, so the first one ends it. */
function parseKey(text: string): { kind: string; key: string } {
  const [kind = '', ...rest] = text.split(' ');
  return { kind, key: rest.join(' ') };
}

function isKey(text: string): boolean {
  const { kind, key } = parseKey(text);
  return MuteKind.safeParse(kind).success && ArchiveId.safeParse(key).success;
}
