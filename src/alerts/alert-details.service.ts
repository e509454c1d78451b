import { Injectable } from '@nestjs/common';
import type { AlertId } from '../domain/ids.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { notFound } from '../platform/http/problem.js';
import { Links } from '../platform/links.js';
import { findDetails, type AlertDetailsRow } from './alert-details.store.js';

export type { AlertDetailsRow } from './alert-details.store.js';

/** What a page shows of an alert besides what it tells. Whoever asks has seen to it that the reader may. */
@Injectable()
export class AlertDetails {
  constructor(
    private readonly database: Database,
    private readonly links: Links,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 404 */
  async of(id: AlertId): Promise<AlertDetailsRow & { link: string }> {
    const details = await findDetails(this.database, id, this.clock.now());
    if (!details) throw notFound('alert');
    return { ...details, link: this.links.alert(id) };
  }
}
