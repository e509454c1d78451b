import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Problem } from '../../platform/http/problem.js';
import { PortableReader } from '../../watchlists/read-portable.service.js';
import { WatchlistTransfer } from '../../watchlists/watchlist-transfer.service.js';
import { formFaults } from '../form/faults.js';
import { fieldsOf, textOf } from '../form/fields.js';
import { Pages } from '../frame/pages.js';
import { leadTo } from '../frame/redirect.js';
import { CurrentMember, CurrentVisit } from '../frame/visit.js';
import { importPage, previewPage } from './import-page.js';

/** Watchlists out of the account as a file, and into it. */
@Controller('watchlists')
@Pages('member')
export class ImportPagesController {
  constructor(
    private readonly transfer: WatchlistTransfer,
    private readonly reader: PortableReader,
  ) {}

  @Get('import')
  form(@CurrentVisit() visit: CurrentVisit): string {
    return importPage(visit, { text: '', faults: undefined });
  }

  /** First what would change; with what that page brings back, the change itself. */
  @Post('import')
  @HttpCode(200)
  async import(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() { accountId }: CurrentMember,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const fields = fieldsOf(body);
    const agreed = textOf(fields, 'data');
    const pasted = textOf(fields, 'text');
    try {
      if (agreed !== '') {
        await this.transfer.import(accountId, this.reader.readAgreed(agreed));
        leadTo(reply, visit, '/watchlists?said=imported');
        return undefined;
      }
      const { given, whereIs } = this.reader.read(
        textOf(fields, 'file').trim() === '' ? pasted : textOf(fields, 'file'),
      );
      const result = await this.reader.placing(whereIs, async () => this.transfer.preview(accountId, given));
      return previewPage(visit, JSON.stringify(given), result);
    } catch (error) {
      const faults = formFaults(tooLarge(error));
      void reply.status(faults.status);
      return importPage(visit, { text: pasted, faults });
    }
  }

  @Get('export')
  async export(
    @CurrentMember() { accountId }: CurrentMember,
    @Query('format') format: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const isCsv = format === 'csv';
    void reply.headers({
      'content-type': isCsv ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="watchlists.${isCsv ? 'csv' : 'json'}"`,
    });
    const all = await this.transfer.export(accountId);
    return isCsv ? this.reader.csv(all) : JSON.stringify(all, null, 2);
  }
}

/** A file that is too large is the sender's to mend, as every other fault of it. */
function tooLarge(error: unknown): unknown {
  return error instanceof Problem && error.status === 413 ? new Problem(422, error.message) : error;
}
