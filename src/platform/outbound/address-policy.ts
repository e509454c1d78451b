import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Network = [Address, number];

/** The only part of IPv6 that IANA hands out as global unicast; ipaddr.js calls all that it does not know "unicast". */
const globalUnicast: Network = ipaddr.parseCIDR('2000::/3');

/** RFC 6052: an IPv4 address as seen through a NAT64 gateway, in the last 32 bits. */
const nat64: Network = ipaddr.parseCIDR('64:ff9b::/96');

/** Azure's host agent: a public address that answers privileged requests of the machines on that host. */
const azureHostAgent: Network = ipaddr.parseCIDR('168.63.129.16/32');

/**
 * Tells which addresses outbound HTTP may reach: globally reachable unicast, and whatever `allowNetworks` adds. Not
 * reachable is all that the IANA special-purpose registries list, and every form that hides an IPv4 address inside an
 * IPv6 one. On an IPv6-only network all of IPv4 looks so: who allows the gateway's network reaches through it what may be
 * reached without it, and no more.
 *
 * @param allowNetworks CIDRs
 * @throws Error when one of them is no CIDR
 */
export function addressPolicy(allowNetworks: readonly string[]): (address: string) => boolean {
  const allowed: Network[] = allowNetworks.map((cidr) => ipaddr.parseCIDR(cidr));
  const isAllowed = (address: Address) => allowed.some((network) => isInside(address, network));
  const mayReach = (address: Address): boolean =>
    isInside(address, nat64)
      ? isAllowed(address) && mayReach(new ipaddr.IPv4(address.toByteArray().slice(12)))
      : isAllowed(address) || isPublic(address);
  return (text) => isIP(text) !== 0 && mayReach(ipaddr.parse(text));
}

function isPublic(address: Address): boolean {
  if (address.range() !== 'unicast') return false;
  return address.kind() === 'ipv6' ? isInside(address, globalUnicast) : !isInside(address, azureHostAgent);
}

/** ipaddr.js throws on a mixed pair instead of saying no. */
function isInside(address: Address, network: Network): boolean {
  return address.kind() === network[0].kind() && address.match(network);
}
