import { Module } from '@nestjs/common';
import { DeliveriesModule } from '../../deliveries/deliveries.module.js';
import { OperatorModule } from '../../operator/operator.module.js';
import { SilenceModule } from '../../silence/silence.module.js';
import { SuppressionsModule } from '../../suppressions/suppressions.module.js';
import { FrameModule } from '../frame/frame.module.js';
import { AccountPagesController } from './accounts.controller.js';
import { DeadPagesController } from './dead.controller.js';
import { DestinationTroubleController } from './destination-trouble.controller.js';
import { InspectorPagesController } from './inspector.controller.js';
import { PulseController } from './pulse.controller.js';
import { SuppressedPagesController } from './suppressed.controller.js';
import { WhyPagesController } from './why.controller.js';

/** What only the operator sees. */
@Module({
  imports: [DeliveriesModule, FrameModule, OperatorModule, SilenceModule, SuppressionsModule],
  controllers: [
    AccountPagesController,
    DeadPagesController,
    DestinationTroubleController,
    InspectorPagesController,
    PulseController,
    SuppressedPagesController,
    WhyPagesController,
  ],
})
export class OperatorPagesModule {}
