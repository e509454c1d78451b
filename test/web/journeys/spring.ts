import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ingestLines } from '../../../src/commands/ingest-file.js';
import { Intake } from '../../../src/intake/intake.js';
import { packageRoot } from '../../../src/platform/package-root.js';
import { startApp, type TestAccount, type TestApp } from '../../support/app.js';
import { checkedEvent } from '../../support/checks.js';
import { alertsOf, watch, webhookTo } from '../../support/watching.js';
import { startWebhookReceiver } from '../../support/webhook-receiver.js';

export type Spring = {
  app: TestApp;
  member: TestAccount;
  /** Ids of what is worth a look. */
  provision: string;
  change: string;
  watchlist: string;
  destination: string;
  stop(): Promise<void>;
};

/** The clause whose change every reader of the documents is shown. */
const provision = 'CA-P-002547';

/**
 * The made-up feed as it came in, each change in its time, to a member who watches and dealt with some of it: so that pages
 * show the same on any day.
 */
export async function aSpringOfWatching(): Promise<Spring> {
  const [app, receiver] = await Promise.all([startApp(), startWebhookReceiver()]);
  const moveTo = (time: Date) => app.clock.advance((time.getTime() - app.clock.now().getTime()) / 1_000);
  const feed = (await readFile(join(packageRoot(), 'samples/feed.ndjson'), 'utf8'))
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { time: string });

  moveTo(new Date('2026-03-20T08:00:00Z'));
  const archive = createReadStream(join(packageRoot(), 'samples/archive.ndjson'));
  await ingestLines(app.app.get(Intake), archive, true, { advance: () => undefined });
  const member = await app.createAccount({ email: 'kim@cloud.example', tier: 'professional' });
  const { id: destination } = await webhookTo(app, member, receiver.url('/hooks/tocsin'));
  await app.call('PATCH', `/v1/destinations/${destination}`, {
    token: member.token,
    body: { label: 'Ticket system' },
  });
  const destinationIds = [destination];
  await watch(app, member, [['everything', '*']], {
    name: 'Grave rises anywhere',
    rule: { direction: 'rises', minSeverity: 'high' },
    destinationIds,
  });
  const follows = [
    ['document', 'CA-D-00028'],
    ['entity', 'brightwave'],
    ['category', 'dispute-resolution'],
  ] as const;
  const watchlist = await watch(app, member, follows, { name: 'Our cloud accounts', destinationIds });

  for (const event of feed.toSorted((a, b) => a.time.localeCompare(b.time))) {
    moveTo(new Date(Date.parse(event.time) + 90_000));
    await app.postEvents([event]);
    // What came with others of its revision settles after some quiet.
    app.clock.advance(60);
    await app.work();
  }
  moveTo(new Date('2026-06-18T09:00:00Z'));
  await lookAtAll(app);
  const alerts = await alertsOf(app, member);
  for (const { alert } of alerts.slice(4)) {
    await app.call('POST', `/v1/alerts/${alert.id}/acknowledge`, { token: member.token });
  }
  // An address that anybody may have, in place of one of this machine.
  await app.database.execute(
    `update destination set settings = jsonb_set(settings, '{url}', '"https://tickets.cloud.example/hooks/tocsin"')
     where id = $1`,
    [destination],
  );
  const { body } = await app.call('GET', `/v1/changes?provision=${provision}`, { token: member.token });
  return {
    app,
    member,
    provision,
    change: body.items[0].id,
    watchlist,
    destination,
    async stop() {
      await app.stop();
      await receiver.close();
    },
  };
}

/** The archive looked at each document an hour ago. */
async function lookAtAll(app: TestApp): Promise<void> {
  const documents = await app.database.query<{ id: string; title: string; entityId: string; entity: string }>(
    `select d.id, d.title, e.id as "entityId", e.name as entity from document d join entity e on e.id = d.entity_id`,
  );
  const time = new Date(app.clock.now().getTime() - 3_600_000);
  await app.postEvents(
    documents.map(({ id, title, entityId, entity }) => ({
      ...checkedEvent({ document: id, time }),
      data: { entity: { id: entityId, name: entity }, document: { id, title } },
    })),
  );
}
