import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { OperatorWhyController } from './operator-why.controller.js';
import { SilenceService } from './silence.service.js';
import { SuppressedController } from './suppressed.controller.js';
import { WhyController } from './why.controller.js';

@Module({
  imports: [AccountsModule],
  controllers: [SuppressedController, WhyController, OperatorWhyController],
  providers: [SilenceService],
  exports: [SilenceService],
})
export class SilenceModule {}
