import { Body, Controller, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { AccountService } from '../accounts/account.service.js';
import { Allow, CurrentAccount } from '../accounts/principal.js';
import { Answers } from '../platform/http/answers.js';
import { BacktestService } from './backtest.service.js';
import { Backtest, BacktestPage, NewBacktest } from './backtest.js';
import { defaultCadence, requireCadence, requireFollows } from './watchlist-checks.js';

/** What a watchlist would have sent, before there is one. */
@Controller('v1/watchlists/backtest')
@Allow('account')
@ApiTags('watchlists')
export class BacktestController {
  constructor(
    private readonly backtests: BacktestService,
    private readonly accounts: AccountService,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'backtestWatchlist',
    summary: 'Try a watchlist on what changed before',
    description:
      'What it would have sent, as counts by week and as a list, had each change come in when the archive saw it. Makes no watchlist. A page ends before its limit when its messages hold many changes: go on, with the same body, until nextCursor is null.',
  })
  @Answers(200, 'What it would have sent', Backtest, [403, 422])
  async run(
    @CurrentAccount() { id, tier }: CurrentAccount,
    @Body({ schema: NewBacktest }) given: NewBacktest,
    @Query({ schema: BacktestPage }) page: BacktestPage,
  ): Promise<Backtest> {
    const cadence = given.cadence ?? defaultCadence(tier);
    requireCadence(tier, cadence);
    requireFollows(tier, given.follows.length);
    const timeZone = given.timeZone ?? (await this.accounts.get(id)).timeZone;
    return this.backtests.run({ ...given, cadence, timeZone }, page);
  }
}
