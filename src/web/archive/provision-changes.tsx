import type { ChangeHistory } from '../../archive/change-history.service.js';
import { kindWords } from '../../domain/wording.js';
import type { Site } from '../frame/site.js';
import { Pager } from '../parts/pager.js';
import { SeverityMove } from '../parts/severity.js';
import { WordDiff } from '../parts/word-diff.js';
import { Moment } from '../parts/words.js';
import { pathTo } from './archive-paths.js';

type ChangePage = Awaited<ReturnType<ChangeHistory['list']>>;

type Props = {
  site: Site;
  page: ChangePage;
  /** Of the provision that they are of. */
  path: string;
  /** Whether the list begins with the newest change there is. */
  isFirst: boolean;
};

/** Every change of a clause with its words, the newest first and open. */
export function ProvisionChanges({ site, page: { items, nextCursor }, path, isFirst }: Props) {
  const next = nextCursor === null ? null : `${path}?changes=${encodeURIComponent(nextCursor)}#changes`;
  return (
    <>
      {!isFirst && (
        <p>
          <a href={`${path}#changes`}>Back to the newest</a>
        </p>
      )}
      {items.map((change, index) => (
        <details key={change.id} class="diff-fold" open={isFirst && index === 0}>
          <summary>
            <span class="diff-fold-line">
              <Moment at={change.time} />
              <span class="kind">{kindWords[change.delta.kind]}</span>
              <SeverityMove delta={change.delta} />
              <Became change={change} />
            </span>
          </summary>
          <WordDiff diff={change.text.diff} />
          <p class="aside">
            <a href={pathTo.change(site, change.id)}>This change, with its evidence</a>
          </p>
        </details>
      ))}
      <Pager href={next} words="Older changes" />
    </>
  );
}

function Became({ change: { retracted, undoneBy, late } }: { change: ChangePage['items'][number] }) {
  const words = retracted ? 'Retracted' : undoneBy ? 'Went back since' : late ? 'Came in late' : null;
  return words === null ? null : <em class="aside">{words}</em>;
}
