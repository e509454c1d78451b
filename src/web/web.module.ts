import { Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { ArchivePagesModule } from './archive/archive-pages.module.js';
import { DestinationPagesModule } from './destinations/destination-pages.module.js';
import { acceptForms } from './frame/form-body.js';
import { InboxPagesModule } from './inbox/inbox-pages.module.js';
import { MailLinksModule } from './mail-links/mail-links.module.js';
import { OperatorPagesModule } from './operator/operator-pages.module.js';
import { OverviewPagesModule } from './overview/overview-pages.module.js';
import { PublicPagesModule } from './public/public-pages.module.js';
import { SettingsPagesModule } from './settings/settings-pages.module.js';
import { SignInPagesModule } from './sign-in/sign-in-pages.module.js';
import { SlackPagesModule } from './slack/slack-pages.module.js';
import { WatchlistPagesModule } from './watchlists/watchlist-pages.module.js';

/** The web application: whole without a script, better with one. */
@Module({
  imports: [
    ArchivePagesModule,
    DestinationPagesModule,
    InboxPagesModule,
    MailLinksModule,
    OperatorPagesModule,
    OverviewPagesModule,
    PublicPagesModule,
    SettingsPagesModule,
    SignInPagesModule,
    SlackPagesModule,
    WatchlistPagesModule,
  ],
})
export class WebModule implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    // Commands run the same modules without a server.
    const { httpAdapter } = this.host;
    if (httpAdapter instanceof FastifyAdapter) {
      acceptForms(httpAdapter as FastifyAdapter, ['/unsubscribe/', '/confirm/', '/watchlists/import']);
    }
  }
}
