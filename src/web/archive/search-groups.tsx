import type { ComponentChildren } from 'preact';
import type { SearchService } from '../../archive/search.service.js';
import { Slug } from '../../domain/ids.js';
import type { Site } from '../frame/site.js';
import { Pager } from '../parts/pager.js';
import { SeverityMark } from '../parts/severity.js';
import { Name, slugWords } from '../parts/words.js';
import { pathTo } from './archive-paths.js';
import { Marked } from './marked.js';

export type Found = Awaited<ReturnType<SearchService['search']>>;

/** The kinds of what is found, in their order, as an address names them. */
export const kinds = ['entities', 'clause-types', 'documents', 'clauses'] as const;
export type Kind = (typeof kinds)[number];

type Props = {
  site: Site;
  found: Found;
  typed: string;
  /** Whether it only begins like what was typed. */
  isNear?: boolean;
  /** Where more of a kind are shown than so many; null for nowhere. */
  moreOf: (kind: Kind, shown: number) => string | null;
};

/** What was found by kind, each with what it is of, and why where its name does not tell. */
export function HitGroups({ site, found, typed, isNear = false, moreOf }: Props) {
  const { entities, documents, provisions, clauseTypes } = found;
  const words = wordsOf(typed);
  const id = typed.trim();
  const isCategory = !isNear && Slug.safeParse(id.toLowerCase()).success;
  return (
    <>
      <Group title="Entities" count={entities.length} more={moreOf('entities', entities.length)}>
        {entities.map(({ id: entity, name, exposure }) => (
          <Hit key={entity} href={pathTo.entity(site, entity)} title={<Marked text={name} words={words} />}>
            <span class="weight">Exposure {exposure}</span>
          </Hit>
        ))}
      </Group>
      <Group
        title="Clause types"
        count={clauseTypes.length}
        more={moreOf('clause-types', clauseTypes.length)}
      >
        {clauseTypes.map(({ slug, gravest }) => (
          <Hit
            key={slug}
            href={pathTo.clauseType(site, slug)}
            title={<Marked text={slugWords(slug)} words={words} />}
          >
            <span class="weight">
              up to <SeverityMark severity={gravest} />
            </span>
          </Hit>
        ))}
      </Group>
      <Group title="Documents" count={documents.length} more={moreOf('documents', documents.length)}>
        {documents.map((document) => (
          <Hit
            key={document.id}
            href={pathTo.document(site, document.id)}
            title={<Marked text={document.title} words={words} />}
            of={
              <>
                <Marked text={document.entity.name} words={words} />
                <Record id={document.id} typed={id} />
              </>
            }
          >
            <span class="weight">Exposure {document.exposure}</span>
          </Hit>
        ))}
      </Group>
      <Group title="Clauses" count={provisions.length} more={moreOf('clauses', provisions.length)}>
        {provisions.map(({ id: provision, title, severity, clauseType, entity, document }) => (
          <Hit
            key={provision}
            href={pathTo.provision(site, provision)}
            title={<Marked text={title} words={words} />}
            of={
              <>
                <Marked text={entity.name} words={words} />, <Name text={document.title} />,{' '}
                {slugWords(clauseType)}
                <Record id={provision} typed={id} />
                {isCategory && !isNamed(words, `${title} ${entity.name} ${provision}`) && (
                  <>, of the category {id.toLowerCase()}</>
                )}
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

/** The id, where it is what was typed. */
function Record({ id, typed }: { id: string; typed: string }) {
  if (!beginsSo(id, typed) || !/\d/.test(typed)) return null;
  return (
    <>
      , record <mark>{id.slice(0, typed.length)}</mark>
      {id.slice(typed.length)}
    </>
  );
}

type GroupProps = { title: string; count: number; more: string | null; children: ComponentChildren };

function Group({ title, count, more, children }: GroupProps) {
  if (count === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ul class="hits">{children}</ul>
      <Pager href={more} words={`More ${title.toLowerCase()}`} />
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

/** Whether every word begins one of the name's: else it was found by something that its line does not say yet. */
function isNamed(words: readonly string[], name: string): boolean {
  const named = wordsOf(name);
  return words.every((word) => named.some((one) => one.startsWith(word)));
}

function beginsSo(id: string, typed: string): boolean {
  return id.toLowerCase().startsWith(typed.toLowerCase());
}
