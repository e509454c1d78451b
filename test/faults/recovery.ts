import type { Member } from './fleet.js';
import type { Stage } from './stage.js';
import { until } from './wait.js';

/**
 * Resolves once each process answers `/health/ready` and each worker finishes deliveries again: new ones are made until it
 * does, since one worker may be quick enough to leave none to the other.
 *
 * @param web takes the events
 * @returns after how many seconds
 */
export async function recovered(
  stage: Stage,
  web: Member,
  workers: readonly Member[],
  { seconds }: { seconds: number },
): Promise<number> {
  const before = new Map<Member, number>();
  let looks = 0;
  return until(
    stage,
    'all processes work again',
    async () => {
      const healthy = await Promise.all(stage.fleet.members.map((member) => member.isHealthy()));
      if (healthy.includes(false)) return false;
      // A look is 100 ms: a few posts a second are load enough. Several at once leave none of the workers without.
      if (looks++ % 10 === 0) await Promise.all(workers.map(() => stage.post(web)));
      const works = await Promise.all(
        workers.map(async (worker) => {
          const finished = await worker.finished();
          if (finished !== null && !before.has(worker)) before.set(worker, finished);
          return finished !== null && finished > (before.get(worker) ?? finished);
        }),
      );
      return !works.includes(false);
    },
    { seconds },
  );
}
