import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FormTokens } from './form-tokens.js';
import { notFoundPage } from './message-page.js';
import { browserMark } from './browser-mark.js';
import { COOKIES, type CookieJar } from './cookies.js';
import { pageHeaders } from './page-headers.js';
import { Readers } from './readers.js';
import { SITE, type Site } from './site.js';

/** Answers a browser that asks for what is nowhere: with a page, and the ways on from there. */
@Injectable()
export class UnknownAddress {
  constructor(
    private readonly readers: Readers,
    private readonly formTokens: FormTokens,
    @Inject(COOKIES) private readonly cookies: CookieJar,
    @Inject(SITE) private readonly site: Site,
  ) {}

  /** Whether a person asked, who can do nothing with problem details. */
  isFor({ url, method, headers, is404 }: FastifyRequest): boolean {
    const isRead = method === 'GET' || method === 'HEAD';
    return is404 && isRead && !/^\/v1(\/|$)/.test(url) && /\btext\/html\b/i.test(headers.accept ?? '');
  }

  async answer(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { reader, session } = await this.readers.find(request);
    const page = notFoundPage({
      site: this.site,
      reader,
      path: request.url,
      formToken: () => this.formTokens.create(session ?? browserMark(request, reply, this.cookies)),
    });
    await reply.status(404).headers(pageHeaders('link-holder')).send(page);
  }
}
