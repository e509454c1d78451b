import { Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { AlertsModule } from '../alerts/alerts.module.js';
import { ArchiveModule } from '../archive/archive.module.js';
import { CONFIG } from '../config.js';
import { CoverageModule } from '../coverage/coverage.module.js';
import { DestinationsModule } from '../destinations/destinations.module.js';
import { SlackModule } from '../slack/slack.module.js';
import { WatchlistsModule } from '../watchlists/watchlists.module.js';
import { AlertPageController } from './alert-page.controller.js';
import { ArchivePagesController } from './archive-pages.controller.js';
import { AssetsController } from './assets.controller.js';
import { ConfirmController } from './confirm.controller.js';
import { DigestPageController } from './digest-page.controller.js';
import { acceptForms } from './form-body.js';
import { DocumentPageController } from './document-page.controller.js';
import { SITE, siteOf } from './site.js';
import { SlackOauthController } from './slack-oauth.controller.js';
import { UnsubscribeController } from './unsubscribe.controller.js';
import { UnsubscribeService } from './unsubscribe.service.js';

/** The pages that messages link to: read and acted on without a sign-in, whole without a script. */
@Module({
  imports: [AlertsModule, ArchiveModule, CoverageModule, DestinationsModule, SlackModule, WatchlistsModule],
  controllers: [
    ArchivePagesController,
    DocumentPageController,
    AlertPageController,
    DigestPageController,
    UnsubscribeController,
    ConfirmController,
    SlackOauthController,
    AssetsController,
  ],
  providers: [UnsubscribeService, { provide: SITE, useFactory: siteOf, inject: [CONFIG] }],
})
export class WebModule implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    // Commands run the same modules without a server.
    const { httpAdapter } = this.host;
    if (httpAdapter instanceof FastifyAdapter) {
      acceptForms(httpAdapter as FastifyAdapter, ['/unsubscribe/', '/confirm/']);
    }
  }
}
