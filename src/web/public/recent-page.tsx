import type { RecentChange } from '../../archive/recent-changes.service.js';
import type { Page } from '../../platform/http/page.js';
import { SelectField } from '../form/field.js';
import { Layout, pageOf } from '../frame/layout.js';
import type { Visit } from '../frame/visit.js';
import { LinkPreview } from '../parts/link-preview.js';
import { Pager } from '../parts/pager.js';
import { ChangesByDay } from './change-rows.js';
import { NameField } from './name-field.js';
import { NarrowedTo } from './narrowed-to.js';
import { isClear, isNarrowed, recentQuery, type RecentFilter } from './recent-filter.js';

const title = 'Recent changes';
const description = 'What changed lately in the terms and policies of platforms, newest first.';

const severities = [
  { value: '', words: 'Any' },
  { value: 'high', words: 'High' },
  { value: 'medium', words: 'Medium' },
  { value: 'low', words: 'Low' },
];
const directions = [
  { value: '', words: 'Any' },
  { value: 'rise', words: 'Rose' },
  { value: 'fall', words: 'Fell' },
  { value: 'same', words: 'Same rating' },
];

/** Changes by day, newest first. @param mayBrowse whether names of the archive are offered as one types */
export function recentPage(
  visit: Visit,
  filter: RecentFilter,
  page: Page<RecentChange>,
  mayBrowse: boolean,
): string {
  const { base } = visit.site;
  const isFiltered = isNarrowed(filter);
  const next = page.nextCursor && `${base}/recent${recentQuery(filter, { cursor: page.nextCursor })}`;
  const offers = mayBrowse ? `${base}/recent/names` : null;
  return pageOf(
    <Layout
      visit={visit}
      area="public"
      title={title}
      {...(!isFiltered && { description })}
      wide
      head={
        <LinkPreview visit={visit} title={title} description={description} path="/recent" type="website" />
      }
    >
      <h1>{title}</h1>
      <form class="filters" method="get" action={`${base}/recent`} role="search">
        <SelectField name="severity" label="Severity" value={filter.severity} choices={severities} />
        <SelectField name="direction" label="Direction" value={filter.direction} choices={directions} />
        <NameField
          name="clause-type"
          label="Clause type"
          placeholder="arbitration"
          filter={filter.clauseType}
          offers={offers}
        />
        <NameField name="entity" label="Entity" placeholder="Amazon" filter={filter.entity} offers={offers} />
        <p class="filters-go">
          <button class="quiet">Show</button>
          {isFiltered && <a href={`${base}/recent`}>All</a>}
        </p>
      </form>
      <NarrowedTo site={visit.site} filter={filter} />
      {page.items.length === 0 && isClear(filter) && (
        <p class="empty">
          {isFiltered ? 'No change matches. Take a filter away.' : 'Nothing has changed yet.'}
        </p>
      )}
      <ChangesByDay site={visit.site} changes={page.items} />
      <Pager href={next} words="Earlier changes" />
    </Layout>,
  );
}
