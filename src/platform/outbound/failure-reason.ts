import { errors } from 'undici';
import { RefusedAddressError } from './refused-address-error.js';
import { RefusedPortError } from './refused-port-error.js';

const unresolved = 'the host name could not be resolved';
const unreachable = 'the host could not be reached';
const broken = 'the connection broke before an answer came';
const slowConnect = 'the host did not accept a connection in time';
const distrusted = 'the TLS certificate is not from an authority that is trusted';
const expired = 'the TLS certificate is not valid at this time';
const noTls = 'no TLS connection could be agreed on';
const noHttp = 'the answer was not valid HTTP';

/** By `code` of node:dns, node:net, node:tls, OpenSSL and undici. */
const reasons: ReadonlyMap<string, string> = new Map([
  [RefusedAddressError.code, 'the host is not on the public internet, and webhooks go nowhere else'],
  [RefusedPortError.code, 'the port is none of those that webhooks may go to'],
  ['ERR_DEADLINE', 'no answer came in time'],
  ['ERR_STOPPED', 'the service stopped before an answer came'],
  ['ENOTFOUND', unresolved],
  ['EAI_AGAIN', unresolved],
  ['EAI_FAIL', unresolved],
  ['EAI_NODATA', unresolved],
  ['ECONNREFUSED', 'the connection was refused'],
  ['EHOSTUNREACH', unreachable],
  ['ENETUNREACH', unreachable],
  ['EADDRNOTAVAIL', unreachable],
  ['ECONNRESET', broken],
  ['EPIPE', broken],
  ['UND_ERR_SOCKET', broken],
  ['ETIMEDOUT', slowConnect],
  ['UND_ERR_CONNECT_TIMEOUT', slowConnect],
  ['EPROTO', noTls],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', distrusted],
  ['SELF_SIGNED_CERT_IN_CHAIN', distrusted],
  ['UNABLE_TO_GET_ISSUER_CERT', distrusted],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', distrusted],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', distrusted],
  ['CERT_UNTRUSTED', distrusted],
  ['CERT_HAS_EXPIRED', expired],
  ['CERT_NOT_YET_VALID', expired],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'the TLS certificate is for another host'],
  ['UND_ERR_HEADERS_OVERFLOW', noHttp],
]);

/** Codes that say that this side called wrongly. */
const bugs: ReadonlySet<string> = new Set([
  'UND_ERR_INVALID_ARG',
  'UND_ERR_INVALID_RETURN_VALUE',
  'UND_ERR_NOT_SUPPORTED',
  'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH',
]);

/**
 * Why a request got no answer, in words for the owner of the other side, without address or URL.
 *
 * @returns null when the error is not of the network's making: a bug, to be thrown on
 */
export function failureReason(error: unknown): string | null {
  // Some come without a code: undici 7 looks the parser's names up the wrong way round.
  if (error instanceof errors.HTTPParserError) return noHttp;
  const code = codeOf(error);
  if (code === null || bugs.has(code)) return null;
  return reasons.get(code) ?? reasonOfFamily(code);
}

function reasonOfFamily(code: string): string | null {
  if (code.startsWith('HPE_')) return noHttp;
  if (/^ERR_(SSL|TLS)_/.test(code)) return noTls;
  if (code.startsWith('CERT_')) return `the TLS certificate was rejected (${code})`;
  if (/^(UND_ERR_|E[A-Z0-9]+$)/.test(code)) return `the request failed (${code})`;
  return null;
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
