import { Catch, HttpException, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../platform/http/problem.js';
import { LOGGER, type Logger } from '../platform/logger.js';
import { faultPage, notFoundPage } from './message-page.js';
import { pageHeaders } from './page-headers.js';
import { SITE, type Site } from './site.js';

/** Answers errors of pages as pages. What does not exist looks alike whatever the reason, so that nothing can be guessed. */
@Catch()
export class PageFilter implements ExceptionFilter {
  constructor(
    @Inject(LOGGER) private readonly log: Logger,
    @Inject(SITE) private readonly site: Site,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const { status, detail } = faultOf(error);
    if (status >= 500) {
      // The route, not the address: that holds a token.
      const { id: requestId, method, routeOptions } = request;
      this.log.error({ err: error, requestId, method, route: routeOptions.url }, 'page failed');
    }
    const page = status === 404 ? notFoundPage(this.site) : faultPage(this.site, detail);
    void http.getResponse<FastifyReply>().status(status).headers(pageHeaders('link-holder')).send(page);
  }
}

function faultOf(error: unknown): { status: number; detail: string } {
  if (error instanceof Problem) return { status: error.status, detail: error.message };
  if (error instanceof HttpException) return { status: error.getStatus(), detail: error.message };
  return { status: 500, detail: 'Something failed on our side. Try it again in a moment.' };
}
