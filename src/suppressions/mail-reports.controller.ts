import { Readable } from 'node:stream';
import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Allow } from '../accounts/principal.js';
import { longestReport } from '../mail-reports/parse-report.js';
import { Answers } from '../platform/http/answers.js';
import { notFound, Problem } from '../platform/http/problem.js';
import { firstBytes, mailType } from './mail-body.js';
import { MailReports, type Taken } from './mail-reports.service.js';

const TakenSchema = z.object({
  findings: z.int().describe('what the mail told, one for each recipient'),
  suppressed: z.int().describe('by how many of them an address gets no more mail'),
});

/** Bounces and complaints as mails, from whatever mail system takes them in. */
@ApiTags('operator')
@Controller('v1/mail-reports')
@Allow('bounces')
export class MailReportsController {
  constructor(private readonly reports: MailReports) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({
    operationId: 'sendMailReport',
    summary: 'Hand over a mail that came to the address for bounces',
    description:
      'A delivery report (RFC 3464), a complaint (RFC 5965), a bounce of another form, or nothing of the kind. Only what ' +
      'one of our return paths proves is acted on. Of a mail beyond 1 MiB the rest is dropped. Takes a token of scope ' +
      '`bounces`. 404 without MAIL_BOUNCE_ADDRESS.',
  })
  @ApiConsumes(mailType)
  @ApiBody({ required: true, schema: { type: 'string' } })
  @Answers(202, 'What it told', TakenSchema, [400, 403, 404, 415])
  async send(@Req() { headers, body }: FastifyRequest): Promise<Taken> {
    if (!this.reports.areRead) throw notFound('entrance: MAIL_BOUNCE_ADDRESS is not set');
    if (!(headers['content-type'] ?? '').toLowerCase().startsWith(mailType)) {
      throw new Problem(415, `Send the mail as it came, as ${mailType}.`);
    }
    return this.reports.take(body instanceof Readable ? await read(body) : Buffer.alloc(0));
  }
}

async function read(body: Readable): Promise<Buffer> {
  try {
    return await firstBytes(body, longestReport);
  } catch {
    throw new Problem(400, 'The mail was broken off. Send it again.');
  }
}
