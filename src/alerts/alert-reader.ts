import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config.js';
import type { AlertContent, ChangeContent } from '../domain/alert-content.js';
import { citationOf } from '../domain/citation.js';
import { byGravity } from '../domain/gravity.js';
import type { RevisionId } from '../domain/ids.js';
import { analysisForTier } from '../domain/locked-analysis.js';
import { deltaOfRanks } from '../domain/delta.js';
import type { Tier } from '../domain/tiers.js';
import { wordDiff } from '../domain/word-diff.js';
import { Database } from '../platform/database.js';
import { findMatchedChanges, findRevisionRollUp, type MatchedChange } from './alert-content.store.js';

/** Reads what an alert says out of the ledger, cut to a tier. */
@Injectable()
export class AlertReader {
  constructor(
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** What everybody of this tier reads who was matched by these changes of the revision. */
  async read(revisionId: RevisionId, changeIds: readonly string[], tier: Tier): Promise<AlertContent> {
    const rollUp = await findRevisionRollUp(this.database, revisionId);
    const rows = await findMatchedChanges(this.database, revisionId, changeIds);
    const newest = rows.at(-1);
    if (!newest) throw new Error(`no changes of revision ${revisionId} are left`);
    const { entity, document } = newest.labels;
    return {
      kind: 'alert',
      tier,
      archiveName: this.config.archiveName,
      entity: { ...entity, exposure: { before: rollUp.entityBefore, after: rollUp.entityAfter } },
      document: {
        id: document.id,
        title: document.title,
        url: document.url ?? null,
        exposure: { before: rollUp.documentBefore, after: rollUp.documentAfter },
      },
      revision: { id: rollUp.externalId },
      followUp: rollUp.part > 0,
      changes: rows.map((row) => this.change(row, tier)).toSorted((a, b) => byGravity(a.delta, b.delta)),
    };
  }

  /** One change, cut to a tier. */
  change(row: MatchedChange, tier: Tier): ChangeContent {
    const { entity, document, provision } = row.labels;
    return {
      id: row.id,
      url: `${this.config.publicUrl}/changes/${row.id}`,
      time: row.time.toISOString(),
      effectiveAt: row.effectiveAt,
      provision: { ...provision, url: provision.url ?? null },
      delta: deltaOfRanks(row.kind, row.beforeRank, row.afterRank),
      text: { before: row.beforeText, after: row.afterText, diff: wordDiff(row.beforeText, row.afterText) },
      standing: { lower: row.lower, equal: row.equal, higher: row.higher },
      capture: { before: row.beforeCapture, after: row.afterCapture },
      citation: citationOf({
        archiveName: this.config.archiveName,
        entity,
        document,
        provision,
        capture: row.afterCapture ?? row.beforeCapture,
      }),
      ...analysisForTier(row.analysis, tier),
      flapping: row.flapping,
      revertedAt: row.revertedAt?.toISOString() ?? null,
      retractedAt: row.retractedAt?.toISOString() ?? null,
    };
  }
}
