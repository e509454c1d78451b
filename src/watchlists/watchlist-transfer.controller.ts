import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Allow, CurrentAccount } from '../accounts/principal.js';
import { Answers } from '../platform/http/answers.js';
import { watchlistCsv } from './portable-csv.js';
import { ImportResult, WatchlistExport, WatchlistImport } from './portable.js';
import { WatchlistTransfer } from './watchlist-transfer.service.js';

const ExportQuery = z.object({
  format: z
    .enum(['json', 'csv'], 'must be json or csv')
    .default('json')
    .describe('csv: as text/csv (RFC 4180)'),
});
type ExportQuery = z.infer<typeof ExportQuery>;

const ImportQuery = z.object({
  preview: z
    .enum(['true', 'false'], 'must be true or false')
    .default('false')
    .describe('true: says what it would do, and writes nothing'),
});
type ImportQuery = z.infer<typeof ImportQuery>;

@Controller('v1/watchlists')
@Allow('account')
@ApiTags('watchlists')
export class WatchlistTransferController {
  constructor(private readonly transfer: WatchlistTransfer) {}

  @Get('export')
  @ApiOperation({ operationId: 'exportWatchlists', summary: 'All watchlists with what they follow' })
  @Answers(200, 'The watchlists, ready to be taken in again', WatchlistExport, [422])
  async export(
    @CurrentAccount() { id }: CurrentAccount,
    @Query({ schema: ExportQuery }) { format }: ExportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WatchlistExport | string> {
    const all = await this.transfer.export(id);
    if (format === 'json') return all;
    void reply.type('text/csv; charset=utf-8');
    return watchlistCsv(all);
  }

  @Post('import')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'importWatchlists',
    summary: 'Take watchlists in, all or none',
    description:
      'One of the same name is changed (of several, in their order), any other is added. What a watchlist leaves out stays as ' +
      'it is. Follows are added, none is taken away; the same again changes nothing.',
  })
  @Answers(200, 'What it did', ImportResult, [403, 422])
  async import(
    @CurrentAccount() { id }: CurrentAccount,
    @Query({ schema: ImportQuery }) { preview }: ImportQuery,
    @Body({ schema: WatchlistImport }) given: WatchlistImport,
  ): Promise<ImportResult> {
    return preview === 'true' ? this.transfer.preview(id, given) : this.transfer.import(id, given);
  }
}
