import { Module } from '@nestjs/common';
import { WatchlistsModule } from '../../watchlists/watchlists.module.js';
import { FrameModule } from '../frame/frame.module.js';
import { FollowButtonController } from './follow-button.controller.js';

@Module({ imports: [FrameModule, WatchlistsModule], controllers: [FollowButtonController] })
export class WatchlistPagesModule {}
