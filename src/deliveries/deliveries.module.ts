import { Module, type Provider } from '@nestjs/common';
import { AlertsModule } from '../alerts/alerts.module.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { LOGGER, type Logger } from '../platform/logger.js';
import { Metrics } from '../platform/metrics.js';
import { AttemptLog } from './attempt-log.js';
import { DeliveryController } from './delivery.controller.js';
import { DeliveryQueue } from './delivery-queue.js';
import { DeliveryWorkers } from './delivery-workers.js';
import { WORKER_PARTS, type WorkerParts } from './lane-worker.js';
import { Messages } from './messages.js';
import { OutcomeRecorder } from './outcome-recorder.js';
import { Sender } from './sender.js';

const workerParts: Provider = {
  provide: WORKER_PARTS,
  useFactory: (
    database: Database,
    sender: Sender,
    clock: Clock,
    metrics: Metrics,
    log: Logger,
  ): WorkerParts => ({
    database,
    sender,
    clock,
    metrics,
    log,
    recorder: new OutcomeRecorder(database),
  }),
  inject: [Database, Sender, Clock, Metrics, LOGGER],
};

@Module({
  imports: [AlertsModule],
  controllers: [DeliveryController],
  providers: [AttemptLog, DeliveryQueue, DeliveryWorkers, Messages, Sender, workerParts],
  exports: [AttemptLog, DeliveryQueue, DeliveryWorkers],
})
export class DeliveriesModule {}
