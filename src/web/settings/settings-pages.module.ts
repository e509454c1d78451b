import { Module } from '@nestjs/common';
import { AccountExportModule } from '../../accounts/export/account-export.module.js';
import { SuppressionsModule } from '../../suppressions/suppressions.module.js';
import { WatchlistsModule } from '../../watchlists/watchlists.module.js';
import { FrameModule } from '../frame/frame.module.js';
import { DataSettingsController } from './data-settings.controller.js';
import { PlanSettingsController } from './plan-settings.controller.js';
import { SessionSettingsController } from './session-settings.controller.js';
import { SuppressionSettingsController } from './suppression-settings.controller.js';
import { TimeSettingsController } from './time-settings.controller.js';
import { TokenSettingsController } from './token-settings.controller.js';

/** What the owner of an account sets, sees of it and may take along. */
@Module({
  imports: [FrameModule, AccountExportModule, SuppressionsModule, WatchlistsModule],
  controllers: [
    TimeSettingsController,
    TokenSettingsController,
    SessionSettingsController,
    PlanSettingsController,
    SuppressionSettingsController,
    DataSettingsController,
  ],
})
export class SettingsPagesModule {}
