import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { provisionEvent, side } from '../support/events.js';
import { createTestDatabase } from '../support/postgres.js';
import { newFleet, type Fleet, type Member } from './fleet.js';
import { openLedger, type Ledger } from './ledger.js';
import { lanes, type Lane } from './receipts.js';
import { startSinks, type SinkOptions, type Sinks } from './sinks.js';

const operatorToken = 'operator-token-of-the-faults';
const secretKey = 'one secret key for all processes of the faults';
const entity = 'acme';

export type Stage = {
  sinks: Sinks;
  ledger: Ledger;
  fleet: Fleet;
  /** Makes accounts 1 to `count`, each with a destination of each lane, all of which follow what `post` tells of. */
  makeFollowers(count: number, on?: readonly Lane[]): Promise<void>;
  /**
   * Tells a process of one revision more that concerns all followers. @param parts its changes, when it has several: then
   * nobody is told how many they are
   */
  post(web: Member, parts?: number): Promise<void>;
  /** How many deliveries the ledger must have for what was posted. */
  readonly due: number;
  send(web: string, events: readonly unknown[]): Promise<Response>;
  close(): Promise<void>;
};

type StageOptions = {
  /** A database to use in place of a copy of the test template. */
  databaseUrl?: string;
  /** Puts something between the service and the database's port. @returns the port to go to instead */
  throughProxy?: (port: number) => Promise<number>;
  /** What `DATABASE_URL` says after the question mark. */
  urlParameters?: string;
  sinks?: SinkOptions;
  environment?: Record<string, string>;
};

/** A database, the sinks, and a fleet that is yet to start. */
export async function setStage(options: StageOptions = {}): Promise<Stage> {
  const database = options.databaseUrl === undefined ? await createTestDatabase() : null;
  const databaseUrl = options.databaseUrl ?? database?.url ?? '';
  const dataDir = await mkdtemp(join(tmpdir(), 'tocsin-faults-'));
  const sinks = await startSinks(options.sinks ?? {});
  const ledger = await openLedger(databaseUrl);
  const url = new URL(databaseUrl);
  if (options.throughProxy) url.port = String(await options.throughProxy(Number(url.port)));
  url.search = options.urlParameters ?? '';
  const fleet = newFleet(url.href, {
    ...sinks.environment,
    SECRET_KEY: secretKey,
    OPERATOR_TOKEN: operatorToken,
    DATA_DIR: dataDir,
    PUBLIC_URL: 'https://tocsin.example',
    LOG_LEVEL: 'warn',
    // Scenarios count messages: none is to be held back or summed up for coming too fast.
    ALERTS_PER_MINUTE: '1000000',
    WEBHOOK_PER_S: '0',
    SLACK_PER_S: '0',
    ...options.environment,
  });
  let posts = 0;
  let destinations = 0;
  const send = (web: string, events: readonly unknown[]) =>
    fetch(`${web}/v1/events`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${operatorToken}`,
        'content-type': 'application/cloudevents-batch+json',
      },
      body: JSON.stringify(events),
    });

  return {
    sinks,
    ledger,
    fleet,
    send,
    async makeFollowers(count, on = lanes) {
      await ledger.traceLeases();
      await ledger.makeFollowers({ count, entity, lanes: on, hookUrl: sinks.hookUrl, secretKey });
      destinations = count * on.length;
    },
    async post(web, parts) {
      const document = `acme-${++posts}`;
      const events = Array.from({ length: parts ?? 1 }, (_, part) =>
        provisionEvent({
          entity,
          document,
          provision: `${document}-${part}`,
          after: side('high'),
          ...(parts !== undefined && { revision: { id: 'r1' } }),
        }),
      );
      // A client does as the answer says: what finds a connection that is dead is sent again, and taken in once.
      for (let status = 503; status === 503;) {
        const answer = await send(web.url, events);
        status = answer.status;
        expect([202, 503], await answer.text()).toContain(status);
        if (status === 503) await delay(1_000 * Number(answer.headers.get('retry-after')));
      }
    },
    get due() {
      return posts * destinations;
    },
    async close() {
      await fleet.stop();
      await sinks.stop();
      await ledger.close();
      await database?.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
