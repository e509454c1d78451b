import type { ComponentChildren } from 'preact';
import type { SearchService } from '../../archive/search.service.js';
import { plural } from '../../domain/wording.js';
import type { Site } from '../frame/site.js';
import { SeverityMark } from '../parts/severity.js';
import { Name } from '../parts/words.js';
import { pathTo } from './archive-paths.js';
import { Marked } from './marked.js';

export type Found = Awaited<ReturnType<SearchService['search']>>;

type Props = { site: Site; found: Found; typed: string };

/** What a search found, by kind, the best first; what was typed is marked. */
export function SearchResults({ site, found, typed }: Props) {
  const { entities, documents, provisions, clauseTypes } = found;
  const count = entities.length + documents.length + provisions.length + clauseTypes.length;
  const words = wordsOf(typed);
  return (
    <>
      <p class="aside" role="status">
        {count === 0 ? 'Nothing has that in its name.' : plural(count, 'result', 'results')}
      </p>
      {count === 0 && (
        <p>
          Try the beginning of a word in its name, or its id.{' '}
          <a href={`${site.base}/entities`}>All entities</a>
        </p>
      )}
      <Group title="Entities" isEmpty={entities.length === 0}>
        {entities.map(({ id, name, exposure }) => (
          <Hit key={id} href={pathTo.entity(site, id)} title={<Marked text={name} words={words} />}>
            <span class="weight">Exposure {exposure}</span>
          </Hit>
        ))}
      </Group>
      <Group title="Clause types" isEmpty={clauseTypes.length === 0}>
        {clauseTypes.map(({ slug, gravest }) => (
          <Hit
            key={slug}
            href={pathTo.clauseType(site, slug)}
            title={<Marked text={slug.replaceAll(/[-_.]+/g, ' ')} words={words} />}
          >
            <span class="weight">
              up to <SeverityMark severity={gravest} />
            </span>
          </Hit>
        ))}
      </Group>
      <Group title="Documents" isEmpty={documents.length === 0}>
        {documents.map(({ id, title, exposure, entity }) => (
          <Hit
            key={id}
            href={pathTo.document(site, id)}
            title={<Marked text={title} words={words} />}
            of={<Marked text={entity.name} words={words} />}
          >
            <span class="weight">Exposure {exposure}</span>
          </Hit>
        ))}
      </Group>
      <Group title="Clauses" isEmpty={provisions.length === 0}>
        {provisions.map(({ id, title, severity, entity, document }) => (
          <Hit
            key={id}
            href={pathTo.provision(site, id)}
            title={<Marked text={title} words={words} />}
            of={
              <>
                <Marked text={entity.name} words={words} />, <Name text={document.title} />
              </>
            }
          >
            <SeverityMark severity={severity} />
          </Hit>
        ))}
      </Group>
    </>
  );
}

type GroupProps = { title: string; isEmpty: boolean; children: ComponentChildren };

function Group({ title, isEmpty, children }: GroupProps) {
  if (isEmpty) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ul class="hits">{children}</ul>
    </section>
  );
}

type HitProps = {
  href: string;
  title: ComponentChildren;
  of?: ComponentChildren;
  children: ComponentChildren;
};

function Hit({ href, title, of, children }: HitProps) {
  return (
    <li>
      <a href={href} data-hit="">
        {title}
      </a>
      {children}
      {of !== undefined && <p class="aside">{of}</p>}
    </li>
  );
}

function wordsOf(typed: string): string[] {
  return (typed.slice(0, 200).match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu) ?? []).map((word) =>
    word.toLowerCase(),
  );
}
