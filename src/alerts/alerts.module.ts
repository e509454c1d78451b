import { Module } from '@nestjs/common';
import { AlertReader } from './alert-reader.js';
import { FanOut } from './fan-out.js';
import { InboxController } from './inbox.controller.js';
import { InboxService } from './inbox.service.js';

@Module({
  controllers: [InboxController],
  providers: [AlertReader, FanOut, InboxService],
  exports: [AlertReader, FanOut, InboxService],
})
export class AlertsModule {}
