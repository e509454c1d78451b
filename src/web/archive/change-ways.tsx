import type { ChangeContext, Neighbour } from '../../archive/change-context.service.js';
import type { Site } from '../frame/site.js';
import type { Visit } from '../frame/visit.js';
import type { DiffView } from '../parts/paragraph-diff.js';
import { SingleKeysSwitch } from '../parts/single-keys-switch.js';
import { Moment } from '../parts/words.js';

const views = [
  { view: 'inline', words: 'Inline', key: 'i' },
  { view: 'side', words: 'Side by side', key: 's' },
] as const;

/** The two ways to read the same change. */
export function DiffViews({ visit, path, view: current }: { visit: Visit; path: string; view: DiffView }) {
  return (
    <nav class="views" aria-label="Ways to read it">
      {views.map(({ view, words, key }) => (
        <a
          key={view}
          href={`${visit.site.base}${path}?view=${view}`}
          rel="nofollow"
          data-key={key}
          aria-current={view === current ? 'true' : undefined}
        >
          {words}
        </a>
      ))}
    </nav>
  );
}

/** What the same provision did before and after. */
export function Neighbours({
  site,
  former,
  latter,
}: { site: Site } & Pick<ChangeContext, 'former' | 'latter'>) {
  if (former === null && latter === null) return null;
  return (
    <nav class="neighbours" aria-label="Changes of this clause">
      {former !== null && <Way site={site} to={former} rel="prev" dataKey="[" words="Its change before" />}
      {latter !== null && <Way site={site} to={latter} rel="next" dataKey="]" words="Its next change" />}
    </nav>
  );
}

type WayProps = { site: Site; to: Neighbour; rel: string; dataKey: string; words: string };

function Way({ site, to, rel, dataKey, words }: WayProps) {
  return (
    <a
      href={`${site.base}/changes/${to.id}`}
      rel={rel}
      data-key={dataKey}
      class={`neighbour neighbour-${rel}`}
    >
      <span>{words}</span>
      <Moment at={to.time} />
    </a>
  );
}

const keys = [
  { keys: ['j', 'n'], words: 'Next changed paragraph' },
  { keys: ['k', 'p'], words: 'Changed paragraph before' },
  { keys: ['['], words: 'The clause’s change before' },
  { keys: [']'], words: 'The clause’s next change' },
  { keys: ['i'], words: 'Read it inline' },
  { keys: ['s'], words: 'Read it side by side' },
  { keys: ['?'], words: 'Show these keys' },
] as const;

/** The keys of the page, for whoever has a script. */
export function ChangeKeys() {
  return (
    <>
      <button type="button" class="keys-button quiet needs-script" data-opens="keys">
        Keys <kbd>?</kbd>
      </button>
      <dialog id="keys" class="keys" aria-labelledby="keys-title">
        <h2 id="keys-title">Keys</h2>
        <dl>
          {keys.map((one) => (
            <div key={one.words}>
              <dt>
                {one.keys.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{one.words}</dd>
            </div>
          ))}
        </dl>
        <SingleKeysSwitch />
        <button type="button" class="quiet" data-closes>
          Close
        </button>
      </dialog>
    </>
  );
}
