import { z } from 'zod';

const wrong = 'must be ports from 1 to 65535, such as 443 or 1024-65535';

/** Ports from one to another, both of them included; written `443` or `1024-65535`. */
export const PortRange = z
  .string()
  .regex(/^\d{1,5}(-\d{1,5})?$/, wrong)
  .transform((text) => {
    const [from = 0, to = from] = text.split('-').map(Number);
    return { from, to };
  })
  .refine(({ from, to }) => from >= 1 && from <= to && to <= 65_535, wrong);
export type PortRange = z.infer<typeof PortRange>;

/**
 * Where the web is served: 80, 443, and what any user of a machine may listen on. The rest belongs to other services (22 SSH,
 * 25 mail, 53 DNS, 445 file shares): no receiver runs there, and a POST to one is an attack in its owner's eyes. GitLab's
 * UrlBlocker draws the line at the same place; 80 and 443 alone would refuse many a receiver on 8080 or 8443.
 */
export const webPorts: readonly PortRange[] = [
  { from: 80, to: 80 },
  { from: 443, to: 443 },
  { from: 1_024, to: 65_535 },
];

/** The port that a URL leads to, written in it or not. @param protocol with its colon, as URL has it */
export function portOf({ protocol, port }: { protocol: string; port: string }): number {
  if (port !== '') return Number(port);
  return protocol === 'https:' ? 443 : 80;
}

export function isPortOf(ranges: readonly PortRange[], port: number): boolean {
  return ranges.some(({ from, to }) => from <= port && port <= to);
}

/** As people read it: `80, 443, 1024-65535`. */
export function portRangesText(ranges: readonly PortRange[]): string {
  return ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
}
