import type { INestApplicationContext } from '@nestjs/common';
import { CoverageFanOut } from './coverage/coverage-fan-out.js';
import { FanOut } from './alerts/fan-out.js';
import type { Role } from './config.js';
import { AttemptLog } from './deliveries/attempt-log.js';
import { DeliveryWorkers } from './deliveries/delivery-workers.js';
import type { Stop } from './tickets/ticket-bus.js';

/** Starts the work that the roles stand for. @returns stops taking work, and resolves when what is in flight is done */
export async function startRoles(app: INestApplicationContext, roles: readonly Role[]): Promise<Stop> {
  const stops: Stop[] = [];
  if (roles.includes('scheduler')) await app.get(AttemptLog).maintain();
  if (roles.includes('worker')) {
    stops.push(await app.get(FanOut).start());
    stops.push(await app.get(CoverageFanOut).start());
    stops.push(await app.get(DeliveryWorkers).start());
  }
  return async () => {
    await Promise.all(stops.map(async (stop) => stop()));
  };
}
