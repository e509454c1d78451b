import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { AlertsModule } from '../alerts/alerts.module.js';
import { ChangesModule } from '../changes/changes.module.js';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { DestinationsModule } from '../destinations/destinations.module.js';
import { IntakeModule } from '../intake/intake.module.js';
import { AccountsController } from './accounts.controller.js';
import { OperatorAccounts } from './accounts.service.js';
import { InspectorService } from './inspector.service.js';
import { OverviewController } from './overview.controller.js';
import { OverviewService } from './overview.service.js';
import { PulseService } from './pulse.service.js';
import { TroubleService } from './trouble.service.js';

/** What only the operator sees. */
@Module({
  imports: [AccountsModule, AlertsModule, ChangesModule, DeliveriesModule, DestinationsModule, IntakeModule],
  controllers: [AccountsController, OverviewController],
  providers: [InspectorService, OperatorAccounts, OverviewService, PulseService, TroubleService],
  exports: [InspectorService, OperatorAccounts, OverviewService, PulseService, TroubleService],
})
export class OperatorModule {}
