import { count, duration } from '../format.js';
import type { Row } from '../row.js';
import { median } from '../statistics.js';
import { runs } from './runs.js';

/** What the first delivery of a revision costs on each channel; the others of it are only filled in. */
export const rendering: Row = {
  name: 'rendering',
  about: 'rendering of distinct revisions on every channel',
  async run(stage) {
    const { renderedRevisions } = stage.scale;
    const measured = await runs(stage, async () => {
      const program = await stage.remote('rendering', { revisions: renderedRevisions });
      const spent = await program.run();
      await program.end();
      return spent;
    });
    const channels = Object.keys(measured[0] ?? {});
    const perItem = channels.map((channel) => {
      const ms = median(measured.map((spent) => spent[channel] ?? 0));
      return `${channel} ${duration(ms)}`;
    });
    return [
      {
        row: `rendering of ${count(renderedRevisions)} revisions × ${channels.length} channels`,
        measured: perItem.join(', '),
        bare: '—',
        ratios: [],
        goal: 'reported',
        met: null,
        note: 'Milliseconds an item: the template of a revision, and one recipient filled in.',
        runs: measured,
      },
    ];
  },
};
