import { Module } from '@nestjs/common';
import { ArchiveController } from './archive.controller.js';
import { ArchiveService } from './archive.service.js';
import { ChangeContexts } from './change-context.service.js';
import { ChangeHistory } from './change-history.service.js';
import { ChangesController } from './changes.controller.js';
import { RecentChanges } from './recent-changes.service.js';
import { Sitemap } from './sitemap.service.js';

/** Reading the archive: its last known state and the history of changes. */
@Module({
  controllers: [ArchiveController, ChangesController],
  providers: [ArchiveService, ChangeHistory, ChangeContexts, RecentChanges, Sitemap],
  exports: [ArchiveService, ChangeHistory, ChangeContexts, RecentChanges, Sitemap],
})
export class ArchiveModule {}
