import { Module } from '@nestjs/common';
import { AccountController } from './account.controller.js';
import { AccountTokensController } from './account-tokens.controller.js';
import { AccountTokensService } from './account-tokens.service.js';
import { AccountService } from './account.service.js';
import { OperatorAccountsController } from './operator-accounts.controller.js';
import { SuppressionListModule } from '../suppressions/suppression-list.module.js';
import { SessionService } from './session.service.js';
import { TokenService } from './token.service.js';

@Module({
  imports: [SuppressionListModule],
  controllers: [AccountController, AccountTokensController, OperatorAccountsController],
  providers: [AccountService, AccountTokensService, SessionService, TokenService],
  exports: [AccountService, AccountTokensService, SessionService, TokenService],
})
export class AccountsModule {}
