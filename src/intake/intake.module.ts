import { Module } from '@nestjs/common';
import { ChangesModule } from '../changes/changes.module.js';
import { CoverageModule } from '../coverage/coverage.module.js';
import { EventsController } from './events.controller.js';
import { Intake } from './intake.js';

@Module({
  imports: [ChangesModule, CoverageModule],
  controllers: [EventsController],
  providers: [Intake],
  exports: [Intake],
})
export class IntakeModule {}
