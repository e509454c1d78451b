import { Controller, HttpCode, Post, RawBody, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Allow } from '../accounts/principal.js';
import { Answers } from '../platform/http/answers.js';
import { notFound, Problem } from '../platform/http/problem.js';
import { MailReports, type Taken } from './mail-reports.service.js';

export const mailType = 'message/rfc822';

const TakenSchema = z.object({
  findings: z.int().describe('what the mail told, one for each recipient'),
  suppressed: z.int().describe('by how many of them an address gets no more mail'),
});

/** Bounces and complaints as mails, from whatever mail system takes them in. */
@ApiTags('operator')
@Controller('v1/mail-reports')
@Allow('ingest')
export class MailReportsController {
  constructor(private readonly reports: MailReports) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({
    operationId: 'sendMailReport',
    summary: 'Hand over a mail that came to the address for bounces',
    description:
      'A delivery report (RFC 3464), a complaint (RFC 5965), a bounce of another form, or nothing of the kind. Only what ' +
      'one of our return paths proves is acted on. 404 without MAIL_BOUNCE_ADDRESS.',
  })
  @ApiConsumes(mailType)
  @ApiBody({ required: true, schema: { type: 'string' } })
  @Answers(202, 'What it told', TakenSchema, [403, 404, 413, 415])
  async send(@Req() { headers }: FastifyRequest, @RawBody() body: Buffer | undefined): Promise<Taken> {
    if (!this.reports.areRead) throw notFound('entrance: MAIL_BOUNCE_ADDRESS is not set');
    if (!(headers['content-type'] ?? '').toLowerCase().startsWith(mailType)) {
      throw new Problem(415, `Send the mail as it came, as ${mailType}.`);
    }
    return this.reports.take(body ?? Buffer.alloc(0));
  }
}
