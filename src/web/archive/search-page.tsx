import { Layout, pageOf } from '../frame/layout.js';
import type { Visit } from '../frame/visit.js';
import { SingleKeysSwitch } from '../parts/single-keys-switch.js';
import { SearchResults, type Results } from './search-results.js';

/** Where a search is typed, with what it found. A script puts the results in place as one types. @param results null when nothing was typed */
export function searchPage(visit: Visit, typed: string, results: Results | null): string {
  const { base } = visit.site;
  return pageOf(
    <Layout
      visit={visit}
      area="archive"
      title={typed === '' ? 'Search the archive' : `Search: ${typed}`}
      {...(typed === '' && {
        description: 'Search the fine print of platforms: entities, documents, clauses and clause types.',
      })}
      wide
    >
      <h1>Search the archive</h1>
      <form class="search" role="search" action={`${base}/search`}>
        <label for="q">Entity, document, clause or clause type, or an id such as CA-P-002547</label>
        <div class="search-line">
          <input
            id="q"
            type="search"
            name="q"
            value={typed}
            maxLength={200}
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            data-search="live"
            data-hx-get={`${base}/search?part=results`}
            data-hx-trigger="input changed delay:120ms, search"
            data-hx-target="#results"
            data-hx-swap="innerHTML"
            data-hx-sync="this:replace"
          />
          <button type="submit">Search</button>
        </div>
        <p class="key-hint needs-script">
          <kbd>/</kbd> to type, <kbd>↓</kbd> and <kbd>↑</kbd> through the results, <kbd>Esc</kbd> back to the
          box
        </p>
      </form>
      <div id="results" class="found">
        {results === null ? (
          <Beginning base={base} />
        ) : (
          <SearchResults site={visit.site} typed={typed} {...results} />
        )}
      </div>
      <div class="needs-script">
        <SingleKeysSwitch />
      </div>
    </Layout>,
  );
}

/** What to do before anything was typed. */
export function Beginning({ base }: { base: string }) {
  return (
    <p>
      Type the beginning of any word. Or look through <a href={`${base}/entities`}>all entities</a> and{' '}
      <a href={`${base}/recent`}>what changed last</a>.
    </p>
  );
}
