import { z } from 'zod';

const Time = z.iso.datetime().nullable();

const LaneView = z.object({
  due: z.int().describe('waiting to be sent, now or at a later time'),
  leased: z.int().describe('in the hands of a worker'),
  dead: z.int().describe('given up'),
  oldestDueAt: Time,
  oldestDueSeconds: z
    .int()
    .nullable()
    .describe('how long the oldest has been due; 0 when it is due later, null when none waits'),
});
export type LaneView = z.infer<typeof LaneView>;

/** What the operator sees at a glance. */
export const Overview = z.object({
  generatedAt: z.iso.datetime(),
  queue: z.record(z.string(), LaneView).describe('by lane: each kind of channel that has destinations'),
  fanOut: z.object({
    revisionsOpen: z.int().describe('revisions that still take events'),
    revisionsToPlan: z.int().describe('settled revisions whose followers were not looked up yet'),
    rangesLeft: z.int().describe('slices of followers that are still to be matched'),
  }),
  rates: z
    .object({
      changesPerHour: z.int(),
      alertsPerHour: z.int(),
      deliveredPerHour: z.int(),
      failedAttemptsPerHour: z.int(),
    })
    .describe('over the last hour'),
  mailsRefused: z
    .int()
    .describe(
      'mails of the last 24 hours that a mail server took on and then refused by policy, as reported: reputation, block lists',
    ),
  disabledDestinations: z
    .array(
      z.object({ id: z.string(), accountId: z.string(), kind: z.string(), reason: z.string().nullable() }),
    )
    .describe('the newest, at most 100'),
  disabledDestinationCount: z.int().describe('how many there are in all'),
  suppressed: z
    .object({
      silent: z.int().describe('recorded with --silent'),
      late: z.int().describe('older than what was known'),
      flapping: z.int().describe('moves of a provision that goes back and forth, after that was told'),
      reverted: z.int().describe('went back before anybody was told, or are the way back themselves'),
      retracted: z.int().describe('were taken back by the archive before anybody was told'),
      cosmetic: z.int().describe('the same words: alerted only where a rule asks for it'),
      unmatched: z.int().describe('their revision was matched, and nobody wanted any of it'),
    })
    .describe('changes of the last 24 hours, each counted under the first reason that holds'),
  lostDocuments: z
    .object({
      unverified: z.int().describe('not looked at for too long'),
      unreachable: z.int().describe('looked for, and out of sight for too long'),
    })
    .describe('documents that the archive lost sight of, followed or not'),
  accounts: z.object({ free: z.int(), watcher: z.int(), professional: z.int() }).describe('by tier'),
});
export type Overview = z.infer<typeof Overview>;
