import { Injectable } from '@nestjs/common';
import { AttemptLimits } from './attempt-limits.service.js';
import { SessionService } from './session.service.js';
import { SignInService } from './sign-in.service.js';

/** Forgets what is over: sessions, links that signed nobody in, and attempts that count no more. */
@Injectable()
export class StaleSignIns {
  constructor(
    private readonly sessions: SessionService,
    private readonly signIns: SignInService,
    private readonly limits: AttemptLimits,
  ) {}

  async forget(): Promise<void> {
    await this.sessions.forgetExpired();
    await this.signIns.forgetOld();
    await this.limits.forgetEnded();
  }
}
