import type { RecentChange } from '../../archive/recent-changes.service.js';
import { dayWords } from '../../domain/wording.js';
import type { Site } from '../frame/site.js';
import { SeverityMove } from '../parts/severity.js';
import { Moment, Name } from '../parts/words.js';

/** Changes in their order. */
export function ChangeRows({ site, changes }: { site: Site; changes: readonly RecentChange[] }) {
  return (
    <ol class="changes">
      {changes.map((change) => (
        <ChangeRow key={change.id} site={site} {...change} />
      ))}
    </ol>
  );
}

/** The same under the days (UTC) on which they were seen. */
export function ChangesByDay({ site, changes }: { site: Site; changes: readonly RecentChange[] }) {
  const days: { day: string; changes: RecentChange[] }[] = [];
  for (const change of changes) {
    const day = change.time.slice(0, 10);
    const last = days.at(-1);
    if (last?.day === day) last.changes.push(change);
    else days.push({ day, changes: [change] });
  }
  return (
    <>
      {days.map((one) => (
        <section key={one.day}>
          <h2 class="day">
            <time dateTime={one.day}>{dayWords(one.day)}</time>
          </h2>
          <ChangeRows site={site} changes={one.changes} />
        </section>
      ))}
    </>
  );
}

function ChangeRow({ site, ...change }: RecentChange & { site: Site }) {
  const { id, entity, document, provision, delta, time } = change;
  const state = change.retracted
    ? 'Retracted'
    : change.reverted
      ? 'Went back'
      : change.late
        ? 'Came late'
        : null;
  return (
    <li>
      <a href={`${site.base}/changes/${id}`}>
        <Name text={provision.title} />
      </a>
      <SeverityMove delta={delta} />
      <p class="aside">
        <Name text={entity.name} />, <Name text={document.title} />, <Moment at={time} />
        {state !== null && <span class="tag">{state}</span>}
      </p>
    </li>
  );
}
