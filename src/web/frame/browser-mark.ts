import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CookieJar } from './cookies.js';

const keptS = 86_400;

/** What tells this browser from others before anybody is signed in; made when there is none, and kept for a day more. */
export function browserMark(
  request: FastifyRequest & { browserMark?: string },
  reply: FastifyReply,
  cookies: CookieJar,
): string {
  const isSet = request.browserMark !== undefined;
  request.browserMark ??= cookies.read(request, 'browser') ?? randomBytes(18).toString('base64url');
  if (!isSet) cookies.set(reply, 'browser', request.browserMark, keptS);
  return request.browserMark;
}
