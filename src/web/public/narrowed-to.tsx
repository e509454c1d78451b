import type { Named } from '../../archive/names.service.js';
import type { Site } from '../frame/site.js';
import { Name } from '../parts/words.js';
import { recentQuery, type RecentFilter } from './recent-filter.js';

type Props = { site: Site; filter: RecentFilter };

/** What the names in the filter stand for: the one, with the way to its page, or those to choose from. */
export function NarrowedTo({ site, filter }: Props) {
  const { entity, clauseType } = filter;
  const ways = [
    { name: 'entity', path: 'entities', words: 'No entity', of: entity },
    { name: 'clause-type', path: 'clause-types', words: 'No clause type', of: clauseType },
  ] as const;
  return (
    <>
      {ways.map(({ name, path, words, of: { meant, typed } }) => {
        if (meant?.kind === 'one') {
          const { key, name: called } = meant.one;
          return (
            <p key={name} class="aside">
              All of{' '}
              <a href={`${site.base}/${path}/${encodeURIComponent(key)}`}>
                <Name text={called} />
              </a>{' '}
              in the archive
            </p>
          );
        }
        if (meant?.kind === 'none') {
          return (
            <p key={name} class="empty">
              {words} is called “<Name text={typed} />
              ”. Try the beginning of its name, or{' '}
              <a href={`${site.base}/search?q=${encodeURIComponent(typed)}`}>search the archive</a>.
            </p>
          );
        }
        if (meant === null) return null;
        return (
          <Choice
            key={name}
            typed={typed}
            all={meant.all}
            hrefOf={(key) => `${site.base}/recent${recentQuery(filter, { [name]: key })}`}
          />
        );
      })}
    </>
  );
}

type ChoiceProps = { typed: string; all: readonly Named[]; hrefOf: (key: string) => string };

function Choice({ typed, all, hrefOf }: ChoiceProps) {
  return (
    <div class="note">
      <p>
        Several are called “<Name text={typed} />
        ”. Which one?
      </p>
      <ul class="onward">
        {all.map(({ key, name }) => (
          <li key={key}>
            <a href={hrefOf(key)}>
              <Name text={name} />
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
