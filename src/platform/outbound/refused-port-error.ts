/** The port is none that outbound HTTP may reach. */
export class RefusedPortError extends Error {
  static readonly code = 'ERR_PORT_REFUSED';
  override readonly name = 'RefusedPortError';
  readonly code = RefusedPortError.code;

  constructor() {
    super('outbound HTTP may not reach this port');
  }
}
