import { expect, it } from 'vitest';
import { failureOutcome } from '../../../src/platform/outbound/failure-outcome.js';
import { RefusedAddressError } from '../../../src/platform/outbound/refused-address-error.js';
import { RefusedPortError } from '../../../src/platform/outbound/refused-port-error.js';

it.each([new RefusedAddressError(), new RefusedPortError()])(
  'gives up where it may not go: $message',
  (error) => {
    expect(failureOutcome(error)).toEqual({ kind: 'permanent', reason: expect.any(String) });
  },
);

it('tries again what the network did', () => {
  const error = Object.assign(new Error('reset'), { code: 'ECONNRESET' });
  expect(failureOutcome(error)).toEqual({ kind: 'retry', reason: expect.stringContaining('broke') });
});

it('throws on what is a bug of this side', () => {
  expect(() => failureOutcome(new TypeError('of ours'))).toThrow('of ours');
});
