import { Injectable } from '@nestjs/common';
import type { DigestContent } from '../domain/digest-content.js';
import type { AccountId, DeliveryId } from '../domain/ids.js';
import { Database } from '../platform/database.js';
import { notFound } from '../platform/http/problem.js';
import { DigestReader } from './digest-reader.js';
import { findBundle } from './digest.store.js';

/** More than anybody reads, and no more than a page can hold. */
const mostOnPage = 500;

/** Digests for those who hold a link to one, and their owners. */
@Injectable()
export class DigestService {
  constructor(
    private readonly reader: DigestReader,
    private readonly database: Database,
  ) {}

  /** All that it tells, as far as its account still wants it. @throws Problem 404 when it is gone, or nothing of it is left */
  async whole(id: DeliveryId): Promise<DigestContent> {
    const content = await this.reader.read(id, mostOnPage, true);
    if (!content) throw notFound('digest');
    return content;
  }

  /** Whether the account is the one that it was made for. */
  async isOf(accountId: AccountId, id: DeliveryId): Promise<boolean> {
    return (await findBundle(this.database, id))?.accountId === accountId;
  }
}
