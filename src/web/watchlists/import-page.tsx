import { followKindWords } from '../../domain/watchlist-words.js';
import { plural } from '../../domain/wording.js';
import type { ImportResult } from '../../watchlists/portable.js';
import type { Faults } from '../form/faults.js';
import { TextArea } from '../form/field.js';
import { Form } from '../form/form.js';
import { Layout, pageOf } from '../frame/layout.js';
import type { Visit } from '../frame/visit.js';
import { Name } from '../parts/words.js';

/** Taking watchlists out, and in. @param text what was pasted and refused */
export function importPage(
  visit: Visit,
  { text, faults }: { text: string; faults: Faults | undefined },
): string {
  const { base } = visit.site;
  return pageOf(
    <Layout visit={visit} area="watchlists" title="Import and export">
      <p class="kicker">
        <a href={`${base}/watchlists`}>Watchlists</a>
      </p>
      <h1>Import and export</h1>
      <h2>Export</h2>
      <p>All your watchlists with what they follow.</p>
      <p class="ways">
        <a class="button quiet" href={`${base}/watchlists/export?format=csv`}>
          Download CSV
        </a>
        <a class="button quiet" href={`${base}/watchlists/export?format=json`}>
          Download JSON
        </a>
      </p>
      <h2>Import</h2>
      <p>
        The same formats, up to 1 MiB. You see what would change before anything does. A watchlist of the same
        name is changed, any other is added; follows are added, and none is taken away.
      </p>
      {faults && (
        <div class="faults" role="alert" tabIndex={-1} autofocus>
          <p>{faults.fields.length > 0 ? 'Nothing was taken in. In the file:' : faults.words}</p>
          {faults.fields.length > 0 && (
            <ul>
              {faults.fields.map(({ path, message }) => (
                <li key={path + message}>
                  <strong>
                    <bdi>{path}</bdi>
                  </strong>
                  : {message}
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
      <Form visit={visit} action="/watchlists/import" enctype="multipart/form-data">
        <div class="field">
          <label for="file">A file</label>
          <input type="file" id="file" name="file" accept=".csv,.json,text/csv,application/json" />
        </div>
        <TextArea name="text" label="Or paste it" rows={8} spellcheck={false} value={text} />
        <button>See what would change</button>
      </Form>
      <details class="by-key">
        <summary>What a CSV file holds</summary>
        <p>
          A line for each follow, with the columns <code>watchlist</code>, <code>follow_kind</code> and{' '}
          <code>follow_key</code>. Kinds are {Object.keys(followKindWords).join(', ')}. An export shows the
          columns that set a watchlist’s rule, rhythm and destinations; each may be left out.
        </p>
        <pre class="code">
          {'watchlist,follow_kind,follow_key\nCloud terms,entity,amazon\nCloud terms,document,CA-D-00028'}
        </pre>
      </details>
    </Layout>,
  );
}

const changedWords = {
  rule: 'its rule',
  cadence: 'when it tells',
  confirmAfter: 'how long it waits',
  destinationIds: 'where it tells',
} as const;

/** What an import would do, before it does. @param data what is to be taken in, as JSON */
export function previewPage(visit: Visit, data: string, { watchlists }: ImportResult): string {
  const { base } = visit.site;
  const isIdle = watchlists.every(({ action }) => action === 'keep');
  const count = (wanted: string) => watchlists.filter(({ action }) => action === wanted).length;
  return pageOf(
    <Layout visit={visit} area="watchlists" title="What the import changes">
      <h1>{isIdle ? 'Nothing to change' : 'What the import changes'}</h1>
      {isIdle ? (
        <p>Everything in the file is here already.</p>
      ) : (
        <p class="lead">
          {plural(count('add'), 'watchlist is', 'watchlists are')} added, {count('change')} changed,{' '}
          {count('keep')} kept as {count('keep') === 1 ? 'it is' : 'they are'}.
        </p>
      )}
      <table>
        <caption class="unseen">By watchlist</caption>
        <thead>
          <tr>
            <th scope="col">Watchlist</th>
            <th scope="col">What happens</th>
            <th scope="col">Follows</th>
          </tr>
        </thead>
        <tbody>
          {watchlists.map((one, index) => (
            <tr key={index}>
              <th scope="row">
                <Name text={one.name} />
              </th>
              <td>
                {doneWords(one)}
                {one.destinationsLeftOut > 0 && (
                  <span class="hint">
                    {plural(one.destinationsLeftOut, 'destination', 'destinations')} in the file{' '}
                    {one.destinationsLeftOut === 1 ? 'is' : 'are'} not yours, and left out.
                  </span>
                )}
              </td>
              <td>
                {one.followsAdded > 0 ? `+${one.followsAdded}` : 'none new'}
                {one.followsKept > 0 && <span class="hint">{one.followsKept} followed already</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {isIdle ? (
        <p class="ways">
          <a href={`${base}/watchlists`}>Back to your watchlists</a>
        </p>
      ) : (
        <Form visit={visit} action="/watchlists/import" enctype="multipart/form-data">
          <input type="hidden" name="data" value={data} />
          <p class="ways">
            <button>Import it</button>
            <a href={`${base}/watchlists/import`}>Cancel</a>
          </p>
        </Form>
      )}
    </Layout>,
  );
}

function doneWords({ action, changed }: ImportResult['watchlists'][number]): string {
  if (action === 'add') return 'Added';
  if (action === 'keep') return 'Stays as it is';
  return changed.length === 0
    ? 'Follows more'
    : `Changes ${changed.map((one) => changedWords[one]).join(', ')}`;
}
