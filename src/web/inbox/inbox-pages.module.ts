import { Module } from '@nestjs/common';
import { AlertsModule } from '../../alerts/alerts.module.js';
import { FrameModule } from '../frame/frame.module.js';
import { AlertPageController } from './alert-page.controller.js';
import { DigestPageController } from './digest-page.controller.js';

/** Alerts and digests, for whoever has the link. */
@Module({ imports: [FrameModule, AlertsModule], controllers: [AlertPageController, DigestPageController] })
export class InboxPagesModule {}
