import { Catch, HttpException, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../../platform/http/problem.js';
import { LOGGER, type Logger } from '../../platform/logger.js';
import { faultPage, notFoundPage } from './message-page.js';
import { SignInNeeded } from './page.guard.js';
import { pageHeaders } from './page-headers.js';
import { SITE, type Site } from './site.js';
import { strangerVisit, type WithVisit } from './visit.js';

/** Answers errors of pages as pages. What does not exist looks alike whatever the reason, so that nothing can be guessed. */
@Catch()
export class PageFilter implements ExceptionFilter {
  constructor(
    @Inject(LOGGER) private readonly log: Logger,
    @Inject(SITE) private readonly site: Site,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest & WithVisit>();
    const reply = http.getResponse<FastifyReply>();
    if (error instanceof SignInNeeded) {
      this.leadToSignIn(error, request, reply);
      return;
    }
    const visit = request.visit ?? strangerVisit(this.site);
    const { status, detail } = faultOf(error);
    if (status >= 500) {
      // The route, not the address: that holds a token.
      const { id: requestId, method, routeOptions } = request;
      this.log.error({ err: error, requestId, method, route: routeOptions.url }, 'page failed');
    }
    if (error instanceof Problem && typeof error.extensions['retryAfterS'] === 'number') {
      void reply.header('retry-after', String(error.extensions['retryAfterS']));
    }
    const page = status === 404 ? notFoundPage(visit) : faultPage(visit, detail);
    void reply.status(status).headers(pageHeaders('link-holder')).send(page);
  }

  private leadToSignIn({ as }: SignInNeeded, request: FastifyRequest, reply: FastifyReply): void {
    const way = as === 'operator' ? '/operator/sign-in' : '/sign-in';
    // Only what was read can be led back to.
    const next = request.method === 'GET' ? `?next=${encodeURIComponent(request.url)}` : '';
    const to = `${this.site.base}${way}${next}`;
    // A part of a page that was asked for by script: the whole page goes there.
    if (request.headers['hx-request'] === 'true') void reply.header('hx-redirect', to).status(204).send();
    else void reply.status(303).header('location', to).send();
  }
}

function faultOf(error: unknown): { status: number; detail: string } {
  if (error instanceof Problem) return { status: error.status, detail: error.message };
  if (error instanceof HttpException) return { status: error.getStatus(), detail: error.message };
  return { status: 500, detail: 'Something failed on our side. Try it again in a moment.' };
}
