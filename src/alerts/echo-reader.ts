import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config.js';
import type { EchoContent } from '../domain/echo-content.js';
import type { Tier } from '../domain/tiers.js';
import { Database } from '../platform/database.js';
import { AlertReader } from './alert-reader.js';
import { findEcho } from './echo-content.store.js';

/** Reads what an echo says out of the ledger, cut to a tier. */
@Injectable()
export class EchoReader {
  constructor(
    private readonly database: Database,
    private readonly alerts: AlertReader,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @param told the changes that concern the reader, and how many their alert told in all */
  async read(
    echoId: string,
    told: { changeIds: readonly string[]; alertChanges: number },
    tier: Tier,
  ): Promise<EchoContent> {
    const { revisionId, kind: about, at, reason, by } = await findEcho(this.database, echoId);
    const { followUp: _, ...content } = await this.alerts.read(revisionId, told.changeIds, tier);
    return {
      ...content,
      kind: 'echo',
      about,
      at: at.toISOString(),
      reason,
      by: by.map(({ id, time }) => ({
        id,
        url: `${this.config.publicUrl}/changes/${id}`,
        time: new Date(time).toISOString(),
      })),
      alertChanges: told.alertChanges,
    };
  }
}
