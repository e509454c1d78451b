import { setTimeout as delay } from 'node:timers/promises';
import type { Stage } from './stage.js';
import { isWhole } from './size.js';

const lookMs = 100;
/** Looks without a receipt after which what was leased long ago is in hands that do not use it. */
const idleLooks = 20;

/**
 * Resolves when `condition` holds.
 *
 * @returns how long that took, in seconds
 * @throws Error with what the processes logged, when it does not come to pass
 */
export async function until(
  stage: Stage,
  what: string,
  condition: () => boolean | Promise<boolean>,
  { seconds, everyMs = lookMs }: { seconds: number; everyMs?: number },
): Promise<number> {
  const startedAt = performance.now();
  const passed = () => (performance.now() - startedAt) / 1_000;
  while (!(await condition())) {
    if (passed() > seconds) throw new Error(`${what}: not within ${seconds} s\n${await account(stage)}`);
    await delay(everyMs);
  }
  return passed();
}

/**
 * Resolves once all that was posted is delivered.
 *
 * @param lostUntil leases that were taken until then may be lost to their holders: the short form, which has no time to
 * wait until they run out, ends them when nothing comes any more
 */
export async function untilDelivered(
  stage: Stage,
  { seconds, lostUntil }: { seconds: number; lostUntil?: Date },
): Promise<number> {
  let received = -1;
  let idle = 0;
  return until(
    stage,
    'all is delivered',
    async () => {
      const now = stage.sinks.receipts.all.length;
      idle = now === received ? idle + 1 : 0;
      received = now;
      if (lostUntil !== undefined && !isWhole && idle > idleLooks) {
        await stage.ledger.endLeasesUntil(lostUntil);
        idle = 0;
      }
      return (await stage.ledger.countDelivered()) >= stage.due;
    },
    { seconds },
  );
}

/** How things stand: for whoever reads why a scenario failed. */
async function account({ ledger, fleet, sinks }: Stage): Promise<string> {
  const states = await ledger.countStates().catch((error: Error) => error.message);
  const lines = fleet.members.map(
    (member) => `${member.name}${member.isGone ? ' (gone)' : ''}: ${JSON.stringify(member.complaints())}`,
  );
  return [`received ${sinks.receipts.all.length}; ledger ${JSON.stringify(states)}`, ...lines].join('\n');
}
