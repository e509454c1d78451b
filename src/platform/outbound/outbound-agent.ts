import { isIP, type LookupFunction, type Socket } from 'node:net';
import { Agent, buildConnector, type Dispatcher } from 'undici';
import { isPortOf, portOf, webPorts, type PortRange } from '../../domain/port-range.js';
import { addressPolicy } from './address-policy.js';
import { nameResolver, type Resolve } from './name-resolver.js';
import { RefusedAddressError } from './refused-address-error.js';
import { RefusedPortError } from './refused-port-error.js';

/** To resolve, connect and agree on TLS. */
const connectTimeoutMs = 5_000;

/** Node gives up an address after 250 ms when there is another: too soon for a receiver on the other side of the globe. */
const addressTimeoutMs = 1_000;

/** However long a receiver asks to keep an idle connection. */
const longestIdleMs = 30_000;

/**
 * Connections beyond these are closed as soon as they are answered: a fan-out to 100,000 hosts must not add up to a lack of
 * sockets, where a process may well have no more than 4,096.
 */
const mostKept = 1_024;

export type OutboundOptions = {
  /** CIDRs that may be reached though they are not public. */
  allowNetworks: readonly string[];
  /** Those of the web unless told. */
  ports?: readonly PortRange[];
  /** How names are resolved; see `nameResolver`. */
  resolve?: Resolve;
  /** How many connections may be open before they are closed once they are answered. */
  mostKept?: number;
};

/**
 * Outbound HTTP to addresses that strangers chose. Each connection resolves its host once and goes only to an address
 * of that answer which passed the check, so a name that answers differently the next time (DNS rebinding) wins nothing.
 * Requests fail with {@link RefusedAddressError} when no address is left, and with {@link RefusedPortError} when the port is
 * none of `ports`. Reads no proxy variables, follows no redirects.
 *
 * How many connections a host may have at a time is for the caller to bound: a request that waited for one in here would
 * have that much less time to be answered.
 */
export function outboundAgent(options: OutboundOptions): Agent {
  return new OutboundAgent(options);
}

class OutboundAgent extends Agent {
  /** Connections that are open, of all hosts. */
  private open = 0;
  private readonly mostKept: number;

  constructor(options: OutboundOptions) {
    const connect = checkedConnector(options);
    super({
      keepAliveMaxTimeout: longestIdleMs,
      connect: (to, callback) =>
        connect(to, (...result) => {
          if (result[0] === null) this.count(result[1]);
          callback(...result);
        }),
    });
    this.mostKept = options.mostKept ?? mostKept;
  }

  override dispatch(options: Agent.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const kept = this.open < this.mostKept;
    return super.dispatch(kept ? options : { ...options, reset: true }, handler);
  }

  private count(socket: Socket): void {
    this.open++;
    socket.once('close', () => this.open--);
  }
}

function checkedConnector({
  allowNetworks,
  ports = webPorts,
  resolve = nameResolver(),
}: OutboundOptions): buildConnector.connector {
  const mayReach = addressPolicy(allowNetworks);
  const connect = buildConnector({
    timeout: connectTimeoutMs,
    // Said here, NODE_TLS_REJECT_UNAUTHORIZED=0, set for whatever else the process talks to, does not reach so far.
    rejectUnauthorized: true,
    lookup: checkedLookup(asOne(resolve), mayReach),
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: addressTimeoutMs,
  });
  return (options, callback) => {
    const refuse = (error: Error) => queueMicrotask(() => callback(error, null));
    if (!isPortOf(ports, portOf(options))) return refuse(new RefusedPortError());
    // node:net never looks up an IP literal. Odd forms of one (`0x7f.1`) are no literal to it, and are looked up.
    if (isIP(options.hostname) === 0 || mayReach(options.hostname)) connect(options, callback);
    else refuse(new RefusedAddressError());
  };
}

function checkedLookup(resolve: Resolve, mayReach: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, (error, found) => {
      if (error !== null) return callback(error, '');
      const reachable = found.filter(({ address }) => mayReach(address));
      const [first] = reachable;
      if (first === undefined) return callback(new RefusedAddressError(), '');
      if (options.all === true) return callback(null, reachable);
      return callback(null, first.address, first.family);
    });
  };
}

/** Connections that open at one time wait for one answer for their host. */
function asOne(resolve: Resolve): Resolve {
  const waiting = new Map<string, Parameters<Resolve>[1][]>();
  return (hostname, callback) => {
    const others = waiting.get(hostname);
    if (others !== undefined) {
      others.push(callback);
      return;
    }
    const all = [callback];
    waiting.set(hostname, all);
    resolve(hostname, (error, addresses) => {
      waiting.delete(hostname);
      for (const each of all) each(error, addresses);
    });
  };
}
