import { Module } from '@nestjs/common';
import { ArchiveModule } from '../../archive/archive.module.js';
import { FrameModule } from '../frame/frame.module.js';
import { CrawlersController } from './crawlers.controller.js';
import { HomePageController } from './home-page.controller.js';
import { RecentPageController } from './recent-page.controller.js';

/** What everybody may read, and search engines find. */
@Module({
  imports: [FrameModule, ArchiveModule],
  controllers: [HomePageController, RecentPageController, CrawlersController],
})
export class PublicPagesModule {}
