import { Module, type DynamicModule } from '@nestjs/common';
import { ScheduleModule as NestSchedule } from '@nestjs/schedule';
import { AccountsModule } from '../accounts/accounts.module.js';
import { AlertsModule } from '../alerts/alerts.module.js';
import { ChangesModule } from '../changes/changes.module.js';
import { CoverageModule } from '../coverage/coverage.module.js';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { AccountTicks } from './account-ticks.js';
import { OneAtATime } from './one-at-a-time.js';
import { Ticks } from './ticks.js';

@Module({})
export class ScheduleModule {
  static register(): DynamicModule {
    return {
      module: ScheduleModule,
      imports: [
        NestSchedule.forRoot(),
        AccountsModule,
        AlertsModule,
        ChangesModule,
        CoverageModule,
        DeliveriesModule,
      ],
      providers: [OneAtATime, Ticks, AccountTicks],
    };
  }
}
