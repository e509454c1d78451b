import type { ComponentChildren } from 'preact';

type ChartFigure = {
  /** What is shown, as the heading over it. */
  heading: string;
  /** What exactly is counted. */
  note: ComponentChildren;
  /** The chart itself. */
  children: ComponentChildren;
  /** The same as a table, for whoever wants the figures. */
  table: ComponentChildren;
};

/** A chart under its heading, with what it counts, and the figures behind it. */
export function ChartFigure({ heading, note, children, table }: ChartFigure) {
  return (
    <figure class="chart-figure">
      <figcaption>
        <h2>{heading}</h2>
        <p class="aside">{note}</p>
      </figcaption>
      {children}
      <details class="behind">
        <summary>
          The figures<span class="unseen">: {heading}</span>
        </summary>
        {table}
      </details>
    </figure>
  );
}
