import type { IncomingMessage } from 'node:http';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppModule, type Parts } from './app.module.js';
import { batchType, intakeLimits, structuredType } from './intake/cloud-events.js';
import { describeApi } from './openapi.js';
import { longestReport } from './mail-reports/parse-report.js';
import { Problem } from './platform/http/problem.js';
import { secureHeaders } from './platform/http/security-headers.js';
import { requestIdOf } from './platform/http/request-id.js';
import { NestLogger, type Logger } from './platform/logger.js';
import { importLimits } from './watchlists/import-limits.js';
import { acceptMails } from './suppressions/mail-body.js';
import { UnknownAddress } from './web/frame/unknown-address.js';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** An id of 200 characters, every one of them percent-encoded UTF-8. */
const longestPathPart = 200 * 12;

/** Builds the HTTP side of a process. Without the role `web` it answers health and metrics only. */
export async function createHttpApp(parts: Parts): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: intakeLimits.eventBytes,
    routerOptions: { maxParamLength: longestPathPart },
    forceCloseConnections: 'idle',
    trustProxy: parts.config.trustProxy.length > 0 && [...parts.config.trustProxy],
    rewriteUrl: ({ url = '/' }) =>
      url.startsWith('/v1/') || isDecodable(url) ? url : url.replaceAll('%', '%25'),
    genReqId: ({ headers }: IncomingMessage) => requestIdOf(headers),
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      void reply.header('x-request-id', request.id);
      sendProblem(reply, new Problem(error.statusCode ?? 400, error.message));
    },
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.of(parts), adapter, {
    logger: new NestLogger(parts.log),
    rawBody: true,
    abortOnError: false,
  });
  acceptBodies(app);
  const server = adapter.getInstance();
  nameRequests(server, parts.log);
  await secureHeaders(app, parts.config);
  server.addHook('onRoute', (route) => {
    if (route.url === '/v1/watchlists/import') route.bodyLimit = importLimits.fileBytes;
    if (route.url === '/watchlists/import') route.bodyLimit = importLimits.requestBytes;
  });
  server.addHook('onRequest', async (request, reply) => {
    // Forms are for the pages: the API speaks JSON.
    if (!request.url.startsWith('/v1/') || !/form/i.test(request.headers['content-type'] ?? '')) return;
    sendProblem(reply, new Problem(415, 'Send the body as application/json.'));
    await reply;
  });
  if (parts.config.roles.includes('web')) {
    describeApi(app, parts.config.publicUrl);
    answerUnknownAddresses(app);
  } else answerHealthAlone(server);
  return app;
}

/** Of the pages' paths one that is badly encoded names nothing: it is read as it stands, and answered by the page for that. */
function isDecodable(url: string): boolean {
  try {
    decodeURIComponent(url.replace(/\?.*/s, ''));
    return true;
  } catch {
    return false;
  }
}

/** Each answer says by which id the log speaks of its request. */
function nameRequests(server: FastifyInstance, log: Logger): void {
  server.addHook('onRequest', async (request, reply) => {
    void reply.header('x-request-id', request.id);
  });
  if (!log.isLevelEnabled('debug')) return;
  server.addHook(
    'onResponse',
    async ({ id: requestId, method, routeOptions }, { statusCode, elapsedTime }) => {
      // The route, not the address: that may hold a token.
      const ms = Math.round(elapsedTime);
      log.debug({ requestId, method, route: routeOptions.url, status: statusCode, ms }, 'request answered');
    },
  );
}

function sendProblem(reply: FastifyReply, problem: Problem): void {
  void reply
    .status(problem.status)
    .header('content-type', 'application/problem+json')
    .send(Buffer.from(JSON.stringify(problem.body())));
}

function answerUnknownAddresses(app: NestFastifyApplication): void {
  const unknown = app.get(UnknownAddress);
  const server = app.getHttpAdapter().getInstance();
  server.addHook('preHandler', async (request, reply) => {
    if (unknown.isFor(request)) await unknown.answer(request, reply);
  });
}

function answerHealthAlone(server: FastifyInstance): void {
  server.addHook('onRequest', async (request, reply) => {
    if (/^\/(health\/|metrics$)/.test(request.url)) return;
    sendProblem(reply, new Problem(404, 'This process has no web role.'));
    await reply;
  });
}

function acceptBodies(app: NestFastifyApplication): void {
  // Intake parses for itself: it answers for size and encoding, in the words of the contract.
  const raw = (_request: unknown, _body: Buffer, done: (error: null, value: object) => void) =>
    done(null, {});
  app.useBodyParser(structuredType, { bodyLimit: intakeLimits.eventBytes }, raw as never);
  app.useBodyParser(batchType, { bodyLimit: intakeLimits.batchBytes }, raw as never);
  acceptMails(app.getHttpAdapter().getInstance());
  // As Amazon SNS sends it: its JSON is signed as it came.
  const text = (_request: unknown, body: Buffer, done: (error: null, value: string) => void) =>
    done(null, body.toString());
  app.useBodyParser('text/plain', { bodyLimit: longestReport }, text as never);
  // Clients that always say application/json also send it with no body at all.
  app.useBodyParser('application/json', { bodyLimit: intakeLimits.eventBytes }, ((
    _request: unknown,
    body: Buffer,
    done: (error: Error | null, value?: unknown) => void,
  ) => {
    try {
      done(null, body.length === 0 ? undefined : JSON.parse(utf8.decode(body)));
    } catch (error) {
      done(
        Object.assign(new Error(`The body is not JSON in UTF-8: ${(error as Error).message}.`), {
          statusCode: 400,
        }),
      );
    }
  }) as never);
}
