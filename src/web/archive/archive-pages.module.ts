import { Module } from '@nestjs/common';
import { ArchiveModule } from '../../archive/archive.module.js';
import { FrameModule } from '../frame/frame.module.js';
import { ChangePagesController } from './change-pages.controller.js';
import { DocumentPageController } from './document-page.controller.js';

/** What the archive knows: entities, documents, provisions, clause types, changes. */
@Module({
  imports: [FrameModule, ArchiveModule],
  controllers: [ChangePagesController, DocumentPageController],
})
export class ArchivePagesModule {}
