import { errors } from 'undici';
import { describe, expect, it } from 'vitest';
import { failureReason } from '../../../src/platform/outbound/failure-reason.js';
import { RefusedAddressError } from '../../../src/platform/outbound/refused-address-error.js';

const withCode = (code: unknown) => Object.assign(new Error('10.1.2.3:443 said no'), { code });

describe('failureReason', () => {
  it.each([
    ['ENOTFOUND', 'resolved'],
    ['ECONNREFUSED', 'refused'],
    ['ECONNRESET', 'broke'],
    ['UND_ERR_CONNECT_TIMEOUT', 'in time'],
    ['CERT_HAS_EXPIRED', 'certificate'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'authority'],
    ['CERT_REVOKED', 'CERT_REVOKED'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'another host'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'TLS'],
    ['HPE_INVALID_CONSTANT', 'HTTP'],
    ['EMFILE', 'EMFILE'],
    ['UND_ERR_DESTROYED', 'UND_ERR_DESTROYED'],
  ])('classifies %s by its code', (code, word) => {
    const reason = failureReason(withCode(code));
    expect(reason).toContain(word);
    expect(reason).not.toContain('10.1.2.3');
  });

  it('says of a refused address why, and not which', () => {
    expect(failureReason(new RefusedAddressError())).toContain('public internet');
  });

  it('knows an answer that is not HTTP, for which undici gives no code', () => {
    expect(failureReason(new errors.HTTPParserError('Expected HTTP/'))).toBe('the answer was not valid HTTP');
  });

  it.each([
    new TypeError('undefined is not a function'),
    withCode('ERR_INVALID_ARG_TYPE'),
    withCode(20),
    new errors.InvalidArgumentError('invalid header'),
    'a string',
    null,
  ])('takes %s for a bug', (error) => {
    expect(failureReason(error)).toBeNull();
  });
});
