import { Module } from '@nestjs/common';
import { CoverageModule } from '../../coverage/coverage.module.js';
import { DestinationsModule } from '../../destinations/destinations.module.js';
import { OverviewModule } from '../../overview/overview.module.js';
import { SilenceModule } from '../../silence/silence.module.js';
import { FrameModule } from '../frame/frame.module.js';
import { CoveragePageController } from './coverage-page.controller.js';
import { OverviewPageController } from './overview-page.controller.js';
import { OverviewReader } from './overview-reader.js';

/** What a member sees first each morning, and whether its silence can be trusted. */
@Module({
  imports: [FrameModule, CoverageModule, DestinationsModule, OverviewModule, SilenceModule],
  controllers: [CoveragePageController, OverviewPageController],
  providers: [OverviewReader],
})
export class OverviewPagesModule {}
