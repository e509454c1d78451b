import type { Clock } from '../platform/clock.js';
import type { Database } from '../platform/database.js';
import type { Logger } from '../platform/logger.js';
import type { Metrics } from '../platform/metrics.js';
import type { EndpointBreakers } from './endpoint-breakers.js';
import type { EventTimes } from './event-times.js';
import type { OutcomeRecorder } from './outcome-recorder.js';
import type { Pacer } from './pacer.js';
import type { Sender } from './sender.js';
import type { ShownMessages } from './shown-messages.service.js';

/** The injection token of the WorkerParts. */
export const WORKER_PARTS = Symbol('WORKER_PARTS');

/** What the workers of all lanes share. */
export type WorkerParts = {
  database: Database;
  sender: Sender;
  recorder: OutcomeRecorder;
  breakers: EndpointBreakers;
  eventTimes: EventTimes;
  pacer: Pacer;
  shown: ShownMessages;
  clock: Clock;
  metrics: Metrics;
  log: Logger;
};
