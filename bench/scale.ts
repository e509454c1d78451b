/** How large each row is. */
export type Scale = {
  name: 'full' | 'quick';
  /** How often each row is run; the rows that say otherwise in the table excepted. */
  runs: number;
  fanOutFollowers: number;
  webhookDeliveries: number;
  mails: number;
  /** A plain pool takes minutes for what a bare connection takes seconds for: its speed shows in fewer. */
  pooledMails: number;
  renderedRevisions: number;
  endToEndEvents: number;
  busyFollowers: number;
  intakeBatches: number;
  /** Changes that are looked back on; a multiple of 1,000. */
  pastChanges: number;
  memoryFollowers: number;
  memoryMs: number;
  /** Followers at which the cost of a delivery is compared. */
  costFollowers: readonly number[];
  hangingFollowers: number;
  /** When a worker that waits for endpoints that hang is waited for no longer. */
  hangingLimitMs: number;
};

export const full: Scale = {
  name: 'full',
  runs: 3,
  fanOutFollowers: 1_000_000,
  webhookDeliveries: 100_000,
  mails: 20_000,
  pooledMails: 5_000,
  renderedRevisions: 1_000,
  endToEndEvents: 200,
  busyFollowers: 1_000_000,
  intakeBatches: 100,
  pastChanges: 100_000,
  memoryFollowers: 1_000_000,
  memoryMs: 60_000,
  costFollowers: [10_000, 100_000, 1_000_000, 5_000_000],
  hangingFollowers: 100_000,
  hangingLimitMs: 90_000,
};

/** Every row within two minutes together: its ratios are rough. */
export const quick: Scale = {
  name: 'quick',
  runs: 1,
  fanOutFollowers: 50_000,
  webhookDeliveries: 10_000,
  mails: 1_000,
  pooledMails: 300,
  renderedRevisions: 100,
  endToEndEvents: 40,
  busyFollowers: 50_000,
  intakeBatches: 20,
  pastChanges: 20_000,
  memoryFollowers: 50_000,
  memoryMs: 6_000,
  costFollowers: [10_000, 50_000],
  hangingFollowers: 10_000,
  hangingLimitMs: 12_000,
};
