import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database.js';
import { idPrefixes, prefixQuery, searchWords, shortened, wordsBeside } from './search-words.js';
import type { SearchView } from './search-views.js';
import { searchClauseTypes, searchDocuments, searchEntities, searchProvisions } from './search.store.js';

/** In how many entities whose names hold some of the words the others are looked for. */
const mostWithin = 3;

/** A single letter begins the title of nearly every provision: it finds entities and clause types alone. */
const leastLetters = 2;

const nothing: SearchView = { entities: [], documents: [], provisions: [], clauseTypes: [] };

/** Finds entities, documents, provisions and clause types by what was typed of their names, or by id. */
@Injectable()
export class SearchService {
  constructor(private readonly database: Database) {}

  /**
   * What begins like what was typed, for who mistyped it: `arbitratoin` finds arbitration. Empty when nothing does.
   *
   * @param typed as for `search`, which found nothing
   */
  async near(typed: string, limit: number): Promise<SearchView> {
    for (const words of shortened(typed)) {
      const found = await this.search(words, limit);
      if (!isNothing(found)) return found;
    }
    return nothing;
  }

  /**
   * Whatever was typed is a search: what holds no word and no id finds nothing.
   *
   * @param typed at most 200 characters, well-formed and without NUL
   * @param limit how many of each kind
   */
  async search(typed: string, limit: number): Promise<SearchView> {
    const words = searchWords(typed);
    if (words.length === 0) return nothing;
    const all = prefixQuery(words, '&');
    const any = words.length > 1 ? prefixQuery(words, '|') : '';
    const sought = { words: all, typed: typed.trim(), within: [], idPrefixes: idPrefixes(typed) };
    // One after the other: as one types, a connection for each keystroke is enough.
    const named = await searchEntities(this.database, sought, any, [limit, mostWithin]);
    const entities = named.filter(({ isWhole }) => isWhole);
    const clauseTypes = await searchClauseTypes(this.database, all, limit);
    const titled = {
      ...sought,
      words: words.some((word) => word.length >= leastLetters) ? all : '',
      within: named.flatMap(({ id, name }) => withinEntity(id, name, words)).slice(0, mostWithin),
    };
    const documents = await searchDocuments(this.database, titled, limit);
    const provisions = await searchProvisions(this.database, titled, limit);
    return {
      entities: entities.map(({ id, name, exposure }) => ({ id, name, exposure })),
      clauseTypes,
      documents: documents.map(({ entityId, entityName, ...document }) => ({
        ...document,
        entity: { id: entityId, name: entityName },
      })),
      provisions: provisions.map(({ entityId, entityName, documentId, documentTitle, ...provision }) => ({
        ...provision,
        entity: { id: entityId, name: entityName },
        document: { id: documentId, title: documentTitle },
      })),
    };
  }
}

function isNothing(found: SearchView): boolean {
  return Object.values(found).every((kind) => kind.length === 0);
}

/** "amazon arbit": within Amazon, what begins with "arbit". */
function withinEntity(entityId: string, name: string, words: readonly string[]) {
  const others = wordsBeside(words, name);
  if (others.length === 0 || others.length === words.length) return [];
  return [{ entityId, words: prefixQuery(others, '&') }];
}
