import { defineConfig } from 'vitest/config';

/** What fills the machine by itself, or measures how fast it is. */
const alone = ['test/faults/worker-kills.test.ts', 'test/faults/held-transaction.test.ts'];

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
    ],
  },
});
