import { defineConfig } from 'vitest/config';

/** What fills the machine by itself, or measures how fast it is. */
const alone = ['test/faults/worker-kills.test.ts', 'test/faults/held-transaction.test.ts'];

/** Pure parts that are tried on generated cases: `npm test` runs a hundred of each, this run ten thousand. */
const properties = [
  'digest-window',
  'net-change',
  'past-content',
  'quiet-hours',
  'standing-changes',
  'window-begin',
];

/** The whole forms of the scenarios; `npm test` runs the short ones. */
export default defineConfig({
  test: {
    globalSetup: ['test/faults/global-setup.ts'],
    provide: { faults: 'whole' },
    pool: 'forks',
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: { name: 'alone', include: alone, maxWorkers: 1, sequence: { groupOrder: 0 } },
      },
      {
        // Most of their time goes by in waiting, for a lease to run out or a process to start.
        extends: true,
        test: {
          name: 'side by side',
          include: ['test/faults/*.test.ts'],
          exclude: alone,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'properties',
          include: properties.map((name) => `test/domain/${name}.test.ts`),
          setupFiles: ['test/faults/many-cases.ts'],
          testTimeout: 600_000,
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
