import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { StaleSignIns } from '../accounts/stale-sign-ins.service.js';
import { OneAtATime } from './one-at-a-time.js';

/** Ticks of what belongs to accounts. */
@Injectable()
export class AccountTicks {
  constructor(
    private readonly ticks: OneAtATime,
    private readonly stale: StaleSignIns,
  ) {}

  @Interval(300_000)
  async forgetStaleSignIns(): Promise<void> {
    await this.ticks.run('forget stale sign-ins', async () => this.stale.forget());
  }
}
