import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CONFIG, type Config } from '../config.js';
import type { CoverageContent } from '../domain/coverage-content.js';
import { judgeCoverage, type CoverageVerdict } from '../domain/coverage-verdict.js';
import type { DestinationId } from '../domain/ids.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { Links } from '../platform/links.js';
import { findNotice, findStanding } from './coverage-notice.store.js';

/** What a delivery of such a notice carries, as fan-out writes it. */
const Notice = z.object({ id: z.string() });

/** Which notice a delivery carries. */
export function noticeOf(notice: unknown): { noticeId: string } {
  return { noticeId: Notice.parse(notice).id };
}

/** Reads what a delivery of kind `coverage` tells, and whether it is still right. */
@Injectable()
export class CoverageReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly links: Links,
    @Inject(CONFIG) private readonly config: Pick<Config, 'archiveName'>,
  ) {}

  /** @param notice of the delivery */
  async read(notice: unknown): Promise<CoverageContent> {
    const { noticeId: id } = noticeOf(notice);
    const row = await findNotice(this.database, id);
    if (!row) throw new Error(`there is no coverage notice ${id}`);
    return {
      kind: 'coverage',
      archiveName: this.config.archiveName,
      about: row.about,
      cause: row.cause,
      entity: { id: row.entityId, name: row.entityName },
      document: { id: row.documentId, title: row.title, url: row.url },
      lastVerified: row.verifiedAt?.toISOString() ?? null,
      since: row.since.toISOString(),
      detail: row.detail,
      url: this.links.document(row.documentId),
    };
  }

  /** What is to become of a delivery that is about to be sent. */
  async judge(notice: unknown, destinationId: DestinationId): Promise<CoverageVerdict> {
    const { noticeId: id } = noticeOf(notice);
    const standing = await findStanding(this.database, id, destinationId, this.clock.now());
    return standing ? judgeCoverage(standing) : { kind: 'cancel', reason: 'the destination is gone' };
  }
}
