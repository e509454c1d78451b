import { Module } from '@nestjs/common';
import { AlertsModule } from '../alerts/alerts.module.js';
import { AttemptLog } from './attempt-log.js';
import { DeliveryController } from './delivery.controller.js';
import { DeliveryQueue } from './delivery-queue.js';
import { DeliveryWorkers } from './delivery-workers.js';
import { Messages } from './messages.js';
import { Sender } from './sender.js';

@Module({
  imports: [AlertsModule],
  controllers: [DeliveryController],
  providers: [AttemptLog, DeliveryQueue, DeliveryWorkers, Messages, Sender],
  exports: [AttemptLog, DeliveryQueue, DeliveryWorkers],
})
export class DeliveriesModule {}
