import { lookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector } from 'undici';
import { addressPolicy } from './address-policy.js';
import { RefusedAddressError } from './refused-address-error.js';

const connectTimeoutMs = 5_000;

/** Node gives up an address after 250 ms when there is another: too soon for a receiver on the other side of the globe. */
const addressTimeoutMs = 1_000;

/** However long a receiver asks to keep an idle connection: thousands of them must not add up to a lack of sockets. */
const longestIdleMs = 30_000;

/** Finds all the addresses of a host name, or fails with the `code` of node:dns; the addresses are then ignored. */
export type Resolve = (
  hostname: string,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

export type OutboundOptions = {
  /** CIDRs that may be reached though they are not public. */
  allowNetworks: readonly string[];
  /** The system's resolver unless told. */
  resolve?: Resolve;
};

/**
 * Outbound HTTP to addresses that strangers chose. Each connection resolves its host once and goes only to an address
 * of that answer which passed the check, so a name that answers differently the next time (DNS rebinding) wins nothing.
 * Requests fail with {@link RefusedAddressError} when no address is left. Reads no proxy variables, follows no redirects.
 */
export function outboundAgent({ allowNetworks, resolve = resolveAll }: OutboundOptions): Agent {
  const mayReach = addressPolicy(allowNetworks);
  const connect = buildConnector({
    timeout: connectTimeoutMs,
    lookup: checkedLookup(resolve, mayReach),
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: addressTimeoutMs,
  });
  return new Agent({
    keepAliveMaxTimeout: longestIdleMs,
    connect(options, callback) {
      // node:net never looks up an IP literal. Odd forms of one (`0x7f.1`) are no literal to it, and are looked up.
      if (isIP(options.hostname) === 0 || mayReach(options.hostname)) connect(options, callback);
      else queueMicrotask(() => callback(new RefusedAddressError(), null));
    },
  });
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

function resolveAll(...[hostname, callback]: Parameters<Resolve>): void {
  lookup(hostname, { all: true }, callback);
}
