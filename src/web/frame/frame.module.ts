import { Module } from '@nestjs/common';
import { AccountsModule } from '../../accounts/accounts.module.js';
import { CONFIG } from '../../config.js';
import { AssetsController } from './assets.controller.js';
import { cookieJar, COOKIES } from './cookies.js';
import { FormTokens } from './form-tokens.js';
import { Readers } from './readers.js';
import { SITE, siteOf } from './site.js';
import { UnknownAddress } from './unknown-address.js';

/** What all pages stand in: their frame, who reads them, and the files that they load. */
@Module({
  imports: [AccountsModule],
  controllers: [AssetsController],
  providers: [
    FormTokens,
    Readers,
    UnknownAddress,
    { provide: SITE, useFactory: siteOf, inject: [CONFIG] },
    { provide: COOKIES, useFactory: cookieJar, inject: [CONFIG] },
  ],
  exports: [AccountsModule, FormTokens, Readers, SITE, COOKIES],
})
export class FrameModule {}
