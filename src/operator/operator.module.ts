import { Module } from '@nestjs/common';
import { AlertsModule } from '../alerts/alerts.module.js';
import { ChangesModule } from '../changes/changes.module.js';
import { IntakeModule } from '../intake/intake.module.js';
import { InspectorService } from './inspector.service.js';
import { OverviewController } from './overview.controller.js';
import { OverviewService } from './overview.service.js';

/** What only the operator sees. */
@Module({
  imports: [AlertsModule, ChangesModule, IntakeModule],
  controllers: [OverviewController],
  providers: [InspectorService, OverviewService],
  exports: [InspectorService, OverviewService],
})
export class OperatorModule {}
