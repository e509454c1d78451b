import { createHmac, hkdfSync } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { RateLimiterRes } from 'rate-limiter-flexible';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { Problem } from '../platform/http/problem.js';
import { SECRETS, type Secrets } from '../platform/secrets.js';
import { deleteEndedCounts, LedgerLimiter } from './ledger-limiter.js';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** How often what may be tried, within how many seconds. */
const limits = {
  /** Links asked for, by the mailbox that they go to and by the client's network. */
  'link to address': { points: 5, duration: hour },
  'link to address a day': { points: 12, duration: day },
  'link from network': { points: 30, duration: hour },
  /** Mails to who has no account: a stranger's mailbox is not to be filled. */
  'mail to a stranger': { points: 1, duration: day },
  /** Wrong ones, by network: of links that sign in, of the operator's token in its page, of the API's tokens. */
  'wrong link': { points: 20, duration: 15 * minute },
  'wrong operator token': { points: 5, duration: 15 * minute },
  'wrong token': { points: 60, duration: 5 * minute },
} as const;

export type LimitName = keyof typeof limits;

/** Counts attempts in the ledger, by keyed hashes: what was counted by can't be read there. */
@Injectable()
export class AttemptLimits {
  private readonly limiters: ReadonlyMap<LimitName, LedgerLimiter>;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(SECRETS) { secretKey }: Secrets,
  ) {
    const hmacKey = Buffer.from(hkdfSync('sha256', secretKey, '', 'tocsin attempts v1', 32));
    const hashOf = (key: string) => createHmac('sha256', hmacKey).update(key).digest();
    this.limiters = new Map(
      (Object.keys(limits) as LimitName[]).map((name) => [
        name,
        new LedgerLimiter(limits[name], database, clock, hashOf, name),
      ]),
    );
  }

  /** Counts an attempt. @throws Problem 429 with `retryAfterS` when it is one too many */
  async take(name: LimitName, subject: string): Promise<void> {
    const waitS = await this.count(name, subject);
    if (waitS !== null) throw tooMany(waitS);
  }

  /** Counts an attempt. @returns null when it is within the limit, else the seconds until the next one is */
  async count(name: LimitName, subject: string): Promise<number | null> {
    try {
      await this.limiter(name).consume(subject);
      return null;
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return secondsOf(refused);
      throw refused;
    }
  }

  /** Counts nothing. @throws Problem 429 when there were too many */
  async require(name: LimitName, subject: string): Promise<void> {
    const limiter = this.limiter(name);
    const found = await limiter.get(subject);
    if (found !== null && found.consumedPoints >= limiter.points) throw tooMany(secondsOf(found));
  }

  async forgetEnded(): Promise<void> {
    await deleteEndedCounts(this.database, this.clock.now());
  }

  private limiter(name: LimitName): LedgerLimiter {
    return this.limiters.get(name)!;
  }
}

function secondsOf({ msBeforeNext }: RateLimiterRes): number {
  return Math.max(1, Math.ceil(msBeforeNext / 1_000));
}

function tooMany(retryAfterS: number): Problem {
  const minutes = Math.ceil(retryAfterS / 60);
  const wait =
    minutes >= 120 ? `${Math.ceil(minutes / 60)} hours` : minutes === 1 ? 'a minute' : `${minutes} minutes`;
  return new Problem(429, `That was tried too often. Try it again in ${wait}.`, undefined, { retryAfterS });
}
