import { sentence } from '../../domain/sentence.js';
import { Problem, type Fault } from '../../platform/http/problem.js';

/** What was wrong with a form that came back: words for all of it, and what is wrong with which field. */
export type Faults = { status: number; words: string; fields: readonly Fault[] };

/**
 * The faults of a form that a service refused, to show it once more as it was filled in.
 *
 * @param error what the service threw
 * @param fieldOf the form's field for a path of the request, such as `rule.minSeverity`; the path itself unless given
 * @throws the error, unless it is the sender's to mend
 */
export function formFaults(error: unknown, fieldOf: (path: string) => string = (path) => path): Faults {
  if (!(error instanceof Problem) || ![400, 403, 409, 422, 429].includes(error.status)) throw error;
  const fields = (error.faults ?? []).map(({ path, message }) => ({ path: fieldOf(path), message }));
  const words = fields.length > 0 ? 'Some of it is not right yet:' : error.message;
  return { status: error.status, words, fields };
}

export function faultsOf(faults: Faults | undefined, field: string): string[] {
  return (faults?.fields ?? []).filter(({ path }) => path === field).map(({ message }) => sentence(message));
}

/** Above a form that came back, and where its reader goes on from: what is wrong, with links to where. */
export function FaultSummary({
  faults,
  labels,
}: {
  faults: Faults | undefined;
  labels: Readonly<Record<string, string>>;
}) {
  if (!faults) return null;
  return (
    <div class="faults" role="alert" tabIndex={-1} autofocus>
      <p>{faults.words}</p>
      {faults.fields.length > 0 && (
        <ul>
          {faults.fields.map(({ path, message }) => (
            <li key={path + message}>
              <a href={`#${path}`}>{labels[path] ?? path}</a>: {message}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
