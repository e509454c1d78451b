import { Injectable } from '@nestjs/common';
import type { AccountId } from '../../domain/ids.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database.js';
import { notFound } from '../../platform/http/problem.js';
import { SuppressionsService } from '../../suppressions/suppressions.service.js';
import { exportedRow } from './exported-row.js';
import {
  keptAccount,
  keptAttempts,
  keptPage,
  keptPart,
  longParts,
  smallParts,
  type KeptRow,
  type LongPart,
} from './kept.store.js';

/** Rows that are in memory at a time. */
const pageRows = 500;
/** Addresses of an account that get no mail; each stands for a destination, of which there are at most 500. */
const mostSuppressions = 200;

/** All that is kept of an account, as one JSON document. */
@Injectable()
export class AccountExportService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly suppressions: SuppressionsService,
  ) {}

  /**
   * The document in pieces, written as they are read: an account with a million deliveries takes no more memory than one with
   * ten. It is no snapshot: what changes meanwhile is in it or not. Secrets are left out, of tokens all but their names.
   *
   * @throws Problem 404 before the first piece when there is no such account
   */
  async begin(accountId: AccountId): Promise<AsyncGenerator<string>> {
    const account = await keptAccount(this.database, accountId);
    if (!account) throw notFound('account');
    return this.pieces(accountId, account);
  }

  private async *pieces(accountId: AccountId, account: KeptRow): AsyncGenerator<string> {
    const head = { exportedAt: this.clock.now().toISOString(), account: exportedRow(account) };
    yield JSON.stringify(head).slice(0, -1);
    for (const part of smallParts) {
      const rows = await keptPart(this.database, part, accountId);
      yield `,\n"${part}":${JSON.stringify(rows.map(exportedRow))}`;
    }
    const { items } = await this.suppressions.list(accountId, { limit: mostSuppressions });
    yield `,\n"suppressions":${JSON.stringify(items)}`;
    for (const part of longParts) {
      yield `,\n"${part}":[`;
      yield* this.rows(accountId, part);
      yield ']';
    }
    yield '}\n';
  }

  private async *rows(accountId: AccountId, part: LongPart): AsyncGenerator<string> {
    for (let after = '0'; ;) {
      const rows = await keptPage(this.database, part, accountId, { after, limit: pageRows });
      const last = rows.at(-1);
      if (last === undefined) return;
      const texts = (await this.whole(part, rows)).map((row) => JSON.stringify(row));
      yield `${after === '0' ? '\n' : ',\n'}${texts.join(',\n')}`;
      after = last.id;
    }
  }

  private async whole(part: LongPart, rows: readonly (KeptRow & { id: string })[]): Promise<KeptRow[]> {
    if (part !== 'deliveries') return rows.map(exportedRow);
    const ids = rows.map(({ id }) => id);
    const attempts = await keptAttempts(this.database, ids);
    return rows.map((row) => ({
      ...exportedRow(row),
      failedAttempts: (attempts.get(row.id) ?? []).map(exportedRow),
    }));
  }
}
