import { Body, Controller, Headers, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Allow } from '../accounts/principal.js';
import { CONFIG, type Config } from '../config.js';
import { postmarkFindings } from '../mail-reports/postmark-webhook.js';
import { hasSecret } from '../mail-reports/webhook-secret.js';
import { notFound, Problem } from '../platform/http/problem.js';
import { MailReports, type Taken } from './mail-reports.service.js';

/** Where Postmark tells of bounces and complaints. The secret is the proof, so there is no token. */
@ApiExcludeController()
@Controller('v1/mail-reports/postmark')
@Allow('public')
export class PostmarkReportsController {
  constructor(
    private readonly reports: MailReports,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post()
  @HttpCode(200)
  async send(@Headers() headers: Record<string, string | undefined>, @Body() body: unknown): Promise<Taken> {
    const { postmarkWebhookSecret: secret } = this.config;
    if (secret === null) throw notFound('entrance');
    const { authorization, 'x-webhook-secret': header } = headers;
    const given = {
      ...(authorization !== undefined && { authorization }),
      ...(header !== undefined && { header }),
    };
    if (!hasSecret(given, secret)) throw new Problem(401, 'The secret is missing or wrong.');
    const findings = postmarkFindings(body);
    if (findings === null) throw new Problem(422, 'This is no report of Postmark.');
    return this.reports.note(findings, { isProven: true });
  }
}
