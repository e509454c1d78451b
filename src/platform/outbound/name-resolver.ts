import { lookup, Resolver, type LookupAddress } from 'node:dns';

/** Finds all the addresses of a host name, or fails with the `code` of node:dns; the addresses are then ignored. */
export type Resolve = (
  hostname: string,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** Two tries fit well into the time that connecting has. */
const questions = { timeout: 1_200, tries: 2 } as const;
/** With an IPv4 address in hand, how much longer the answer for IPv6 is waited for. */
const resolutionDelayMs = 200;
/** Names that wait for the system: beyond these they are as good as unknown. */
const mostWaiting = 200;

type ResolverOptions = {
  /** Name servers, `address:port`; those of the system unless told. */
  servers?: readonly string[];
  /** Looks a name up as the system does. */
  askSystem?: Resolve;
};

/** One for the whole process, which has one pool of threads. */
const askSystemInTurn = oneAtATime((hostname, callback) => lookup(hostname, { all: true }, callback));

/**
 * Asks DNS without a thread of the process's pool: strangers choose these names, and one whose servers never answer would
 * hold a thread for half a minute. There are four, for whatever else needs them too: two such names at a time would stop
 * every webhook.
 *
 * What DNS does not know may stand in the hosts file or under a search domain. The system is asked for that, one name at a
 * time; and for names of one label at once, which are nobody's out there.
 */
export function nameResolver({ servers, askSystem = askSystemInTurn }: ResolverOptions = {}): Resolve {
  const dns = new Resolver(questions);
  if (servers !== undefined) dns.setServers(servers);
  return (hostname, callback) => {
    if (isLocal(hostname)) return askSystem(hostname, callback);
    askDns(dns, hostname, (addresses) => {
      if (addresses.length > 0) callback(null, addresses);
      else askSystem(hostname, callback);
    });
  };
}

function isLocal(hostname: string): boolean {
  return !hostname.replace(/\.$/, '').includes('.') || /\.local(host)?\.?$/i.test(hostname);
}

/** @param found is called once; with nothing when DNS has none or does not answer */
function askDns(dns: Resolver, hostname: string, found: (addresses: LookupAddress[]) => void): void {
  const addresses: LookupAddress[] = [];
  let open = 2;
  let timer: NodeJS.Timeout | undefined;
  const end = () => {
    open = -1;
    clearTimeout(timer);
    found(addresses);
  };
  const answered = (family: 4 | 6) => (error: Error | null, answer: string[]) => {
    if (open < 0) return;
    if (error === null) addresses.push(...answer.map((address) => ({ address, family })));
    if (--open === 0) return end();
    // Some servers never answer for IPv6. Where IPv4 is late, it is waited for: IPv6 may lead nowhere from here.
    if (family === 4 && addresses.length > 0) timer = setTimeout(end, resolutionDelayMs);
  };
  dns.resolve4(hostname, answered(4));
  dns.resolve6(hostname, answered(6));
}

/** Lets at most one thread be held up. */
export function oneAtATime(resolve: Resolve): Resolve {
  const waiting: Parameters<Resolve>[] = [];
  let isAsked = false;
  const next = () => {
    const first = waiting.shift();
    if (first === undefined) return;
    const [hostname, callback] = first;
    isAsked = true;
    resolve(hostname, (error, addresses) => {
      isAsked = false;
      next();
      callback(error, addresses);
    });
  };
  return (hostname, callback) => {
    if (waiting.length >= mostWaiting) {
      const error = Object.assign(new Error('too many names wait to be resolved'), { code: 'EAI_AGAIN' });
      return queueMicrotask(() => callback(error, []));
    }
    waiting.push([hostname, callback]);
    if (!isAsked) next();
  };
}
