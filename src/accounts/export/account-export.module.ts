import { Module } from '@nestjs/common';
import { SuppressionsModule } from '../../suppressions/suppressions.module.js';
import { AccountExportController } from './account-export.controller.js';
import { AccountExportService } from './account-export.service.js';

/** All that is kept of an account. A module of its own: it reads what other stages keep, which build on accounts. */
@Module({
  imports: [SuppressionsModule],
  controllers: [AccountExportController],
  providers: [AccountExportService],
  exports: [AccountExportService],
})
export class AccountExportModule {}
