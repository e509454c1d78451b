import { Readable } from 'node:stream';
import { Controller, Get, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Answers } from '../../platform/http/answers.js';
import { Allow, CurrentAccount } from '../principal.js';
import { AccountExportService } from './account-export.service.js';
import { longParts, smallParts } from './kept.store.js';

const Rows = z.array(z.record(z.string(), z.unknown()));

const Export = z.object({
  exportedAt: z.iso.datetime(),
  account: z.record(z.string(), z.unknown()),
  ...Object.fromEntries([...smallParts, 'suppressions', ...longParts].map((part) => [part, Rows])),
});

/** All that is kept of an account, to its owner. */
@Controller('v1/account/export')
@Allow('account')
@ApiTags('account')
export class AccountExportController {
  constructor(private readonly exports: AccountExportService) {}

  @Get()
  @ApiOperation({
    operationId: 'exportAccount',
    summary: 'All that is kept about you',
    description:
      'One JSON document, streamed: alerts and deliveries with their attempts can make it long. Secrets are not in it, nor ' +
      'the texts of the archive, which alerts name by the ids of changes.',
  })
  @Answers(200, 'The document', Export)
  async get(@CurrentAccount() { id }: CurrentAccount): Promise<StreamableFile> {
    const pieces = Readable.from(await this.exports.begin(id), { objectMode: false });
    return new StreamableFile(pieces, { type: 'application/json' });
  }
}
