import { Module } from '@nestjs/common';
import { ArchiveController } from './archive.controller.js';
import { ArchiveService } from './archive.service.js';
import { BriefHistory } from './brief-history.service.js';
import { ChangeContexts } from './change-context.service.js';
import { ChangeHistory } from './change-history.service.js';
import { ChangesController } from './changes.controller.js';
import { ClauseTypesService } from './clause-types.service.js';
import { NamesService } from './names.service.js';
import { RecentChanges } from './recent-changes.service.js';
import { SearchController } from './search.controller.js';
import { SearchService } from './search.service.js';
import { Sitemap } from './sitemap.service.js';

const services = [
  ArchiveService,
  BriefHistory,
  ChangeContexts,
  ChangeHistory,
  ClauseTypesService,
  NamesService,
  RecentChanges,
  SearchService,
  Sitemap,
];

/** Reading the archive: its last known state and the history of changes. */
@Module({
  controllers: [ArchiveController, ChangesController, SearchController],
  providers: services,
  exports: services,
})
export class ArchiveModule {}
