import { Module, type Provider } from '@nestjs/common';
import { AlertsModule } from '../alerts/alerts.module.js';
import { CoverageModule } from '../coverage/coverage.module.js';
import { CONFIG, type Config } from '../config.js';
import { DestinationsModule } from '../destinations/destinations.module.js';
import { returnPaths } from '../mail-reports/return-path.js';
import { fetchText } from '../platform/outbound/fetch-text.js';
import { outboundAgent } from '../platform/outbound/outbound-agent.js';
import { SECRETS, type Secrets } from '../platform/secrets.js';
import { MailedUnsubscription } from './mailed-unsubscription.service.js';
import { MailReportsController } from './mail-reports.controller.js';
import { MailReports, RETURN_PATHS } from './mail-reports.service.js';
import { OperatorSuppressionsController } from './operator-suppressions.controller.js';
import { PostmarkReportsController } from './postmark-reports.controller.js';
import { FETCH_TEXT, SesReportsController, type FetchText } from './ses-reports.controller.js';
import { ReportActs } from './report-acts.service.js';
import { SuppressionListModule } from './suppression-list.module.js';
import { SuppressionController } from './suppression.controller.js';
import { SuppressionsService } from './suppressions.service.js';

const paths: Provider = {
  provide: RETURN_PATHS,
  useFactory: ({ mailBounceAddress }: Config, { secretKey }: Secrets) =>
    mailBounceAddress === null ? null : returnPaths(mailBounceAddress, secretKey),
  inject: [CONFIG, SECRETS],
};

const fetcher: Provider = {
  provide: FETCH_TEXT,
  useFactory: (): FetchText => {
    const dispatcher = outboundAgent({ allowNetworks: [] });
    return async (url) => fetchText(dispatcher, url);
  },
};

/** Bounces and complaints: how they come in, and what gets no mail because of them. */
@Module({
  imports: [AlertsModule, CoverageModule, DestinationsModule, SuppressionListModule],
  controllers: [
    SuppressionController,
    OperatorSuppressionsController,
    MailReportsController,
    PostmarkReportsController,
    SesReportsController,
  ],
  providers: [SuppressionsService, MailReports, MailedUnsubscription, ReportActs, paths, fetcher],
  exports: [MailReports, SuppressionsService],
})
export class SuppressionsModule {}
