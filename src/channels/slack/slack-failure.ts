import {
  ErrorCode,
  SlackError,
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
} from '@slack/web-api';
import { excerptLength, type Outcome } from '../../domain/outcome.js';
import { errorCodeOf, outcomeOfCode } from './slack-errors.js';

/**
 * What became of a call that the client threw at. @throws `error` itself when it is no failure of Slack's or of the network
 * @param signal the attempt's: tells being stopped from a fault of the network
 */
export function outcomeOfFailure(error: unknown, signal: AbortSignal): Outcome {
  if (!(error instanceof SlackError)) throw error;
  if (error instanceof WebAPIPlatformError) return outcomeOfPlatformError(error);
  if (error instanceof WebAPIRateLimitedError) {
    return outcomeOfCode('ratelimited', { status: 429, afterSeconds: error.retryAfter });
  }
  if (error instanceof WebAPIHTTPError) {
    return outcomeOfStatus(error.statusCode, waitIn(error.headers));
  }
  if (error.code === ErrorCode.RequestError) return outcomeOfNetworkFault(error.cause, signal);
  throw error;
}

/** An HTTP status without a code of Slack's: a proxy's or a broken server's, so it may pass. */
export function outcomeOfStatus(status: number, afterSeconds: number | null): Outcome {
  const reason = `Slack answered with HTTP status ${status}.`;
  return { kind: 'retry', reason, status, ...(afterSeconds === null ? {} : { afterSeconds }) };
}

export function outcomeOfNetworkFault(error: unknown, signal: AbortSignal): Outcome {
  return { kind: 'retry', reason: networkFault(error, signal) };
}

function networkFault(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'The attempt was stopped before Slack answered.';
  if (error instanceof Error && error.name === 'TimeoutError') {
    return 'Slack did not answer in time.';
  }
  const code = faultCode(error);
  if (code === 'ANSWER_TOO_LONG' || code === 'ANSWER_NOT_JSON')
    return 'Slack gave an answer that makes no sense.';
  return code === null ? 'Slack could not be reached.' : `Slack could not be reached (${code}).`;
}

/** `ECONNREFUSED` and the like; fetch hides it in the cause. Messages hold addresses, so only codes are shown. */
function faultCode(error: unknown): string | null {
  for (let fault = error, depth = 0; fault instanceof Error && depth < 5; fault = fault.cause, depth += 1) {
    if ('code' in fault && typeof fault.code === 'string' && /^[A-Z][A-Z0-9_]{1,39}$/.test(fault.code)) {
      return fault.code;
    }
  }
  return null;
}

function outcomeOfPlatformError({ data }: WebAPIPlatformError): Outcome {
  const code = errorCodeOf(data.error);
  const details = data.response_metadata?.messages ?? [];
  const excerpt = [code ?? '', ...details].join(' ').trim().slice(0, excerptLength);
  return outcomeOfCode(code, { status: 200, excerpt });
}

function waitIn(headers: Record<string, string>): number | null {
  const seconds = headers['retry-after'];
  return seconds === undefined ? null : Number(seconds);
}
