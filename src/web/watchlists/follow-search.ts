import { Injectable } from '@nestjs/common';
import { SearchService } from '../../archive/search.service.js';
import { severityWord } from '../../domain/wording.js';
import { slugWords } from '../parts/words.js';
import type { Found } from './follow-picker.js';

/** Of each kind. */
const mostFound = 5;

/** Finds what can be followed, by the beginnings of its words or its id. */
@Injectable()
export class FollowSearch {
  constructor(private readonly archive: SearchService) {}

  /** @param q what was typed; nothing is found by nothing */
  async find(q: string): Promise<Found[]> {
    const part = q.trim().slice(0, 200);
    if (part === '' || !part.isWellFormed() || part.includes('\u0000')) return [];
    const { entities, documents, provisions, clauseTypes } = await this.archive.search(part, mostFound);
    return [
      ...entities.map(({ id, name }) => ({ kind: 'entity' as const, key: id, name, detail: 'Entity' })),
      ...clauseTypes.map(({ slug }) => ({
        kind: 'clause-type' as const,
        key: slug,
        name: slugWords(slug),
        detail: 'Clause type',
      })),
      ...documents.map(({ id, title, entity }) => ({
        kind: 'document' as const,
        key: id,
        name: title,
        detail: `Document, ${entity.name}`,
      })),
      ...provisions.map(({ id, title, severity, entity }) => ({
        kind: 'provision' as const,
        key: id,
        name: title,
        detail: `Clause, ${entity.name}, ${severityWord(severity)}`,
      })),
    ];
  }
}
