/** A request was given up from this side. */
export class GivenUpError extends Error {
  override readonly name = 'GivenUpError';

  /** @param code `ERR_DEADLINE`: time ran out; `ERR_STOPPED`: the caller no longer wants the answer */
  constructor(readonly code: 'ERR_DEADLINE' | 'ERR_STOPPED') {
    super(code === 'ERR_DEADLINE' ? 'time ran out' : 'the caller stopped the request');
  }
}
