import { Module } from '@nestjs/common';
import { AccountEntry } from './account-entry.service.js';
import { AccountController } from './account.controller.js';
import { AccountTokensController } from './account-tokens.controller.js';
import { AccountTokensService } from './account-tokens.service.js';
import { AccountService } from './account.service.js';
import { OperatorAccountsController } from './operator-accounts.controller.js';
import { SuppressionListModule } from '../suppressions/suppression-list.module.js';
import { AttemptLimits } from './attempt-limits.service.js';
import { BearerService } from './bearer.service.js';
import { HostTokenService } from './host-token.service.js';
import { SessionService } from './session.service.js';
import { SignInMails } from './sign-in-mails.service.js';
import { SignInService } from './sign-in.service.js';
import { StaleSignIns } from './stale-sign-ins.service.js';
import { TokenService } from './token.service.js';

@Module({
  imports: [SuppressionListModule],
  controllers: [AccountController, AccountTokensController, OperatorAccountsController],
  providers: [
    AccountEntry,
    SignInMails,
    AccountService,
    AccountTokensService,
    AttemptLimits,
    BearerService,
    HostTokenService,
    SessionService,
    SignInService,
    StaleSignIns,
    TokenService,
  ],
  exports: [
    AccountService,
    AccountTokensService,
    AttemptLimits,
    BearerService,
    HostTokenService,
    SessionService,
    SignInService,
    StaleSignIns,
    TokenService,
  ],
})
export class AccountsModule {}
