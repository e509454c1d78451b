import { plural } from '../../domain/wording.js';
import type { Site } from '../frame/site.js';
import { pathTo } from './archive-paths.js';
import { HitGroups, type Found, type Kind } from './search-groups.js';

/** What a search found. */
export type Results = {
  found: Found;
  /** How many of a kind were looked for: where so many were found there may be more. */
  most: number;
  /** The one kind that is shown; null for all of them. */
  only: Kind | null;
  /** What begins like what was typed, where nothing was found. */
  near: Found | null;
};

type Props = Results & { site: Site; typed: string };

/** What a search found, by kind, the best first; what was typed is marked. */
export function SearchResults({ site, found, typed, most, only, near }: Props) {
  const count = countOf(found);
  if (count === 0) {
    return <NothingFound site={site} typed={typed} near={near} />;
  }
  return (
    <>
      <p class="aside" role="status">
        {plural(count, 'result', 'results')}
        {only !== null && (
          <>
            {' '}
            among {only.replace('-', ' ')}. <a href={pathTo.search(site, typed)}>All kinds</a>
          </>
        )}
      </p>
      <HitGroups
        site={site}
        found={found}
        typed={typed}
        moreOf={(kind, shown) =>
          only === null && shown >= most ? `${pathTo.search(site, typed)}&kind=${kind}` : null
        }
      />
    </>
  );
}

function NothingFound({ site, typed, near }: Pick<Props, 'site' | 'typed' | 'near'>) {
  const hasNear = near !== null && countOf(near) > 0;
  return (
    <>
      <p class="aside" role="status">
        Nothing is called so.{hasNear && ' What begins like it:'}
      </p>
      {!hasNear && (
        <p>
          Try the beginning of a word of its name, or its id. Or look through{' '}
          <a href={`${site.base}/entities`}>all entities</a> and{' '}
          <a href={`${site.base}/recent`}>what changed last</a>.
        </p>
      )}
      {hasNear && <HitGroups site={site} found={near} typed={typed} isNear moreOf={() => null} />}
    </>
  );
}

function countOf({ entities, documents, provisions, clauseTypes }: Found): number {
  return entities.length + documents.length + provisions.length + clauseTypes.length;
}
