import pg from 'pg';
import { connectTimeoutMs, type Database } from '../../platform/database.js';
import type { Logger } from '../../platform/logger.js';
import { TicketBus, type Lane, type Stop, type Ticket } from '../ticket-bus.js';
import { LaneConsumer } from './lane-consumer.js';

const channel = 'tocsin_tickets';
const reconnectMs = 1_000;
/** How often the listener is asked whether it is still there: one whose peer went without a word only ever says nothing. */
const everyHeartbeatMs = 10_000;
const longestAnswerMs = 5_000;

/** Rings lanes in every process. $1 channel, $2 lanes. */
const RING = `select pg_notify($1, lane) from unnest($2::text[]) as lane`;

/**
 * Rings by NOTIFY, sent outside the transactions that made the work: NOTIFY holds a database-wide lock at commit, which
 * would queue all intake behind one another. Listens on a connection of its own; polling covers what is lost.
 */
export class PostgresTicketBus extends TicketBus {
  private readonly consumers = new Set<LaneConsumer>();
  private readonly pending = new Set<Lane>();
  private flushing: Promise<void> | null = null;
  private listener: pg.Client | null = null;
  private listening: Promise<void> | null = null;
  private closed = false;
  private reconnect: NodeJS.Timeout | undefined;
  private heartbeat: NodeJS.Timeout | undefined;

  /** @param listenUrl a direct connection: LISTEN does not pass a transaction pooler */
  constructor(
    private readonly database: Database,
    private readonly listenUrl: string,
    private readonly log: Logger,
    private readonly heartbeatMs = everyHeartbeatMs,
  ) {
    super();
  }

  override async publish(tickets: readonly Ticket[]): Promise<void> {
    for (const ticket of tickets) this.pending.add(ticket.lane);
    this.flushing ??= this.flush();
    await this.flushing;
  }

  override async consume(
    lane: Lane,
    options: { maxInFlight: number },
    handle: (ticket: Ticket, context: { signal: AbortSignal }) => Promise<void>,
  ): Promise<Stop> {
    const consumer = new LaneConsumer(lane, options.maxInFlight, handle, this.log);
    this.consumers.add(consumer);
    this.listening ??= this.listen();
    await this.listening;
    consumer.ring();
    return async () => {
      this.consumers.delete(consumer);
      await consumer.stop();
    };
  }

  override async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.reconnect);
    clearTimeout(this.heartbeat);
    await Promise.all([...this.consumers].map((consumer) => consumer.stop()));
    this.consumers.clear();
    await this.flushing;
    await this.listener?.end().catch(() => undefined);
  }

  /** Tickets that come while one flush is on its way go together with the next. */
  private async flush(): Promise<void> {
    await Promise.resolve();
    try {
      while (this.pending.size > 0) {
        const lanes = [...this.pending];
        this.pending.clear();
        await this.database.query(RING, [channel, lanes]);
      }
    } catch (error) {
      this.log.warn({ err: error }, 'could not ring; the sweep will find the work');
    } finally {
      this.flushing = null;
    }
  }

  private async listen(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.listenUrl,
      application_name: 'tocsin bell',
      keepAlive: true,
      connectionTimeoutMillis: connectTimeoutMs(this.listenUrl),
      query_timeout: longestAnswerMs,
    });
    client.on('notification', ({ payload }) => this.ringAll((consumer) => consumer.lane === payload));
    client.on('error', () => undefined);
    client.on('end', () => this.listenAgain(client));
    this.listener = client;
    try {
      await client.connect();
      await client.query(`listen ${channel}`);
      this.ringAll(() => true);
      this.askLater(client);
    } catch (error) {
      this.log.warn({ err: error }, 'could not listen for tickets; polling meanwhile');
      await client.end().catch(() => undefined);
      this.listenAgain(client);
    }
  }

  /** Lets go of a listener that does not answer: another takes its place. */
  private askLater(client: pg.Client): void {
    const ask = async () => {
      try {
        await client.query('select');
        if (this.listener === client && !this.closed) this.askLater(client);
      } catch (error) {
        if (!this.closed) this.log.warn({ err: error }, 'the connection that listens for tickets is dead');
        await client.end().catch(() => undefined);
      }
    };
    this.heartbeat = setTimeout(() => void ask(), this.heartbeatMs).unref();
  }

  private listenAgain(lost: pg.Client): void {
    if (this.closed || this.listener !== lost) return;
    clearTimeout(this.heartbeat);
    clearTimeout(this.reconnect);
    this.reconnect = setTimeout(() => void this.listen(), reconnectMs);
  }

  private ringAll(which: (consumer: LaneConsumer) => boolean): void {
    for (const consumer of this.consumers) if (which(consumer)) consumer.ring();
  }
}
