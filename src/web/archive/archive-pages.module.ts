import { Module } from '@nestjs/common';
import { ArchiveModule } from '../../archive/archive.module.js';
import { WatchlistPagesModule } from '../watchlists/watchlist-pages.module.js';
import { FrameModule } from '../frame/frame.module.js';
import { ArchivePagesController } from './archive-pages.controller.js';
import { ChangePagesController } from './change-pages.controller.js';
import { SearchPagesController } from './search-pages.controller.js';

/** What the archive knows: entities, documents, provisions, clause types, changes. */
@Module({
  imports: [FrameModule, ArchiveModule, WatchlistPagesModule],
  controllers: [ArchivePagesController, ChangePagesController, SearchPagesController],
})
export class ArchivePagesModule {}
