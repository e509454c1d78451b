import type { Severity } from '../../domain/severity.js';
import { dayWords, severityDots, severityWord } from '../../domain/wording.js';
import type { TrendsService } from '../../overview/trends.service.js';
import { BarStripsChart } from '../charts/bar-strips-chart.js';
import { ChartFigure } from '../charts/chart-figure.js';
import { StepAreaChart } from '../charts/step-area-chart.js';
import type { Site } from '../frame/site.js';
import { Day } from '../parts/words.js';

type Week = Awaited<ReturnType<TrendsService['weeks']>>[number];
type TrendsProps = { site: Site; following: { ofDocuments: number }; weeks: readonly Week[] };

const gravestFirst: readonly Severity[] = ['high', 'medium', 'low'];

/** How what is followed has moved in half a year: its exposure, and how often it changed. */
export function Trends({ site, following, weeks }: TrendsProps) {
  if (following.ofDocuments === 0) {
    return (
      <p class="note">
        You follow kinds of clauses across the archive: what they catch is in your{' '}
        <a href={`${site.base}/inbox`}>inbox</a>. Follow an entity or a document too, and you see here how its
        exposure moves.
      </p>
    );
  }
  return (
    <div class="trends">
      <ExposureFigure weeks={weeks} />
      <ChangesFigure weeks={weeks} />
    </div>
  );
}

function ExposureFigure({ weeks }: { weeks: readonly Week[] }) {
  const [first, last] = [weeks.at(0)?.exposure ?? 0, weeks.at(-1)?.exposure ?? 0];
  const went =
    last === first ? 'as half a year ago' : `${last > first ? 'up' : 'down'} from ${first} half a year ago`;
  return (
    <ChartFigure
      heading="Exposure of what you follow"
      note={`Summed over the clauses in force of the documents that you follow, by themselves or by their entity, and of single clauses that you follow: 1 for each rated low, 3 for medium, 9 for high. At the end of each week; now ${last}, ${went}.`}
      table={<ExposureTable weeks={weeks} />}
    >
      <StepAreaChart
        id="exposure"
        title="Exposure of what you follow, by week"
        description={`${first} in the week of ${dayWords(weeks[0]?.week ?? '')}, ${last} now. The figures are in the table below.`}
        weeks={weeks.map(({ week, exposure }) => ({ week, value: exposure }))}
      />
    </ChartFigure>
  );
}

function ChangesFigure({ weeks }: { weeks: readonly Week[] }) {
  const strips = gravestFirst.map((severity) => ({
    name: severityWord(severity),
    style: severity,
    mark: severityDots(severity),
    values: weeks.map((week) => week[severity]),
  }));
  const sums = strips.map(({ name, values }) => `${name}: ${values.reduce((sum, value) => sum + value, 0)}`);
  return (
    <ChartFigure
      heading="Changes by week"
      note="Of the same documents and clauses, each by the graver of its ratings before and after. Changes of form alone, and those that the archive took back, are left out."
      table={<ChangesTable weeks={weeks} />}
    >
      <BarStripsChart
        id="changes"
        title="Changes by week and severity"
        description={`In half a year, ${sums.join(', ')}. The figures are in the table below.`}
        weeks={weeks.map(({ week }) => week)}
        strips={strips}
      />
    </ChartFigure>
  );
}

function ExposureTable({ weeks }: { weeks: readonly Week[] }) {
  return (
    <table class="figures">
      <caption>Exposure at the end of each week, which begins on Monday in UTC, newest first</caption>
      <thead>
        <tr>
          <th scope="col">Week of</th>
          <th scope="col">Exposure</th>
        </tr>
      </thead>
      <tbody>
        {weeks.toReversed().map(({ week, exposure }) => (
          <tr key={week}>
            <th scope="row">
              <Day on={week} />
            </th>
            <td>{exposure}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ChangesTable({ weeks }: { weeks: readonly Week[] }) {
  return (
    <table class="figures">
      <caption>Changes of each week, which begins on Monday in UTC, newest first</caption>
      <thead>
        <tr>
          <th scope="col">Week of</th>
          {gravestFirst.map((severity) => (
            <th key={severity} scope="col">
              {severityWord(severity)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.toReversed().map((row) => (
          <tr key={row.week}>
            <th scope="row">
              <Day on={row.week} />
            </th>
            {gravestFirst.map((severity) => (
              <td key={severity}>{row[severity]}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
