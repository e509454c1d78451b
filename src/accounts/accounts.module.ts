import { Module } from '@nestjs/common';
import { AccountController } from './account.controller.js';
import { AccountService } from './account.service.js';
import { OperatorAccountsController } from './operator-accounts.controller.js';
import { SuppressionListModule } from '../suppressions/suppression-list.module.js';
import { SessionService } from './session.service.js';
import { TokenService } from './token.service.js';

@Module({
  imports: [SuppressionListModule],
  controllers: [AccountController, OperatorAccountsController],
  providers: [AccountService, SessionService, TokenService],
  exports: [AccountService, SessionService, TokenService],
})
export class AccountsModule {}
