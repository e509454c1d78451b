import { Counter, type Registry } from 'prom-client';
import { BucketHistogram, count, tallyCounter, type Buckets, type Tally } from './tallies.js';

/** From what nobody notices to what waited for a day. */
const waitSeconds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 900, 3_600, 14_400, 86_400];
const attemptSeconds = [0.005, 0.02, 0.1, 0.5, 2, 5, 15, 45];
const sizes = [1, 2, 5, 10, 20, 50, 100, 200, 500];

/** How a delivery stands once it was in a worker's hands. `set_aside` had no attempt, for its endpoint could take none. */
const states = ['delivered', 'due', 'set_aside', 'dead', 'cancelled', 'lease_lost'] as const;
type CountedState = (typeof states)[number];
const outcomes = ['delivered', 'retry', 'permanent'] as const;

/** `outcome` is that of the attempt; null when none was made. */
type Ended = {
  state: Exclude<CountedState, 'set_aside' | 'lease_lost'>;
  outcome: (typeof outcomes)[number] | null;
  ms: number;
};

/**
 * What one lane's worker counts. At thousands of deliveries a second that is on its way: everything is looked up
 * beforehand, and nothing is made for the moment.
 */
export class LaneMetrics {
  readonly states: Tally = new Map(states.map((state) => [state, 0]));
  readonly outcomes: Tally = new Map(outcomes.map((outcome) => [outcome, 0]));

  constructor(
    private readonly attempts: Buckets,
    private readonly straight: Buckets,
    private readonly waited: Buckets,
    private readonly claims: Buckets,
    private readonly pages: Buckets,
  ) {}

  /**
   * @param held whether the lease still held: else nothing was recorded
   * @returns as what it was counted
   */
  ended({ state, outcome, ms }: Ended, held: boolean): CountedState {
    const counted = !held ? 'lease_lost' : state === 'due' && outcome === null ? 'set_aside' : state;
    count(this.states, counted);
    if (outcome !== null) {
      count(this.outcomes, outcome);
      this.attempts.observe(ms / 1_000);
    }
    return counted;
  }

  /** @param wasStraight whether it was due at once and arrived at the first attempt */
  arrived(secondsAfterEvent: number, wasStraight: boolean): void {
    (wasStraight ? this.straight : this.waited).observe(Math.max(0, secondsAfterEvent));
  }

  /** A claim that found nothing is not counted: most of those of an idle worker do. */
  claimed(parcels: number): void {
    if (parcels > 0) this.claims.observe(parcels);
  }

  read(deliveries: number): void {
    if (deliveries > 0) this.pages.observe(deliveries);
  }
}

/** The deliveries of all lanes, as Prometheus sees them. */
export class DeliveryMetrics {
  readonly leasesLost: Counter<'lane'>;
  private readonly lanes = new Map<string, LaneMetrics>();
  private readonly attempts: BucketHistogram;
  private readonly arrivals: BucketHistogram;
  private readonly claims: BucketHistogram;
  private readonly pages: BucketHistogram;
  private readonly flushes: Buckets;

  /** @param lanes those that are shown though nothing happened there */
  constructor(registry: Registry, lanes: readonly string[]) {
    const histogram = (name: string, help: string, buckets: readonly number[]) =>
      new BucketHistogram(registry, { name, help, buckets });
    tallyCounter(
      registry,
      {
        name: 'tocsin_deliveries_total',
        help: 'Deliveries that left a worker, by what became of them',
        label: 'state',
      },
      () => this.each((lane) => lane.states),
    );
    tallyCounter(
      registry,
      { name: 'tocsin_attempts_total', help: 'Attempts, by how they ended', label: 'outcome' },
      () => this.each((lane) => lane.outcomes),
    );
    this.attempts = histogram('tocsin_attempt_seconds', 'Time that an attempt took', attemptSeconds);
    this.arrivals = histogram(
      'tocsin_event_to_delivered_seconds',
      'Time from the last event of a revision to the delivery of an alert of it',
      waitSeconds,
    );
    this.claims = histogram('tocsin_claim_parcels', 'Parcels that were leased at a time', sizes);
    this.pages = histogram('tocsin_page_deliveries', 'Deliveries that were read at a time', sizes);
    this.flushes = histogram('tocsin_flush_endings', 'Endings that were recorded at a time', sizes).child({});
    this.leasesLost = new Counter({
      name: 'tocsin_leases_lost_total',
      help: 'Parcels that a worker held when their lease ran out',
      labelNames: ['lane'],
      registers: [registry],
    });
    for (const lane of lanes) this.lane(lane);
  }

  lane(lane: string): LaneMetrics {
    const known = this.lanes.get(lane);
    if (known) return known;
    const made = new LaneMetrics(
      this.attempts.child({ lane }),
      this.arrivals.child({ lane, way: 'straight' }),
      this.arrivals.child({ lane, way: 'waited' }),
      this.claims.child({ lane }),
      this.pages.child({ lane }),
    );
    this.lanes.set(lane, made);
    this.leasesLost.inc({ lane }, 0);
    return made;
  }

  recorded(endings: number): void {
    this.flushes.observe(endings);
  }

  private each(tallyOf: (lane: LaneMetrics) => Tally): (readonly [string, Tally])[] {
    return [...this.lanes].map(([name, lane]) => [name, tallyOf(lane)]);
  }
}
