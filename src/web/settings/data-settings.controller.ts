import { Readable } from 'node:stream';
import { Body, Controller, Get, HttpCode, Inject, Post, Res, StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AccountService } from '../../accounts/account.service.js';
import { AccountExportService } from '../../accounts/export/account-export.service.js';
import { Clock } from '../../platform/clock.js';
import { Problem } from '../../platform/http/problem.js';
import { formFaults } from '../form/faults.js';
import { fieldsOf, textOf } from '../form/fields.js';
import { COOKIES, type CookieJar } from '../frame/cookies.js';
import { PageFor, Pages } from '../frame/pages.js';
import { leadTo } from '../frame/redirect.js';
import { CurrentMember, CurrentVisit } from '../frame/visit.js';
import { dataPage, goodbyePage } from './data-page.js';

/** All that is kept of the reader: to take along, or to erase. */
@Controller()
@Pages('member')
export class DataSettingsController {
  constructor(
    private readonly accounts: AccountService,
    private readonly exports: AccountExportService,
    private readonly clock: Clock,
    @Inject(COOKIES) private readonly cookies: CookieJar,
  ) {}

  @Get('settings/data')
  show(@CurrentVisit() visit: CurrentVisit, @CurrentMember() { email }: CurrentMember): string {
    return dataPage(visit, { email });
  }

  @Get('settings/data/export')
  async export(
    @CurrentMember() { accountId }: CurrentMember,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const pieces = Readable.from(await this.exports.begin(accountId), { objectMode: false });
    const day = this.clock.now().toISOString().slice(0, 10);
    void reply.header('content-type', 'application/json; charset=utf-8');
    return new StreamableFile(pieces, {
      type: 'application/json; charset=utf-8',
      disposition: `attachment; filename="tocsin-${day}.json"`,
    });
  }

  @Post('settings/data/delete')
  @HttpCode(200)
  async delete(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() { accountId, email }: CurrentMember,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const typed = textOf(fieldsOf(body), 'address');
    try {
      requireSame(typed, email);
      await this.accounts.erase(accountId);
      this.cookies.clear(reply, 'session');
      leadTo(reply, visit, '/goodbye');
      return undefined;
    } catch (error) {
      const faults = formFaults(error);
      void reply.status(faults.status);
      return dataPage(visit, { email, typed, faults });
    }
  }

  @Get('goodbye')
  @PageFor('anybody')
  goodbye(@CurrentVisit() visit: CurrentVisit): string {
    return goodbyePage(visit);
  }
}

/** @throws Problem 422 */
function requireSame(typed: string, email: string): void {
  if (typed.trim().toLowerCase() === email.toLowerCase()) return;
  const message = 'is not the address of this account: nothing was deleted';
  throw new Problem(422, 'The address is another.', [{ path: 'address', message }]);
}
