import type { Site } from '../frame/site.js';
import { Name } from '../parts/words.js';
import { followKindWords } from '../../domain/watchlist-words.js';
import { FollowKind } from '../../domain/follow.js';
import type { FollowTarget } from '../../watchlists/follow.js';
import { followText } from './watchlist-draft.js';

/** Something that can be followed, as a search finds it. */
export type Found = FollowTarget & { name: string; detail: string };

/** The field that is searched by as one types; what is found is put into `#found`. */
export function SearchField({ site, q }: { site: Site; q: string }) {
  return (
    <div class="field">
      <label for="q">Search the archive</label>
      <input
        id="q"
        name="q"
        type="search"
        value={q}
        maxLength={200}
        autocomplete="off"
        data-hx-get={`${site.base}/watchlists/search`}
        data-hx-trigger="input changed delay:250ms"
        data-hx-target="#found"
        data-hx-sync="this:replace"
      />
    </div>
  );
}

type FoundProps = {
  q: string;
  found: readonly Found[];
  /** What is followed already, as far as it is at hand. */
  added?: readonly FollowTarget[];
};

/** What a search found, each with a button that adds it. */
export function FoundList({ q, found, added = [] }: FoundProps) {
  if (q === '') return null;
  const isAdded = new Set(added.map(followText));
  if (found.length === 0) {
    return (
      <p class="aside">Nothing in the archive is called that. You can follow it by its key all the same.</p>
    );
  }
  return (
    <>
      {/* The search goes along with what is added, so that more of it can be. */}
      <input type="hidden" name="asked" value={q} />
      <ul class="found">
        {found.map((one) => (
          <li key={followText(one)}>
            <button
              name="add"
              value={followText(one)}
              class="quiet small"
              formnovalidate
              disabled={isAdded.has(followText(one))}
            >
              {isAdded.has(followText(one)) ? 'Added' : 'Add'}
              <span class="unseen"> {one.name}</span>
            </button>
            <span>
              <Name text={one.name} /> <span class="aside">{one.detail}</span>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Following by kind and key, and all there is. */
export function KeyFields({ kind, newKey, fault }: { kind: string; newKey: string; fault: string | null }) {
  return (
    <details class="by-key" open={fault !== null || newKey !== ''}>
      <summary>By kind and key, or everything</summary>
      {fault !== null && (
        <p class="fault" role="alert" id="key-fault">
          {fault}
        </p>
      )}
      <p class="sentence">
        <label class="blank">
          <span>Kind</span>{' '}
          <select name="newKind">
            {FollowKind.options
              .filter((one) => one !== 'everything')
              .map((one) => (
                <option key={one} value={one} selected={one === kind}>
                  {followKindWords[one]}
                </option>
              ))}
          </select>
        </label>{' '}
        <label class="blank">
          <span>Key</span>{' '}
          <input
            name="newKey"
            value={newKey}
            maxLength={200}
            spellcheck={false}
            autofocus={fault !== null}
            aria-invalid={fault !== null || undefined}
            aria-describedby={fault !== null ? 'key-fault' : undefined}
          />
        </label>{' '}
        <button name="do" value="add-key" class="quiet small" formnovalidate>
          Add
        </button>
      </p>
      <p class="hint">
        An id, such as <code>CA-D-00028</code>, a slug, such as <code>arbitration</code>, or an agency’s code.
        The archive need not know it yet.
      </p>
      <p>
        <button name="add" value="everything:*" class="quiet small" formnovalidate>
          Follow everything
        </button>
      </p>
    </details>
  );
}
