import { Module, type Provider } from '@nestjs/common';
import { AlertNews } from '../alerts/alert-news.js';
import { AlertsModule } from '../alerts/alerts.module.js';
import { CoverageModule } from '../coverage/coverage.module.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { LOGGER, type Logger } from '../platform/logger.js';
import { Metrics } from '../platform/metrics.js';
import { SuppressionListModule } from '../suppressions/suppression-list.module.js';
import { SuppressionList } from '../suppressions/suppression-list.service.js';
import { AttemptLog } from './attempt-log.js';
import { DeadController } from './dead.controller.js';
import { DeadDeliveries } from './dead.service.js';
import { keepMessages } from './delivery-message.store.js';
import { DeliveryLog } from './delivery-log.service.js';
import { DeliveryController } from './delivery.controller.js';
import { DeliveryQueue } from './delivery-queue.js';
import { DeliveryWorkers } from './delivery-workers.js';
import { noteHealth } from './destination-health.js';
import { DestinationReportsService } from './destination-reports.service.js';
import { EndpointBreakers } from './endpoint-breakers.js';
import { EventTimes } from './event-times.js';
import { Pacer } from './pacer.js';
import { keepTold } from './told-part.store.js';
import { WORKER_PARTS, type WorkerParts } from './worker-parts.js';
import { holdOver } from './quiet-hold.store.js';
import { Messages } from './messages.js';
import { OutcomeRecorder } from './outcome-recorder.js';
import { Sender } from './sender.js';
import { ShownMessages } from './shown-messages.service.js';

const workerParts: Provider = {
  provide: WORKER_PARTS,
  useFactory: (
    database: Database,
    sender: Sender,
    clock: Clock,
    metrics: Metrics,
    log: Logger,
    suppressed: SuppressionList,
    shown: ShownMessages,
  ): WorkerParts => {
    const breakers = new EndpointBreakers(database, clock);
    metrics.showBreakers(() => breakers.open());
    const recorder = new OutcomeRecorder(
      database,
      clock,
      async (tx, endings) => {
        await noteHealth(tx, endings, clock.now());
        await keepMessages(tx, endings);
        await holdOver(tx, endings, clock.now());
        await keepTold(tx, endings);
        // What one destination's address told is so for all that have it.
        await suppressed.addGone(
          tx,
          endings.filter(({ disable, fault }) => disable && fault === 'destination'),
        );
      },
      (endings) => metrics.deliveries.recorded(endings),
    );
    const eventTimes = new EventTimes(database);
    const pacer = new Pacer(database, clock);
    return { database, sender, clock, metrics, log, recorder, breakers, eventTimes, pacer, shown };
  },
  inject: [Database, Sender, Clock, Metrics, LOGGER, SuppressionList, ShownMessages],
};

@Module({
  imports: [AlertsModule, CoverageModule, SuppressionListModule],
  controllers: [DeadController, DeliveryController],
  providers: [
    AttemptLog,
    DeadDeliveries,
    DeliveryLog,
    DeliveryQueue,
    DeliveryWorkers,
    DestinationReportsService,
    Messages,
    Sender,
    ShownMessages,
    workerParts,
  ],
  exports: [
    AttemptLog,
    DeadDeliveries,
    DeliveryLog,
    DeliveryQueue,
    DeliveryWorkers,
    DestinationReportsService,
    ShownMessages,
  ],
})
export class DeliveriesModule {
  constructor(news: AlertNews, shown: ShownMessages) {
    news.onAcknowledged((id) => void shown.refresh(id));
  }
}
