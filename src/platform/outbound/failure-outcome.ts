import type { Outcome } from '../../domain/outcome.js';
import { failureReason } from './failure-reason.js';
import { RefusedAddressError } from './refused-address-error.js';
import { RefusedPortError } from './refused-port-error.js';

/**
 * What a request that got no answer means: where we do not go, we shall not go the next time either; all else may pass.
 *
 * @throws the error itself when it is a bug of this side
 */
export function failureOutcome(error: unknown): Outcome {
  const reason = failureReason(error);
  if (reason === null) throw error;
  const isRefused = error instanceof RefusedAddressError || error instanceof RefusedPortError;
  return { kind: isRefused ? 'permanent' : 'retry', reason };
}
