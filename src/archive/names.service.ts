import { Injectable } from '@nestjs/common';
import { ArchiveId, Slug } from '../domain/ids.js';
import { Database } from '../platform/database.js';
import { findEntityName, isClauseType } from './names.store.js';
import { prefixQuery, searchWords } from './search-words.js';
import { searchClauseTypes, searchEntities } from './search.store.js';

/** Something that is called so. `key` is an entity's id, or a clause type's slug. */
export type Named = { key: string; name: string };

/** What a typed name stands for: one thing, several that it could be, or none. */
export type Meant = { kind: 'one'; one: Named } | { kind: 'several'; all: Named[] } | { kind: 'none' };

/** How many are offered where a name could be several. */
const mostOffered = 8;

/** Reads names as people type them, where an id is needed. */
@Injectable()
export class NamesService {
  constructor(private readonly database: Database) {}

  /** The entity of this id, or else the one that is called so, or the only one whose name begins so. */
  async entity(typed: string): Promise<Meant> {
    if (ArchiveId.safeParse(typed).success) {
      const name = await findEntityName(this.database, typed);
      if (name !== null) return { kind: 'one', one: { key: typed, name } };
    }
    return oneOf(await this.entities(typed), typed);
  }

  /** The clause type of this slug, written with spaces or not, or else the only one that begins so. */
  async clauseType(typed: string): Promise<Meant> {
    const slug = typed.trim().toLowerCase().replaceAll(/\s+/g, '-');
    if (Slug.safeParse(slug).success && (await isClauseType(this.database, slug))) {
      return { kind: 'one', one: { key: slug, name: slug } };
    }
    return oneOf(await this.clauseTypes(typed), typed);
  }

  /** Entities whose names begin so, word by word, the best first. */
  async entities(typed: string): Promise<Named[]> {
    const words = searchWords(typed);
    if (words.length === 0) return [];
    const sought = { words: prefixQuery(words, '&'), typed: typed.trim(), within: [], idPrefixes: [] };
    const rows = await searchEntities(this.database, sought, '', [mostOffered, 0]);
    return rows.map(({ id, name }) => ({ key: id, name }));
  }

  /** Clause types whose slugs begin so, word by word, the gravest first. */
  async clauseTypes(typed: string): Promise<Named[]> {
    const words = searchWords(typed);
    if (words.length === 0) return [];
    const rows = await searchClauseTypes(this.database, prefixQuery(words, '&'), mostOffered);
    return rows.map(({ slug }) => ({ key: slug, name: slug }));
  }
}

function oneOf(found: Named[], typed: string): Meant {
  const isExact = ({ name }: Named) => name.toLowerCase() === typed.trim().toLowerCase();
  const exact = found.filter(isExact);
  const [one, ...others] = exact.length > 0 ? exact : found;
  if (one === undefined) return { kind: 'none' };
  return others.length === 0 ? { kind: 'one', one } : { kind: 'several', all: [one, ...others] };
}
