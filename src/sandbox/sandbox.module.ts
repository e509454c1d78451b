import { type DynamicModule, Module } from '@nestjs/common';
import { Mailbox } from './mailbox.js';
import { MailboxController } from './mailbox.controller.js';

/** Shows the mail that a sandbox caught. Only for an installation without an SMTP server: anybody may read it. */
@Module({})
export class SandboxModule {
  /** @param options.dir the folder that `startMailCatcher` fills */
  static register({ dir }: { dir: string }): DynamicModule {
    return {
      module: SandboxModule,
      controllers: [MailboxController],
      providers: [{ provide: Mailbox, useFactory: () => new Mailbox(dir) }],
    };
  }
}
