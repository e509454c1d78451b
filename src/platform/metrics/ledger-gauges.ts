import { Gauge, type Registry } from 'prom-client';
import type { Latest } from './latest.js';

/** How things stand in the ledger. */
export type LedgerState = {
  queue: readonly { lane: string; due: number; oldestSeconds: number }[];
  /** Documents that the archive lost sight of. */
  lost: readonly { cause: string; documents: number }[];
  /** What is left to do before deliveries are made. */
  before: { rangesLeft: number; settleSeconds: number; planSeconds: number };
};

type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

/**
 * Gauges of what stands in the ledger: alike in all processes, and left out while the database does not answer.
 *
 * @param lanes those that are shown though nothing is due there
 */
export function showLedger(registry: Registry, ledger: Latest<LedgerState>, lanes: readonly string[]): void {
  const gauge = (name: string, help: string, labelNames: string[], of: (state: LedgerState) => Sample[]) =>
    new Gauge({
      name,
      help,
      labelNames,
      registers: [registry],
      async collect() {
        const state = await ledger.read();
        this.reset();
        if (state !== null) for (const [labels, value] of of(state)) this.set(labels, value);
        // Without labels, a reset leaves a zero.
        else if (labelNames.length === 0) this.remove();
      },
    });
  const byLane = (state: LedgerState, valueOf: (lane: LedgerState['queue'][number]) => number) =>
    [...new Set([...lanes, ...state.queue.map(({ lane }) => lane)])].map((lane): Sample => {
      const queued = state.queue.find((row) => row.lane === lane);
      return [{ lane }, queued ? valueOf(queued) : 0];
    });

  gauge(
    'tocsin_deliveries_due',
    'Deliveries that wait for an attempt, now or later, or have one under way; an estimate when there are many',
    ['lane'],
    (state) => byLane(state, ({ due }) => due),
  );
  gauge(
    'tocsin_oldest_due_seconds',
    'How long the oldest delivery has been due, whether a worker is about to come to it or not',
    ['lane'],
    (state) => byLane(state, ({ oldestSeconds }) => oldestSeconds),
  );
  gauge(
    'tocsin_fan_out_ranges_left',
    'Ranges of accounts that are still to be fanned out to',
    [],
    (state) => [[{}, state.before.rangesLeft]],
  );
  gauge('tocsin_documents_lost', 'Documents that the archive lost sight of', ['cause'], ({ lost }) =>
    ['unverified', 'unreachable'].map((cause): Sample => [
      { cause },
      lost.find((row) => row.cause === cause)?.documents ?? 0,
    ]),
  );
  gauge(
    'tocsin_revision_wait_seconds',
    'How long the oldest revision has waited that should have been settled, or planned, by now',
    ['for'],
    ({ before }) => [
      [{ for: 'settling' }, before.settleSeconds],
      [{ for: 'planning' }, before.planSeconds],
    ],
  );
}
