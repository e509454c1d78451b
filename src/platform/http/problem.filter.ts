import type { IncomingMessage } from 'node:http';
import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isConnectionLost } from '../database.js';
import type { Logger } from '../logger.js';
import { Problem } from './problem.js';

/** Answers every error as application/problem+json. Only what nobody foresaw is logged, and its text stays inside. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = problemOf(error);
    if (problem.status >= 500) {
      this.log.error(
        { err: error, requestId: request.id, method: request.method, route: request.routeOptions?.url },
        'request failed',
      );
    }
    if (problem.status === 503) void reply.header('retry-after', '2');
    const { retryAfterS } = problem.extensions;
    if (typeof retryAfterS === 'number') void reply.header('retry-after', String(retryAfterS));
    if (problem.status === 401) void reply.header('www-authenticate', 'Bearer realm="tocsin"');
    if (problem.status === 413) await drained(request.raw);
    void reply
      .status(problem.status)
      .header('content-type', 'application/problem+json')
      .send(Buffer.from(JSON.stringify(problem.body())));
  }
}

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof HttpException) return new Problem(error.getStatus(), error.message);
  const fastify = error as { statusCode?: unknown; code?: unknown; message?: unknown };
  if (typeof fastify.statusCode === 'number' && fastify.statusCode >= 400 && fastify.statusCode < 500) {
    return new Problem(fastify.statusCode, String(fastify.message));
  }
  if (isConnectionLost(error)) {
    return new Problem(503, 'The database does not answer. The request can be sent again in some seconds.');
  }
  return new Problem(500, 'Something failed on our side. The request can be sent again.');
}

/** Most of a body that is too large is read all the same, so that the client is done writing and reads the answer. */
const drainBytes = 64 * 1024 * 1024;
const drainMs = 10_000;

/** Resolves when the rest of the request is read and thrown away, or is too much for that. */
async function drained(request: IncomingMessage): Promise<void> {
  if (request.readableEnded || request.destroyed) return;
  await new Promise<void>((resolve) => {
    let bytes = 0;
    const timer = setTimeout(resolve, drainMs);
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > drainBytes) done();
    });
    request.once('end', done).once('close', done).resume();
  });
}
