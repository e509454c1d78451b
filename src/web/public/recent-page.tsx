import type { RecentChange } from '../../archive/recent-changes.service.js';
import type { Page } from '../../platform/http/page.js';
import { SelectField, TextField } from '../form/field.js';
import { Layout, pageOf } from '../frame/layout.js';
import type { Visit } from '../frame/visit.js';
import { LinkPreview } from '../parts/link-preview.js';
import { Pager } from '../parts/pager.js';
import { ChangesByDay } from './change-rows.js';

const title = 'Recent changes';
const description = 'What changed of late in the terms and policies of platforms, newest first.';

/** What the list is narrowed to; empty for no filter. */
export type RecentFilter = { severity: string; direction: string; clauseType: string; entity: string };

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

/** Changes by day, newest first. */
export function recentPage(visit: Visit, filter: RecentFilter, page: Page<RecentChange>): string {
  const { base } = visit.site;
  const isFiltered = Object.values(filter).some((value) => value !== '');
  const next = page.nextCursor && `${base}/recent?${queryOf({ ...filter, cursor: page.nextCursor })}`;
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
        <TextField
          name="clause-type"
          label="Clause type"
          value={filter.clauseType}
          maxLength={200}
          placeholder="arbitration"
        />
        <TextField
          name="entity"
          label="Entity’s id"
          value={filter.entity}
          maxLength={200}
          placeholder="amazon"
        />
        <p class="filters-go">
          <button class="quiet">Show</button>
          {isFiltered && <a href={`${base}/recent`}>All</a>}
        </p>
      </form>
      {page.items.length === 0 && (
        <p class="empty">
          {isFiltered ? 'No change is like that. Take a filter away.' : 'Nothing has changed yet.'}
        </p>
      )}
      <ChangesByDay site={visit.site} changes={page.items} />
      <Pager href={next} words="Earlier changes" />
    </Layout>,
  );
}

function queryOf({
  severity,
  direction,
  clauseType,
  entity,
  cursor,
}: RecentFilter & { cursor: string }): string {
  const all = { severity, direction, 'clause-type': clauseType, entity, cursor };
  return new URLSearchParams(Object.entries(all).filter(([, value]) => value !== '')).toString();
}
