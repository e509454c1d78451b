import { Controller, HttpCode, Inject, Post, RawBody } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Allow } from '../accounts/principal.js';
import { CONFIG, type Config } from '../config.js';
import { sesFindings } from '../mail-reports/ses-notification.js';
import { SnsEntrance, type SnsEntry } from '../mail-reports/sns-entrance.js';
import { Clock } from '../platform/clock.js';
import { notFound, Problem } from '../platform/http/problem.js';
import { LOGGER, type Logger } from '../platform/logger.js';
import { MailReports, type Taken } from './mail-reports.service.js';

/** The injection token of what fetches from Amazon. */
export const FETCH_TEXT = Symbol('FETCH_TEXT');

/** The answer to a GET as text. @throws whatever kept it from coming, an answer that is no 200 too */
export type FetchText = (url: URL) => Promise<string>;

const nothing: Taken = { findings: 0, suppressed: 0 };

/** Where Amazon SES tells of bounces and complaints, through SNS. Amazon's signature is the proof, so there is no token. */
@ApiExcludeController()
@Controller('v1/mail-reports/ses')
@Allow('public')
export class SesReportsController {
  private readonly entrance: SnsEntrance;

  constructor(
    private readonly reports: MailReports,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(FETCH_TEXT) private readonly fetch: FetchText,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    this.entrance = new SnsEntrance({
      topicArns: config.sesTopicArns,
      fetchCertificate: async (url) => this.fetch(url),
    });
  }

  @Post()
  @HttpCode(200)
  async send(@RawBody() body: Buffer | undefined): Promise<Taken> {
    if (this.config.sesTopicArns.length === 0) throw notFound('entrance');
    const entry = await this.read(body?.toString('utf8') ?? '');
    switch (entry.kind) {
      case 'refused':
        this.log.warn({ reason: entry.reason }, 'SNS message refused');
        throw new Problem(403, `It was not taken: ${entry.reason}.`);
      case 'confirm':
        await this.reached(async () => this.fetch(entry.url));
        this.log.info({}, 'SNS subscription confirmed');
        return nothing;
      case 'ended':
        this.log.warn({}, 'SNS subscription ended');
        return nothing;
      case 'notification':
        return this.reports.note(sesFindings(entry.message), { isProven: true });
      default:
        return entry satisfies never;
    }
  }

  private async read(body: string): Promise<SnsEntry> {
    return this.reached(async () => this.entrance.read(body, this.clock.now()));
  }

  /** @throws Problem 503 when Amazon cannot be reached: it tries again */
  private async reached<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      this.log.warn({ err: error }, 'Amazon could not be reached');
      throw new Problem(503, 'Amazon could not be reached to check or confirm this. Send it again later.');
    }
  }
}
