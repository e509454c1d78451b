import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config.js';
import type { Exposure } from '../domain/alert-content.js';
import type { DigestContent, DigestEntity, NetChangeContent } from '../domain/digest-content.js';
import type { DeliveryId } from '../domain/ids.js';
import { tiers } from '../domain/tiers.js';
import { wordDiff } from '../domain/word-diff.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { Links } from '../platform/links.js';
import { findMatchedChanges, type MatchedChange } from './alert-content.store.js';
import { AlertReader } from './alert-reader.js';
import { coverageOf } from './coverage-of.store.js';
import { deltaOf, endsOf, netGathered, standingOf, type NetGathered } from './digest-changes.js';
import {
  type Bundle,
  endBundle,
  findBundle,
  findBundleWatchlists,
  findExposure,
  findGathered,
  findSides,
  handBack,
} from './digest.store.js';

/** Net changes that a message shows; the rest is counted and linked. */
export const mostShown = 20;

/** What is to be done with a digest whose turn has come. */
export type DigestTurn =
  { kind: 'send' } | { kind: 'wait'; until: Date } | { kind: 'cancel'; reason: string };

/** While a window is planned anew, when to look again. */
const lookAgainMs = 5_000;

/** Reads what a digest, or a bundle of quiet hours, says. */
@Injectable()
export class DigestReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly alerts: AlertReader,
    private readonly links: Links,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Ends the window, whatever becomes of the digest: it gathers nothing any more. It waits while the window lasts. */
  async end(id: DeliveryId): Promise<DigestTurn> {
    const now = this.clock.now();
    await endBundle(this.database, id, now);
    const bundle = await findBundle(this.database, id);
    if (!bundle) return { kind: 'cancel', reason: 'what it gathered is gone' };
    if (bundle.endedAt === null) {
      return { kind: 'wait', until: bundle.untilAt ?? new Date(now.getTime() + lookAgainMs) };
    }
    const mode = bundle.cadence?.mode;
    if (mode !== undefined && !tiers[bundle.tier].cadences.includes(mode)) {
      return { kind: 'cancel', reason: `the ${bundle.tier} tier does not hold ${mode} digests` };
    }
    return { kind: 'send' };
  }

  /** Once nothing else speaks against sending: quiet hours that held one alert leave it to itself, and nothing is not told. */
  async judge(id: DeliveryId): Promise<DigestTurn> {
    const bundle = await findBundle(this.database, id);
    if (bundle?.kind === 'quiet' && (await handBack(this.database, bundle, this.clock.now()))) {
      return { kind: 'cancel', reason: 'quiet hours held one alert: sent by itself' };
    }
    const hasSome = bundle !== null && (await this.read(id, mostShown)) !== null;
    return hasSome ? { kind: 'send' } : { kind: 'cancel', reason: 'nothing of it is left to tell' };
  }

  /** @param most net changes to show @returns null when there is nothing to tell and nobody asked to hear that */
  async read(id: DeliveryId, most: number): Promise<DigestContent | null> {
    const bundle = await findBundle(this.database, id);
    if (!bundle) return null;
    const now = this.clock.now();
    const watchlists = await findBundleWatchlists(this.database, bundle, now);
    const hasHeartbeat = watchlists.some((watchlist) => watchlist.hasHeartbeat);
    const gathered = await findGathered(this.database, bundle, now);
    const { provisions, undone } = standingOf(gathered);
    const ends = provisions.flatMap((steps) => endsOf(steps).map((change) => change.id));
    const net = netGathered(provisions, await findSides(this.database, ends));
    if (net.length === 0 && !hasHeartbeat) return null;
    const shown = net.slice(0, most);
    const until = bundle.untilAt ?? this.clock.now();
    const ids = watchlists.map((watchlist) => watchlist.id);
    return {
      kind: 'digest',
      tier: bundle.tier,
      archiveName: this.config.archiveName,
      occasion: bundle.cadence?.mode ?? 'quiet-hours',
      timeZone: bundle.timeZone,
      from: bundle.beganAt.toISOString(),
      until: until.toISOString(),
      entities: await this.entities(bundle, shown, until),
      total: net.length,
      omitted: net.length - shown.length,
      cancelledOut: undone + provisions.length - net.length,
      echoes: [],
      url: this.links.digest(id),
      coverage: hasHeartbeat ? await coverageOf(this.database, bundle.destinationId, ids) : null,
      watchlists: watchlists.map(({ id: listId, name }) => ({ id: listId, name })),
    };
  }

  /** In the order of their gravest changes. */
  private async entities(bundle: Bundle, net: readonly NetGathered[], until: Date): Promise<DigestEntity[]> {
    if (net.length === 0) return [];
    const ends = net.flatMap(({ steps }) => endsOf(steps).map(({ id }) => id));
    const rows = new Map((await findMatchedChanges(this.database, null, ends)).map((row) => [row.id, row]));
    const around = { from: bundle.beganAt, until };
    const [ofEntities, ofDocuments] = [
      await findExposure(this.database, 'entity', { ...around, firstIds: firstIdsBy(net, 'entityId') }),
      await findExposure(this.database, 'document', { ...around, firstIds: firstIdsBy(net, 'documentId') }),
    ];
    const entities = new Map<string, DigestEntity>();
    for (const one of net) {
      const first = rows.get(one.steps[0].id);
      const last = rows.get((one.steps.at(-1) ?? one.steps[0]).id);
      if (!first || !last) throw new Error(`changes of digest ${bundle.id} are gone`);
      const { entity, document } = last.labels;
      const place = entities.get(entity.id) ?? {
        id: entity.id,
        name: entity.name,
        exposure: ofEntities.get(entity.id) ?? unknown,
        documents: [],
      };
      entities.set(entity.id, place);
      let shelf = place.documents.find(({ id }) => id === document.id);
      if (!shelf) {
        const { id, title, url = null } = document;
        shelf = { id, title, url, exposure: ofDocuments.get(id) ?? unknown, changes: [] };
        place.documents.push(shelf);
      }
      shelf.changes.push(this.change(one, first, last, bundle));
    }
    return [...entities.values()];
  }

  /** As the last of its changes has it, but from the first one's before on. */
  private change(
    { delta, before, after, steps }: NetGathered,
    first: MatchedChange,
    last: MatchedChange,
    { tier }: Bundle,
  ): NetChangeContent {
    const [beforeText, afterText] = [before?.text ?? null, after?.text ?? null];
    return {
      ...this.alerts.change(last, tier),
      delta,
      text: { before: beforeText, after: afterText, diff: wordDiff(beforeText, afterText) },
      capture: { before: first.beforeCapture, after: last.afterCapture },
      steps: steps.map((step) => ({
        id: step.id,
        url: `${this.config.publicUrl}/changes/${step.id}`,
        time: step.time.toISOString(),
        delta: deltaOf(step),
      })),
    };
  }
}

/** Where nothing is known to have moved. */
const unknown: Exposure = { before: 0, after: 0 };

function firstIdsBy(net: readonly NetGathered[], key: 'entityId' | 'documentId'): Map<string, string> {
  const first = new Map<string, string>();
  for (const { id, [key]: of } of net.flatMap(({ steps }) => steps)) {
    const known = first.get(of);
    if (known === undefined || BigInt(id) < BigInt(known)) first.set(of, id);
  }
  return first;
}
