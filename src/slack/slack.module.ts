import { Inject, Module, type OnModuleDestroy, type Provider } from '@nestjs/common';
import { CONFIG, type Config } from '../config.js';
import { Database } from '../platform/database.js';
import { SECRET_BOX, type SecretBox } from '../platform/secret-box.js';
import { SlackChannelsService } from './slack-channels.service.js';
import { SlackEventsController } from './slack-events.controller.js';
import { SlackInstallationsService } from './slack-installations.service.js';
import { SlackSignature } from './slack-signature.js';
import { SlackTokens } from './slack-tokens.js';
import { SlackWebApi } from './slack-web-api.js';
import { SlackController } from './slack.controller.js';
import { SlackWorkspacesService } from './slack-workspaces.service.js';

const tokens: Provider = {
  provide: SlackTokens,
  useFactory: (database: Database, box: SecretBox) => new SlackTokens(database, box),
  inject: [Database, SECRET_BOX],
};

const webApi: Provider = {
  provide: SlackWebApi,
  useFactory: ({ slackApiUrl }: Config) => new SlackWebApi(slackApiUrl),
  inject: [CONFIG],
};

/** The Slack app: workspaces that are added by it, and what Slack tells of them. */
@Module({
  controllers: [SlackController, SlackEventsController],
  providers: [
    SlackInstallationsService,
    SlackWorkspacesService,
    SlackChannelsService,
    SlackSignature,
    tokens,
    webApi,
  ],
  exports: [SlackInstallationsService, SlackWorkspacesService, SlackChannelsService],
})
export class SlackModule implements OnModuleDestroy {
  constructor(@Inject(SlackWebApi) private readonly slack: SlackWebApi) {}

  async onModuleDestroy(): Promise<void> {
    await this.slack.close();
  }
}
