import { STATUS_CODES } from 'node:http';
import { excerptLength, type Outcome } from '../../domain/outcome.js';
import { oneLine } from '../../domain/plain-text.js';
import { shown } from '../../domain/shown-text.js';
import type { Answer } from '../../platform/outbound/post.js';
import { retryAfterSeconds } from '../../platform/outbound/retry-after.js';

/** Enough for an excerpt, unless it is mostly white space. To make one line of 64 KiB takes 350 µs. */
const likelyBytes = 4 * excerptLength;

/**
 * What an endpoint's answer means. Only 410 says "never again". All else that is not 2xx is tried again by the schedule,
 * 4xx and redirects too: those are faults of setting up, and when the owner mends one within the day nothing is lost.
 */
export function answerOutcome({ status, body, retryAfter }: Answer, at: Date): Outcome {
  const excerpt = excerptOf(body);
  const seen = { status, ...(excerpt !== '' && { excerpt }) };
  if (status >= 200 && status < 300) return { kind: 'delivered', ...seen };
  if (status === 410) {
    return {
      kind: 'permanent',
      reason: 'the endpoint answered 410 Gone: it wants no more',
      disable: true,
      ...seen,
    };
  }
  const afterSeconds = retryAfterSeconds(retryAfter, at);
  return {
    kind: 'retry',
    reason: reasonOf(status),
    ...(afterSeconds !== undefined && { afterSeconds }),
    ...seen,
  };
}

function reasonOf(status: number): string {
  const name = [status, STATUS_CODES[status]].join(' ').trimEnd();
  return status < 400
    ? `the endpoint answered ${name}, and redirects are not followed: set the final URL`
    : `the endpoint answered ${name}`;
}

/** The beginning of an answer on one line, without control characters, cut between characters. */
function excerptOf(body: Buffer): string {
  const beginning = lineOf(body, likelyBytes);
  // One character more: the last one of the beginning may be cut.
  const isEnough = beginning.length > excerptLength || body.length <= likelyBytes;
  const text = (isEnough ? beginning : lineOf(body, body.length)).slice(0, excerptLength);
  return text.isWellFormed() ? text : text.slice(0, -1);
}

function lineOf(body: Buffer, bytes: number): string {
  return shown(oneLine(body.toString('utf8', 0, bytes)));
}
