import type { ArchiveService } from '../../archive/archive.service.js';
import { dayWords } from '../../domain/wording.js';
import type { Site } from '../frame/site.js';
import { CopyButton } from '../parts/copy-button.js';
import { OutsideLink, SpelledOutLink } from '../parts/outside-link.js';
import { Day, Moment, Name, nameOf, slugWords } from '../parts/words.js';
import { pathTo } from './archive-paths.js';
import type { DocumentView } from './document-page.js';
import { LastSeen } from './last-seen.js';

type Provision = NonNullable<Awaited<ReturnType<ArchiveService['provision']>>>;

type Props = {
  site: Site;
  provision: Provision;
  document: DocumentView;
  /** RFC 3339: the oldest change that is known; null for none. */
  firstSeen: string | null;
};

/** Which document the clause is of, and how it has been tracked. */
export function Tracking({ site, provision, document, firstSeen }: Props) {
  return (
    <section>
      <h2>Document and tracking</h2>
      <dl class="facts">
        <dt>Document</dt>
        <dd>
          <a href={pathTo.document(site, document.id)}>
            <Name text={document.title} />
          </a>
        </dd>
        {document.lastUpdated !== null && <dt>Document last updated</dt>}
        {document.lastUpdated !== null && (
          <dd>
            <Day on={document.lastUpdated} />
          </dd>
        )}
        {provision.effectiveAt !== null && <dt>Takes effect</dt>}
        {provision.effectiveAt !== null && (
          <dd>
            <Day on={provision.effectiveAt} />
          </dd>
        )}
        {firstSeen !== null && <dt>Tracked since</dt>}
        {firstSeen !== null && (
          <dd>
            <Moment at={firstSeen} />
          </dd>
        )}
        <dt>Last changed</dt>
        <dd>
          <Moment at={provision.since} />
        </dd>
        <dt>Last verified</dt>
        <dd>
          <LastSeen seen={document} />
        </dd>
        <dt>Record</dt>
        <dd>
          <OutsideLink url={provision.url}>
            <Name text={provision.id} />
          </OutsideLink>
        </dd>
      </dl>
    </section>
  );
}

/** Kind and categories, each a way to the others of it. */
export function Classification({
  site,
  provision: { clauseType, categories },
}: Pick<Props, 'site' | 'provision'>) {
  return (
    <section>
      <h2>Classification</h2>
      <dl class="facts">
        <dt>Clause type</dt>
        <dd>
          <a href={pathTo.clauseType(site, clauseType)}>{slugWords(clauseType)}</a>
        </dd>
        {categories.length > 0 && <dt>Categories</dt>}
        {categories.length > 0 && (
          <dd>
            {categories.map((category, index) => (
              <span key={category}>
                {index > 0 && ', '}
                <a href={pathTo.search(site, category)}>{slugWords(category)}</a>
              </span>
            ))}
          </dd>
        )}
      </dl>
    </section>
  );
}

/** What the archive captured of the words in force, and the line to cite it by. */
export function CurrentEvidence({
  provision: { capture, citation },
  document,
}: Pick<Props, 'provision' | 'document'>) {
  return (
    <section id="evidence">
      <h2>Evidence</h2>
      {capture === null && <p class="aside">The archive gave no capture of the words in force.</p>}
      <dl class="facts">
        {capture !== null && (
          <>
            <dt>Captured</dt>
            <dd>
              <Moment at={capture.capturedAt} />
            </dd>
          </>
        )}
        <dt>Verified</dt>
        <dd>
          <LastSeen seen={document} />
        </dd>
        {capture?.sourceUrl !== undefined && <dt>Source</dt>}
        {capture?.sourceUrl !== undefined && (
          <dd>
            <SpelledOutLink url={capture.sourceUrl} />
          </dd>
        )}
        {capture?.archiveUrl !== undefined && <dt>Archived copy</dt>}
        {capture?.archiveUrl !== undefined && (
          <dd>
            <SpelledOutLink url={capture.archiveUrl} />
          </dd>
        )}
        {capture?.sha256 !== undefined && <dt>SHA-256</dt>}
        {capture?.sha256 !== undefined && (
          <dd>
            <code class="hash">{capture.sha256.toLowerCase()}</code>{' '}
            <CopyButton text={capture.sha256.toLowerCase()} label="Copy" />
          </dd>
        )}
        <dt>Cite as</dt>
        <dd>
          <code class="citation" dir="auto">
            {nameOf(citation)}
          </code>{' '}
          <CopyButton text={citation} label="Copy the citation" />
        </dd>
      </dl>
    </section>
  );
}

/** Ways to pass the page on: plain links, which tell nobody before they are followed. @param address of the page, absolute */
export function Share({ address, title }: { address: string; title: string }) {
  const [url, words] = [encodeURIComponent(address), encodeURIComponent(title)];
  const networks = [
    { name: 'LinkedIn', href: `https://www.linkedin.com/sharing/share-offsite/?url=${url}` },
    { name: 'Bluesky', href: `https://bsky.app/intent/compose?text=${words}%20${url}` },
    { name: 'X', href: `https://x.com/intent/post?text=${words}&url=${url}` },
    { name: 'Reddit', href: `https://www.reddit.com/submit?url=${url}&title=${words}` },
  ];
  return (
    <section id="share">
      <h2>Share</h2>
      <p>
        <CopyButton text={address} label="Copy the link" />
      </p>
      <ul class="plain inline">
        <li>
          <a href={`mailto:?subject=${words}&body=${url}`}>Email</a>
        </li>
        {networks.map(({ name, href }) => (
          <li key={name}>
            <a href={href} rel="noreferrer">
              {name}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** "In force since 24 March 2026", as far as it is known. @param now RFC 3339 */
export function forceWords({ severity, since, effectiveAt }: Provision, now: string): string {
  if (severity === null) return `Withdrawn ${dayWords(since.slice(0, 10))}`;
  if (effectiveAt !== null && effectiveAt > now.slice(0, 10)) return `Takes effect ${dayWords(effectiveAt)}`;
  return `Unchanged since ${dayWords(effectiveAt ?? since.slice(0, 10))}`;
}
