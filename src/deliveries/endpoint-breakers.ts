import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { breakerPauseMs, failuresToOpen } from '../domain/breaker-schedule.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { BreakerExchange, breakerKey, type ChangedBreaker } from './breaker-exchange.js';
import { takeProbe, type BreakerRow } from './endpoint-breaker.store.js';

/** How long others wait for a probe: longer than any attempt, so that they wait in vain only for a worker that died. */
const probeMs = 60_000;
/** How long what others opened and closed may go unnoticed. */
const refreshEveryMs = 1_000;
/** How soon a probe is asked for again that the database could not give. */
const askAgainMs = 1_000;
/** Endpoints in trouble that are remembered, in a lane and of each sort. Those beyond are tried as if nothing were. */
const mostRemembered = 10_000;

/** What is to become of a delivery to an endpoint. On `probe` the caller asks `takeProbe`, and sends if it is given. */
export type Admission = { kind: 'go' } | { kind: 'probe' } | { kind: 'wait'; until: Date };

const go: Admission = { kind: 'go' };
const probe: Admission = { kind: 'probe' };

/** `probeUntil` is 0 unless this process has a probe under way; in milliseconds since 1970. */
type Breaker = ChangedBreaker & { probeUntil: number };

/** The endpoints of a lane that are in trouble: failures in a row of those still tried, and breakers by hash. */
type Troubles = { failing: Map<string, number>; breakers: Map<string, Breaker> };

/**
 * Keeps deliveries from endpoints that do not answer, so that they take no slots from the others. An endpoint is what
 * fails as one: a webhook's URL, a Slack channel, the SMTP server. After five failures in a row nothing goes there for
 * a pause, then one probe of all workers, whose answer closes the breaker and whose failure makes the next pause longer.
 *
 * Decides by what this process knows, which `refresh` keeps at most a second behind the others. A breaker only spares
 * attempts and the ledger is the truth, so what the database fails to do here is left to the next refresh, silently.
 */
