/** The address is none that outbound HTTP may reach. Says nothing of the address: users read what comes of it. */
export class RefusedAddressError extends Error {
  static readonly code = 'ERR_ADDRESS_REFUSED';
  override readonly name = 'RefusedAddressError';
  readonly code = RefusedAddressError.code;

  constructor() {
    super('outbound HTTP may not reach this address');
  }
}
