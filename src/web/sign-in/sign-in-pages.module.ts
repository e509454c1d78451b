import { Module } from '@nestjs/common';
import { FrameModule } from '../frame/frame.module.js';
import { NewSession } from './new-session.js';
import { OperatorSignInController } from './operator-sign-in.controller.js';
import { SignInController } from './sign-in.controller.js';
import { SignOutController } from './sign-out.controller.js';

/** The ways in, and out. */
@Module({
  imports: [FrameModule],
  controllers: [SignInController, SignOutController, OperatorSignInController],
  providers: [NewSession],
})
export class SignInPagesModule {}
