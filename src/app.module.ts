import { Global, Module, type DynamicModule, type Provider } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { AccessGuard } from './accounts/access.guard.js';
import { AccountsModule } from './accounts/accounts.module.js';
import { AccountExportModule } from './accounts/export/account-export.module.js';
import { AlertsModule } from './alerts/alerts.module.js';
import { ArchiveModule } from './archive/archive.module.js';
import { ChangesModule } from './changes/changes.module.js';
import { ChannelRegistry } from './channels/registry.js';
import { CONFIG, type Config } from './config.js';
import { CoverageModule } from './coverage/coverage.module.js';
import { DeliveriesModule } from './deliveries/deliveries.module.js';
import { DestinationsModule } from './destinations/destinations.module.js';
import { FeedsModule } from './feeds/feeds.module.js';
import { IntakeModule } from './intake/intake.module.js';
import { MutesModule } from './mutes/mutes.module.js';
import { OperatorModule } from './operator/operator.module.js';
import { OverviewModule } from './overview/overview.module.js';
import { Clock } from './platform/clock.js';
import { Database } from './platform/database.js';
import { HealthController } from './operator/health.controller.js';
import { ProblemFilter } from './platform/http/problem.filter.js';
import { validationPipe } from './platform/http/validation.js';
import { Links } from './platform/links.js';
import { LOGGER, type Logger } from './platform/logger.js';
import { Metrics } from './platform/metrics.js';
import { SECRET_BOX, secretBox } from './platform/secret-box.js';
import { SECRETS, type Secrets } from './platform/secrets.js';
import { signedLinks } from './platform/signed-link.js';
import { SandboxModule } from './sandbox/sandbox.module.js';
import { ScheduleModule } from './schedule/schedule.module.js';
import { SlackInteractionsModule } from './slack/interactions/slack-interactions.module.js';
import { SilenceModule } from './silence/silence.module.js';
import { SlackModule } from './slack/slack.module.js';
import { SuppressionsModule } from './suppressions/suppressions.module.js';
import { TicketBus } from './tickets/ticket-bus.js';
import { WatchlistsModule } from './watchlists/watchlists.module.js';
import { WebModule } from './web/web.module.js';

/** What a process is made of: opened before Nest starts, closed after it ended. */
export type Parts = {
  config: Config;
  secrets: Secrets;
  log: Logger;
  clock: Clock;
  database: Database;
  bus: TicketBus;
  channels: ChannelRegistry;
  /** Folder of caught mail, when this installation catches its mail. */
  mailboxDir: string | null;
};

@Global()
@Module({})
class Foundation {
  static of({ config, secrets, log, clock, database, bus, channels }: Parts): DynamicModule {
    const providers: Provider[] = [
      { provide: CONFIG, useValue: config },
      { provide: SECRETS, useValue: secrets },
      { provide: LOGGER, useValue: log },
      { provide: Clock, useValue: clock },
      { provide: Database, useValue: database },
      { provide: TicketBus, useValue: bus },
      { provide: ChannelRegistry, useValue: channels },
      { provide: SECRET_BOX, useValue: secretBox(secrets.secretKey) },
      { provide: Links, useValue: new Links(config.publicUrl, signedLinks(secrets.secretKey)) },
      { provide: Metrics, useValue: new Metrics(database, channels.kinds) },
    ];
    return { module: Foundation, providers, exports: providers };
  }
}

/** The composition root. */
@Module({})
export class AppModule {
  static of(parts: Parts): DynamicModule {
    return {
      module: AppModule,
      imports: [
        Foundation.of(parts),
        AccountsModule,
        AccountExportModule,
        ArchiveModule,
        ChangesModule,
        CoverageModule,
        IntakeModule,
        WatchlistsModule,
        MutesModule,
        DestinationsModule,
        AlertsModule,
        DeliveriesModule,
        SuppressionsModule,
        SlackModule,
        SlackInteractionsModule,
        OperatorModule,
        OverviewModule,
        SilenceModule,
        FeedsModule,
        WebModule,
        ...(parts.config.roles.includes('scheduler') ? [ScheduleModule.register()] : []),
        ...(parts.mailboxDir === null ? [] : [SandboxModule.register({ dir: parts.mailboxDir })]),
      ],
      controllers: [HealthController],
      providers: [
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_PIPE, useFactory: validationPipe },
        { provide: APP_FILTER, useFactory: (log: Logger) => new ProblemFilter(log), inject: [LOGGER] },
      ],
    };
  }
}
