import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AlertReader } from '../alerts/alert-reader.js';
import { CONFIG, type Config } from '../config.js';
import type { Tier } from '../domain/tiers.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { notFound } from '../platform/http/problem.js';
import { packageVersion } from '../platform/package-root.js';
import type { Validators } from './conditional.js';
import { hashOfToken } from '../watchlists/feed-address.js';
import { feedDocument } from './feed-document.js';
import { entryOf } from './feed-entry.js';
import { requireFeeds } from '../watchlists/feed-tier.js';
import { findFeed, findWanted, keepTag, type Feed, type WantedChange } from './feed.store.js';
import { KeptEntries } from './kept-entries.js';
import type { Xml } from './xml.js';

/** A month or two of a watchlist that follows much, and as much as readers keep of a feed. */
const mostEntries = 50;
/** Out of 150,000, these are found in 10 ms, and looked through for a keyword in 40 ms. */
const mostLookedAt = 5_000;
/** Ends a feed early whose texts are long: their diffs took seconds. See ChangeHistory, which does the same. */
const mostTextBytes = 2 * 1024 * 1024;
/** In characters. Feeds of real changes have some 200,000; texts made to be long once they are escaped can have more. */
const longestFeed = 4_000_000;
const mostKept = 4 * longestFeed;

/** A feed as it is at this moment, before it is written out. */
export type OpenFeed = Validators & { feed: Feed; changes: readonly WantedChange[] };

/** Reads feeds. An entry is rendered once for each tier, and once more when its change is undone. */
@Injectable()
export class FeedService {
  private readonly entries = new KeptEntries(mostKept);
  private readonly version = packageVersion();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly reader: AlertReader,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws Problem 404 for an address that is not there, 403 when the account's tier holds no feeds any more */
  async open(token: string): Promise<OpenFeed> {
    const hash = hashOfToken(token);
    const feed = await findFeed(this.database, hash);
    if (!feed) throw notFound('feed');
    requireFeeds(feed.tier);
    const wanted = await findWanted(this.database, feed.watchlistId, mostEntries, mostLookedAt);
    const changes = wanted.slice(0, countThatFits(wanted));
    const tag = this.tagOf(feed, changes);
    const changedAt = await keepTag(this.database, hash, tag, this.clock.now());
    if (!changedAt) throw notFound('feed');
    return { feed, changes, tag, changedAt };
  }

  /** @param token the one that it was opened by: a feed names its own address */
  async write({ feed, changes }: OpenFeed, token: string): Promise<string> {
    const entries: Xml[] = [];
    let length = 0;
    for (const change of changes) {
      const entry = await this.entry(change, feed.tier);
      length += entry.length;
      if (length > longestFeed) break;
      entries.push(entry);
    }
    const { publicUrl, archiveName } = this.config;
    return feedDocument({
      id: `urn:uuid:${feed.id}`,
      name: feed.name,
      archiveName,
      updatedAt: newestOf(changes) ?? feed.createdAt,
      selfUrl: `${publicUrl}/feeds/${token}`,
      siteUrl: `${publicUrl}/`,
      version: this.version,
      entries,
    });
  }

  /**
   * Stands for all that the document is made of, so that nothing has to be rendered to find out that it is the same. Weak,
   * because a new build of the same version may word it otherwise.
   */
  private tagOf({ id, name, tier, createdAt }: Feed, changes: readonly WantedChange[]): string {
    const { publicUrl, archiveName } = this.config;
    const parts = [
      this.version,
      publicUrl,
      archiveName,
      id,
      name,
      tier,
      createdAt,
      changes.map(({ id: changeId, undoneAt, correction }) => [changeId, undoneAt, correction]),
    ];
    return `W/"${createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 27)}"`;
  }

  private async entry(change: WantedChange, tier: Tier): Promise<Xml> {
    const key = `${tier} ${change.id} ${change.correction} ${change.undoneAt?.getTime() ?? ''}`;
    const kept = this.entries.get(key);
    if (kept !== undefined) return kept;
    const content = await this.reader.read(change.revisionId, [change.id], tier);
    const entry = entryOf(change, content);
    this.entries.keep(key, entry);
    return entry;
  }
}

/** When the newest of them came in, or was undone. */
function newestOf(changes: readonly WantedChange[]): Date | null {
  const times = changes.map(({ receivedAt, undoneAt }) => (undoneAt ?? receivedAt).getTime());
  return times.length === 0 ? null : new Date(Math.max(...times));
}

/** How many of the changes make a feed of bearable length; one at least, where there is one. */
function countThatFits(wanted: readonly WantedChange[]): number {
  let bytes = 0;
  const tooMany = wanted.findIndex((change) => (bytes += change.textBytes) > mostTextBytes);
  return tooMany < 0 ? wanted.length : Math.max(1, tooMany);
}
