import ipaddr from 'ipaddr.js';

/**
 * What a client is counted by: its IPv4 address, or the /64 of its IPv6 address, all of which one household or machine has
 * to itself. @param address as the server has it
 */
export function clientNetwork(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv4) return parsed.toString();
  const prefix = parsed.parts.slice(0, 4).map((part) => part.toString(16));
  return `${prefix.join(':')}::/64`;
}
