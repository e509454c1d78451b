import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FanOut } from '../../src/alerts/fan-out.js';
import { InspectorService } from '../../src/operator/inspector.service.js';
import { startApp, type TestApp } from '../support/app.js';
import { provisionEvent, side } from '../support/events.js';
import { populate } from './inspector-world.js';

const accounts = 60;
const events = 80;
const seed = 20_261;

let app: TestApp;

beforeAll(async () => {
  // So low that the storms of the walk reach it.
  app = await startApp({ ALERTS_PER_MINUTE: '3' });
  await populate(app, accounts, seed);
});
afterAll(async () => {
  await app.stop();
});

const step = fc.record({
  provision: fc.constantFrom('acme-terms-1', 'acme-terms-3', 'bolt-terms-2'),
  severity: fc.constantFrom('low', 'medium', 'high'),
  words: fc.constantFrom('A clause of high severity.', 'You agree to arbitration.', 'We may change this.'),
  gone: fc.constantFrom(false, false, false, false, true),
  clauseType: fc.constantFrom('arbitration', 'liability-limitation'),
  categories: fc.constantFrom(['liability'], ['privacy'], []),
  revision: fc.constantFrom(false, false, false, true),
  seconds: fc.constantFrom(1, 5, 20, 4_000),
  again: fc.constantFrom(false, false, false, false, false, true),
});

it(
  'foretells what then happens, of every event of a walk through an archive',
  { timeout: 240_000 },
  async () => {
    const inspector = app.app.get(InspectorService);
    const reached = { alerts: 0, fates: new Set<string>(), verdicts: new Set<string>() };
    let last: unknown;
    for (const [n, one] of fc.sample(step, { numRuns: events, seed }).entries()) {
      app.clock.advance(one.seconds);
      const entity = one.provision.split('-')[0]!;
      const event =
        one.again && last !== undefined
          ? last
          : provisionEvent({
              entity,
              provision: one.provision,
              time: app.clock.now().toISOString(),
              clauseType: one.clauseType,
              categories: [...one.categories],
              ...(one.revision && { revision: { id: `revision-${n}`, size: 1 } }),
              after: one.gone ? null : side(one.severity, one.words),
            });
      const before = await ledgerOf();
      const foreseen = await inspector.foresee(JSON.stringify(event)).catch((error: Error) => error);
      expect(await ledgerOf()).toEqual(before);

      if (foreseen instanceof Error) {
        await expect(app.postEvents([event])).rejects.toThrow('422');
        continue;
      }
      last = event;
      await app.postEvents([event]);
      await app.app.get(FanOut).run(new AbortController().signal);
      const change = await changeOf((event as { id: string }).id);
      const { id: _, ...told } = foreseen.change;
      expect(told).toMatchObject({
        kind: change.kind,
        verdict: change.verdict,
        late: change.late,
        gap: change.gap,
        entityAfter: change.entityAfter,
      });
      expect(foreseen.duplicateOf !== null).toBe(event === last && n > 0 && one.again);
      if (foreseen.duplicateOf !== null) {
        expect(foreseen.reach.alerts).toBe(0);
        continue;
      }
      const { reach } = foreseen;
      expect({ n, alerts: reach.alerts, ...deliveriesOf(reach.deliveries) }).toEqual({
        n,
        ...(await happened(change.revisionId)),
      });
      expect(reach.accounts.length).toBe(Math.min(50, reach.alerts));
      reached.alerts += reach.alerts;
      reached.verdicts.add(change.verdict);
      for (const { fate } of reach.deliveries) reached.fates.add(fate);
    }
    // The walk came by whatever it is about.
    expect(reached.alerts).toBeGreaterThan(200);
    expect([...reached.fates].toSorted()).toEqual(
      ['cap', 'confirm', 'daily', 'destination', 'due', 'hourly', 'weekly'].toSorted(),
    );
    expect(reached.verdicts.size).toBeGreaterThan(1);
  },
);

function deliveriesOf(deliveries: readonly { lane: string; fate: string; count: number }[]) {
  return Object.fromEntries(deliveries.map(({ lane, fate, count }) => [`${lane} ${fate}`, count]));
}

async function happened(revisionId: string): Promise<Record<string, number>> {
  const [{ alerts } = { alerts: -1 }] = await app.database.query<{ alerts: number }>(
    `select count(*)::integer as alerts from alert where revision_id = $1`,
    [revisionId],
  );
  const rows = await app.database.query<{ lane: string; fate: string; count: number }>(
    `select d.lane, case
       when d.state = 'due' then case when d.due_at > $2 then 'confirm' else 'due' end
       when d.reason like 'told in the % digest' then split_part(d.reason, ' ', 4)
       when d.reason like 'more than %' then 'cap'
       when d.reason like 'the destination was %' then 'destination' else d.reason end as fate, count(*)::integer as count
     from alert al join delivery d on d.alert_id = al.id and d.kind = 'alert' where al.revision_id = $1 group by 1, 2`,
    [revisionId, app.clock.now()],
  );
  return { alerts, ...deliveriesOf(rows) };
}

async function changeOf(eventId: string) {
  const [change] = await app.database.query<{
    kind: string;
    verdict: string;
    late: boolean;
    gap: boolean;
    entityAfter: number;
    revisionId: string;
  }>(
    `select kind, verdict, late, gap, entity_exposure_after as "entityAfter", revision_id as "revisionId"
     from change where event_id = $1`,
    [eventId],
  );
  return change!;
}

/** Whatever an inspection might leave behind. */
async function ledgerOf() {
  const [counts] = await app.database.query(
    `select (select count(*) from change) as changes, (select count(*) from revision) as revisions,
       (select count(*) from alert) as alerts, (select count(*) from delivery) as deliveries,
       (select count(*) from bundle) as bundles, (select count(*) from echo) as echoes,
       (select count(*) from fan_out_range) as ranges, (select count(*) from provision) as provisions,
       (select count(*) from entity) as entities, (select sum(exposure) from entity) as exposure`,
  );
  return counts;
}
