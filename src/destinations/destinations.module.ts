import { Module } from '@nestjs/common';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { ConfirmationService } from './confirmation.service.js';
import { DestinationChangesService } from './destination-changes.service.js';
import { DestinationSendingService } from './destination-sending.service.js';
import { DestinationWorkController } from './destination-work.controller.js';
import { DestinationController } from './destination.controller.js';
import { DestinationService } from './destination.service.js';
import { SuppressionListModule } from '../suppressions/suppression-list.module.js';

@Module({
  imports: [DeliveriesModule, SuppressionListModule],
  controllers: [DestinationController, DestinationWorkController],
  providers: [DestinationService, DestinationChangesService, DestinationSendingService, ConfirmationService],
  exports: [DestinationService, DestinationChangesService, DestinationSendingService, ConfirmationService],
})
export class DestinationsModule {}
