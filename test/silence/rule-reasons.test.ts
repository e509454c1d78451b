import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ChangeKind } from '../../src/domain/delta.js';
import { Database } from '../../src/platform/database.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

let testDatabase: TestDatabase;
let database: Database;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await Database.connect(testDatabase.url);
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

const JUDGE = `
  select rule_wants(min_rank, direction, min_change, kinds, query, before_rank, after_rank, kind, words) as wants,
    rule_reasons(min_rank, direction, min_change, kinds, query, before_rank, after_rank, kind, words) as reasons
  from jsonb_to_recordset($1) as one (min_rank smallint, direction text, min_change smallint, kinds text[], keywords text,
    before_rank smallint, after_rank smallint, kind text, changed text)
  cross join lateral (select websearch_to_tsquery('tocsin', keywords) as query, to_tsvector('tocsin', changed) as words) w`;

const word = fc.constantFrom('class', 'action', 'trial', 'no');
const pair = fc.record({
  min_rank: fc.integer({ min: 1, max: 3 }),
  direction: fc.constantFrom('any', 'rises', 'falls'),
  min_change: fc.integer({ min: 0, max: 3 }),
  kinds: fc.subarray([...ChangeKind.options], { minLength: 1 }),
  keywords: fc.option(
    fc.oneof(
      word,
      word.map((one) => `-${one}`),
      fc.tuple(word, word).map(([a, b]) => `"${a} ${b}"`),
    ),
  ),
  before_rank: fc.integer({ min: 0, max: 3 }),
  after_rank: fc.integer({ min: 0, max: 3 }),
  kind: fc.constantFrom(...ChangeKind.options),
  changed: fc.array(word, { maxLength: 4 }).map((words) => words.join(' ')),
});

it('has something against a change exactly when the rule does not want it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(pair, { minLength: 100, maxLength: 400 }), async (pairs) => {
      const rows = await database.query<{ wants: boolean; reasons: string[] }>(JUDGE, [
        JSON.stringify(pairs),
      ]);
      expect(rows).toHaveLength(pairs.length);
      for (const { wants, reasons } of rows) expect(reasons.length === 0).toBe(wants);
    }),
    { numRuns: 40 },
  );
});
