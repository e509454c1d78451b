import { Module } from '@nestjs/common';
import { ArchiveController } from './archive.controller.js';
import { ArchiveService } from './archive.service.js';
import { ChangeHistory } from './change-history.service.js';
import { ChangesController } from './changes.controller.js';

/** Reading the archive: its last known state and the history of changes. */
@Module({
  controllers: [ArchiveController, ChangesController],
  providers: [ArchiveService, ChangeHistory],
  exports: [ArchiveService, ChangeHistory],
})
export class ArchiveModule {}
