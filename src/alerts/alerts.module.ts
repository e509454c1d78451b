import { Module, type Provider } from '@nestjs/common';
import { ChannelRegistry } from '../channels/registry.js';
import { CONFIG, type Config } from '../config.js';
import { AlertDetails } from './alert-details.service.js';
import { AlertNews } from './alert-news.js';
import { AlertNotes } from './alert-notes.service.js';
import { AlertReader } from './alert-reader.js';
import { BundlePlanner } from './bundle-planner.js';
import { DigestReader } from './digest-reader.js';
import { DigestService } from './digest.service.js';
import { EchoReader } from './echo-reader.js';
import { FAN_OUT_LIMITS, FanOut, type FanOutLimits } from './fan-out.js';
import { InboxController } from './inbox.controller.js';
import { InboxService } from './inbox.service.js';
import { ReachService } from './reach.service.js';
import { Reminders } from './reminders.js';
import { StormReader } from './storm-reader.js';

const fanOutLimits: Provider = {
  provide: FAN_OUT_LIMITS,
  useFactory: (config: Config, channels: ChannelRegistry): FanOutLimits => ({
    alertsAMinute: config.alertsPerMinute,
    summedUpLanes: channels.all.filter(({ sumsUp }) => sumsUp).map(({ kind }) => kind),
  }),
  inject: [CONFIG, ChannelRegistry],
};

@Module({
  controllers: [InboxController],
  providers: [
    AlertDetails,
    AlertNews,
    AlertNotes,
    AlertReader,
    BundlePlanner,
    DigestReader,
    DigestService,
    EchoReader,
    FanOut,
    fanOutLimits,
    InboxService,
    ReachService,
    Reminders,
    StormReader,
  ],
  exports: [
    AlertDetails,
    AlertNews,
    AlertNotes,
    AlertReader,
    BundlePlanner,
    DigestReader,
    DigestService,
    EchoReader,
    FanOut,
    InboxService,
    ReachService,
    Reminders,
    StormReader,
  ],
})
export class AlertsModule {}