@Injectable()
export class EndpointBreakers {
  private readonly lanes = new Map<string, Troubles>();
  private readonly hashes = new Map<string, string>();
  private readonly ledger: BreakerExchange;
  private refreshing: Promise<void> | null = null;
  private refreshedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    this.ledger = new BreakerExchange(database, clock);
  }

  /**
   * Whether a delivery may go. 10 ns while all is well in the lane; while an endpoint in it is not, 130 ns, and 3 µs for
   * the hash of one that was not seen lately.
   *
   * @param endpoint may hold a secret: only its hash leaves the process
   */
  admit(lane: string, endpoint: string): Admission {
    const breaker = this.breakerOf(lane, endpoint);
    if (breaker === undefined) return go;
    const until = waitUntil(breaker);
    return until <= this.clock.now().getTime() ? probe : { kind: 'wait', until: new Date(until) };
  }

  /** @returns whether the caller is the one of all workers that probes, or the breaker is closed by now */
  async takeProbe(lane: string, endpoint: string): Promise<boolean> {
    const breaker = this.breakerOf(lane, endpoint);
    if (breaker === undefined) return true;
    const now = this.clock.now();
    if (waitUntil(breaker) > now.getTime()) return false;
    const until = now.getTime() + probeMs;
    // The others of this process need not ask.
    breaker.probeUntil = until;
    try {
      await this.ledger.settle();
      const found = await takeProbe(this.database, breaker, now, new Date(until));
      if (found === null) {
        this.forget(breaker);
        return true;
      }
      breaker.failures = found.failures;
      // Whoever took it at this very moment pushed the end ahead as far, which a statement that began before can't see.
      breaker.openUntil = found.openUntil > now.getTime() ? found.openUntil : until;
      if (!found.taken) breaker.probeUntil = 0;
      return found.taken;
    } catch {
      breaker.probeUntil = 0;
      breaker.openUntil = now.getTime() + askAgainMs;
      return false;
    }
  }

  /** Tells how an attempt ended: whether the endpoint answered, be it with a refusal. The database learns it later. */
  note(lane: string, endpoint: string, result: 'answered' | 'failed'): void {
    const breaker = this.breakerOf(lane, endpoint);
    if (result === 'answered') {
      const failing = this.lanes.get(lane)?.failing;
      if (failing !== undefined && failing.size > 0) failing.delete(endpoint);
      if (breaker !== undefined) this.close(breaker);
    } else if (breaker === undefined) {
      this.count(lane, endpoint);
    } else if (this.clock.now().getTime() < breaker.probeUntil) {
      this.pause(breaker, breaker.failures + 1);
    }
    // Else an attempt has failed that began before the breaker opened: that is known already.
  }

  /**
   * Learns what others opened and closed, and saves what could not be saved before: one statement on a table that is
   * empty while all is well. Does nothing within a second of the last time, so it may be called at every turn. Never
   * rejects.
   */
  async refresh(): Promise<void> {
    const now = this.clock.now().getTime();
    if (this.refreshing === null && Math.abs(now - this.refreshedAt) >= refreshEveryMs) {
      this.refreshedAt = now;
      this.refreshing = this.ledger
        .exchange(mostRemembered, (rows, changed) => this.learn(rows, changed))
        .catch(() => undefined)
        .finally(() => {
          this.refreshing = null;
        });
    }
    await this.refreshing;
  }

  /** How many breakers of each lane are open, and how many wait for a probe or its end; zeros too. */
  open(): { lane: string; state: 'open' | 'half-open'; endpoints: number }[] {
    const now = this.clock.now().getTime();
    return [...this.lanes].flatMap(([lane, { breakers }]) => {
      const all = [...breakers.values()];
      const open = all.filter(({ openUntil, probeUntil }) => openUntil > now && probeUntil <= now).length;
      return [
        { lane, state: 'open' as const, endpoints: open },
        { lane, state: 'half-open' as const, endpoints: all.length - open },
      ];
    });
  }

  private breakerOf(lane: string, endpoint: string): Breaker | undefined {
    const breakers = this.lanes.get(lane)?.breakers;
    if (breakers === undefined || breakers.size === 0) return undefined;
    return breakers.get(this.hashOf(endpoint));
  }

  private hashOf(endpoint: string): string {
    const known = this.hashes.get(endpoint);
    if (known !== undefined) return known;
    if (this.hashes.size >= mostRemembered) this.hashes.clear();
    const made = hash('sha256', endpoint, 'base64url');
    this.hashes.set(endpoint, made);
    return made;
  }

  private troublesOf(lane: string): Troubles {
    let troubles = this.lanes.get(lane);
    if (troubles === undefined) {
      troubles = { failing: new Map(), breakers: new Map() };
      this.lanes.set(lane, troubles);
    }
    return troubles;
  }

  private count(lane: string, endpoint: string): void {
    const { failing, breakers } = this.troublesOf(lane);
    const failures = (failing.get(endpoint) ?? 0) + 1;
    if (failures < failuresToOpen || breakers.size >= mostRemembered) {
      if (failing.size >= mostRemembered && !failing.has(endpoint)) {
        // The one whose first failure is the longest ago makes room.
        const [oldest] = failing.keys();
        if (oldest !== undefined) failing.delete(oldest);
      }
      failing.set(endpoint, failures);
      return;
    }
    failing.delete(endpoint);
    const key = this.hashOf(endpoint);
    const breaker = { lane, endpoint: key, failures, openUntil: 0, probeUntil: 0, closed: false };
    breakers.set(key, breaker);
    this.pause(breaker, failures);
  }

  private pause(breaker: Breaker, failures: number): void {
    breaker.failures = failures;
    breaker.openUntil = this.clock.now().getTime() + breakerPauseMs(failures, Math.random());
    breaker.probeUntil = 0;
    this.ledger.tell(breaker);
  }

  private close(breaker: Breaker): void {
    this.forget(breaker);
    breaker.closed = true;
    this.ledger.tell(breaker);
  }

  private forget(breaker: Breaker): void {
    const breakers = this.lanes.get(breaker.lane)?.breakers;
    if (breakers?.get(breaker.endpoint) === breaker) breakers.delete(breaker.endpoint);
  }

  /** Takes over what the database says, but for what has changed since. */
  private learn(rows: readonly BreakerRow[], changed: ReadonlySet<string>): void {
    const before = new Map<string, Breaker>();
    for (const { breakers } of this.lanes.values()) {
      for (const breaker of breakers.values()) {
        if (changed.has(breakerKey(breaker))) continue;
        before.set(breakerKey(breaker), breaker);
        breakers.delete(breaker.endpoint);
      }
    }
    for (const row of rows) {
      if (changed.has(breakerKey(row))) continue;
      const breaker = before.get(breakerKey(row)) ?? { ...row, probeUntil: 0, closed: false };
      breaker.failures = row.failures;
      breaker.openUntil = row.openUntil;
      this.troublesOf(row.lane).breakers.set(row.endpoint, breaker);
    }
  }
}

function waitUntil({ openUntil, probeUntil }: Breaker): number {
  return Math.max(openUntil, probeUntil);
}
