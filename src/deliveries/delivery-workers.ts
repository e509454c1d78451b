import { Inject, Injectable } from '@nestjs/common';
import type { Channel } from '../channels/channel.js';
import { ChannelRegistry } from '../channels/registry.js';
import { TicketBus, type Stop } from '../tickets/ticket-bus.js';
import { LaneWorker } from './lane-worker.js';
import { WORKER_PARTS, type WorkerParts } from './worker-parts.js';

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
      this.channels.all.map(async (channel): Promise<Stop> => {
        const worker = this.worker(channel);
        // A second ring while it works makes it look at once.
        const stop = await this.bus.consume(channel.kind, { maxInFlight: 2 }, async (_ticket, { signal }) =>
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

  worker(channel: Channel): LaneWorker {
    return new LaneWorker(channel, this.parts);
  }
}
