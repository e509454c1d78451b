import { hkdfSync } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Tokens } from '@fastify/csrf';
import { SECRETS, type Secrets } from '../../platform/secrets.js';

/** The field in which every form brings its token back. */
export const formTokenField = 'form_token';

/** Tokens by which a form is known for one that we gave to the same browser: no other site can make one up. */
@Injectable()
export class FormTokens {
  private readonly tokens;

  constructor(@Inject(SECRETS) { secretKey }: Secrets) {
    const hmacKey = Buffer.from(hkdfSync('sha256', secretKey, '', 'tocsin form tokens v1', 32));
    this.tokens = new Tokens({ hmacKey, userInfo: true });
  }

  /** @param cookie what the browser keeps and a page of another site does not know: its session or its mark */
  create(cookie: string): string {
    return this.tokens.create(cookie, 'form');
  }

  isOf(cookie: string, token: string): boolean {
    return token.length < 200 && this.tokens.verify(cookie, token, 'form');
  }
}
