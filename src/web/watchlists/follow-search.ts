import { Injectable } from '@nestjs/common';
import { ArchiveService } from '../../archive/archive.service.js';
import { plural } from '../../domain/wording.js';
import type { Found } from './follow-picker.js';

const mostFound = 8;

/** Finds what can be followed, by a part of its name or its id. */
@Injectable()
export class FollowSearch {
  constructor(private readonly archive: ArchiveService) {}

  /** @param q what was typed; nothing is found by nothing */
  async find(q: string): Promise<Found[]> {
    const part = q.trim().slice(0, 200);
    if (part === '' || !part.isWellFormed() || part.includes('\u0000')) return [];
    const { items } = await this.archive.entities({ q: part, limit: mostFound });
    return items.map(({ id, name, documents }) => ({
      kind: 'entity',
      key: id,
      name,
      detail: `Entity, ${plural(documents, 'document', 'documents')}`,
    }));
  }
}
