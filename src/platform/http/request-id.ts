import { randomUUID } from 'node:crypto';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** As long as ids are, and of their characters: what others send is written into the log. */
const wellFormed = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$/;
/** https://www.w3.org/TR/trace-context/#traceparent-header; ids of nothing but zeros are not valid, nor is version ff. */
const traceparent = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-|$)/;

/**
 * The id by which the log speaks of a request: the caller's own, if it sent a well-formed `x-request-id`, else the trace
 * that its `traceparent` names, else a new one.
 */
export function requestIdOf(headers: Headers): string {
  const given = headers['x-request-id'];
  if (typeof given === 'string' && wellFormed.test(given)) return given;
  const trace = headers['traceparent'];
  return (typeof trace === 'string' && traceparent.exec(trace)?.[1]) || randomUUID();
}
