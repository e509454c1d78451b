import { Module } from '@nestjs/common';
import { AccountController } from './account.controller.js';
import { AccountService } from './account.service.js';
import { OperatorAccountsController } from './operator-accounts.controller.js';
import { SuppressionListModule } from '../suppressions/suppression-list.module.js';
import { TokenService } from './token.service.js';

@Module({
  imports: [SuppressionListModule],
  controllers: [AccountController, OperatorAccountsController],
  providers: [AccountService, TokenService],
  exports: [AccountService, TokenService],
})
export class AccountsModule {}
