import { Inject, Injectable } from '@nestjs/common';
import { ChannelRegistry } from '../channels/registry.js';
import { TicketBus, type Lane, type Stop } from '../tickets/ticket-bus.js';
import { LaneWorker, WORKER_PARTS, type WorkerParts } from './lane-worker.js';

/** Attempts of one lane that one process makes at a time. */
const slots = 64;

/** One worker a lane: lanes never wait for each other. */
@Injectable()
export class DeliveryWorkers {
  constructor(
    private readonly channels: ChannelRegistry,
    private readonly bus: TicketBus,
    @Inject(WORKER_PARTS) private readonly parts: WorkerParts,
  ) {}

  /** @returns stops claiming, then waits for what is in flight */
  async start(): Promise<Stop> {
    const stops = await Promise.all(
      this.channels.kinds.map(async (lane): Promise<Stop> => {
        const worker = this.worker(lane);
        const stop = await this.bus.consume(lane, { maxInFlight: 1 }, async (_ticket, { signal }) =>
          worker.run(signal),
        );
        return async () => {
          await stop();
          await worker.drain();
        };
      }),
    );
    return async () => {
      await Promise.all(stops.map(async (stop) => stop()));
    };
  }

  worker(lane: Lane): LaneWorker {
    return new LaneWorker(lane, slots, this.parts);
  }
}
