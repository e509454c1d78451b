import type { ChangeContext } from '../../archive/change-context.service.js';
import type { Exposure } from '../../domain/alert-content.js';
import type { ChangeRecord } from '../../domain/change-view.js';
import { standingMove } from '../../domain/standing-words.js';
import { exposureWords, standingSentence } from '../../domain/wording.js';

import { Name } from '../parts/words.js';

/** What a change means beyond its words: the weight of all clauses in force, and the place among others. */
export function ChangeMeaning({
  change,
  standing,
}: {
  change: ChangeRecord;
  standing: ChangeContext['standing'];
}) {
  const { document, entity, exposure, delta } = change;
  const most = Math.max(
    1,
    ...[exposure.document, exposure.entity].flatMap(({ before, after }) => [before, after]),
  );
  const move = standingMove(standing.before, standing.after);
  return (
    <section class="meaning" aria-labelledby="meaning">
      <h2 id="meaning">What it means</h2>
      <table class="weights">
        <caption>Exposure: 1 for each clause in force that is rated low, 3 for medium, 9 for high.</caption>
        <thead class="unseen">
          <tr>
            <th scope="col">Of</th>
            <th scope="col">Before and after</th>
          </tr>
        </thead>
        <tbody>
          <Weight scope="This document" name={document.title} of={exposure.document} most={most} />
          <Weight scope="All documents" name={entity.name} of={exposure.entity} most={most} />
        </tbody>
      </table>
      <h3>Standing</h3>
      {move !== null && <p>{move}</p>}
      {delta.after !== null && (
        <p class={move === null ? undefined : 'aside'}>
          {move !== null && <strong>When it changed. </strong>}
          {standingSentence(change.standing)}
        </p>
      )}
    </section>
  );
}

function Weight({ scope, name, of, most }: { scope: string; name: string; of: Exposure; most: number }) {
  return (
    <tr>
      <th scope="row">
        {scope}
        <span class="aside">
          <Name text={name} />
        </span>
      </th>
      <td>
        <span class="weight-words">{exposureWords(of)}</span>
        <svg
          class="weight"
          viewBox="0 0 100 14"
          preserveAspectRatio="none"
          aria-hidden="true"
          focusable="false"
        >
          <rect class="weight-before" x="0" y="1" width={share(of.before, most)} height="5" />
          <rect class="weight-after" x="0" y="8" width={share(of.after, most)} height="5" />
        </svg>
      </td>
    </tr>
  );
}

function share(part: number, most: number): number {
  return Math.round((Math.max(0, part) / most) * 1_000) / 10;
}
