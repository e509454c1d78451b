import { Inject, Injectable } from '@nestjs/common';
import { ChannelRegistry } from '../channels/registry.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { LOGGER, type Logger } from '../platform/logger.js';
import { TicketBus, type Lane, type Stop } from '../tickets/ticket-bus.js';
import { LaneWorker } from './lane-worker.js';
import { OutcomeRecorder } from './outcome-recorder.js';
import { Sender } from './sender.js';

/** Attempts of one lane that one process makes at a time. */
const slots = 64;

/** One worker a lane: lanes never wait for each other. */
@Injectable()
export class DeliveryWorkers {
  private readonly recorder: OutcomeRecorder;

  constructor(
    private readonly channels: ChannelRegistry,
    private readonly bus: TicketBus,
    private readonly database: Database,
    private readonly sender: Sender,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    this.recorder = new OutcomeRecorder(database);
  }

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
      await Promise.all(stops.map((stop) => stop()));
    };
  }

  worker(lane: Lane): LaneWorker {
    return new LaneWorker(lane, slots, this.database, this.sender, this.recorder, this.clock, this.log);
  }
}
