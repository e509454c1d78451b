import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { OperatorWhyController } from './operator-why.controller.js';
import { SilenceCountService } from './silence-count.service.js';
import { SilenceService } from './silence.service.js';
import { SuppressedController } from './suppressed.controller.js';
import { WhyController } from './why.controller.js';

@Module({
  imports: [AccountsModule],
  controllers: [SuppressedController, WhyController, OperatorWhyController],
  providers: [SilenceService, SilenceCountService],
  exports: [SilenceService, SilenceCountService],
})
export class SilenceModule {}
