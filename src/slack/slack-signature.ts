import { createHmac, timingSafeEqual } from 'node:crypto';
import {
  Inject,
  Injectable,
  type CanActivate,
  type ExecutionContext,
  type RawBodyRequest,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '../config.js';
import { Clock } from '../platform/clock.js';
import { notFound, Problem } from '../platform/http/problem.js';

/** How far a request's time may be off, either way: what was overheard cannot be sent again for ever. */
const longestSkewMs = 5 * 60_000;

/**
 * Lets a request through that Slack signed with this app's signing secret: for the handlers that Slack calls, as
 * `@UseGuards(SlackSignature)` beside `@Allow('public')`. Any body but JSON and urlencoded forms is refused, and the two are
 * what handlers get by `@Body()`; the signature is over the bytes as they came (`@RawBody()`).
 *
 * Answers 404 without SLACK_SIGNING_SECRET, 401 for what Slack did not sign, or too long ago.
 *
 * @see https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
@Injectable()
export class SlackSignature implements CanActivate {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const { slackSigningSecret: secret } = this.config;
    if (secret === null) throw notFound('entrance');
    const { headers, rawBody } = context.switchToHttp().getRequest<RawBodyRequest<FastifyRequest>>();
    const at = headers['x-slack-request-timestamp'];
    const signature = headers['x-slack-signature'];
    if (typeof at !== 'string' || typeof signature !== 'string' || !/^\d{1,12}$/.test(at) || !rawBody) {
      throw new Problem(401, 'Only Slack calls this: the signature is missing.');
    }
    if (!isSame(signature, slackSignature(secret, at, rawBody))) {
      throw new Problem(401, 'The signature is wrong: SLACK_SIGNING_SECRET is that of another app.');
    }
    if (Math.abs(this.clock.now().getTime() - Number(at) * 1_000) > longestSkewMs) {
      throw new Problem(401, 'The request is too old, or a clock is wrong.');
    }
    return true;
  }
}

/** Signs as Slack does, version 0. @param at in whole seconds since 1970, as in `X-Slack-Request-Timestamp` */
export function slackSignature(secret: string, at: string, body: Buffer): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${at}:`).update(body).digest('hex')}`;
}

function isSame(given: string, right: string): boolean {
  const bytes = Buffer.from(given);
  return bytes.length === right.length && timingSafeEqual(bytes, Buffer.from(right));
}
