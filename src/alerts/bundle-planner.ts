import { Injectable } from '@nestjs/common';
import { advisoryLocks } from '../platform/advisory-locks.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { TicketBus } from '../tickets/ticket-bus.js';
import { endAllOver, openHeartbeats, setWindows, takeToPlan } from './bundle-plan.store.js';
import { windowsOf } from './bundle-windows.js';
import { everyChannelTiers, heldCadences } from './held-cadences.js';

/** Bundles that one transaction plans. */
const atATime = 500;

/** Keeps the windows of digests and quiet hours going, whoever opened or moved them. Safe to run in many processes. */
@Injectable()
export class BundlePlanner {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly bus: TicketBus,
  ) {}

  /** Ends what is over, and plans what has no end. */
  async plan(): Promise<void> {
    await endAllOver(this.database, this.clock.now());
    while ((await this.planSome()) === atATime);
  }

  /** Opens the digests that come even when nothing changed, as long as nobody has: each window's soon after it has begun. */
  async openHeartbeats(): Promise<void> {
    await endAllOver(this.database, this.clock.now());
    const terms = { heldCadences, everyChannelTiers };
    await this.database.transaction(async (tx) =>
      openHeartbeats(tx, terms, this.clock.now(), advisoryLocks.erasure),
    );
    await this.plan();
  }

  /** @returns how many were planned */
  private async planSome(): Promise<number> {
    const { planned, lanes } = await this.database.transaction(async (tx) => {
      const now = this.clock.now();
      const bundles = await takeToPlan(tx, atATime);
      const windows = windowsOf(bundles, now);
      if (windows.length > 0) await setWindows(tx, windows, now);
      const due = windows.filter(({ untilAt }) => untilAt <= now);
      return { planned: windows.length, lanes: [...new Set(due.map(({ lane }) => lane))] };
    });
    if (lanes.length > 0) await this.bus.publish(lanes.map((lane) => ({ lane })));
    return planned;
  }
}
