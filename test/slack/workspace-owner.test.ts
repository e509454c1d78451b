import type { QueryRunner } from 'typeorm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SlackWorkspace1796342400000 } from '../../migrations/1796342400000-slack-workspace.js';
import { givenUpReason } from '../../src/slack/slack-reasons.js';
import { startSlackStage, type SlackStage } from './slack-stage.js';

let stage: SlackStage;
beforeAll(async () => {
  stage = await startSlackStage();
});
afterAll(async () => stage.stop());

const destinationOf = async (accountId: string, workspace: string, status: string) => {
  const [row] = await stage.app.database.query<{ id: string }>(
    `insert into destination (account_id, kind, status, reason, settings, created_at)
     values ($1, 'slack', $2, $3, $4, now()) returning id`,
    [accountId, status, givenUpReason('Acme'), JSON.stringify({ workspace, channel: 'C1' })],
  );
  return row?.id;
};
const rowOf = async (id: string | undefined) => {
  const [row] = await stage.app.database.query<{ status: string; workspace: string }>(
    `select status, settings ->> 'workspace' as workspace from destination where id = $1`,
    [id],
  );
  return row;
};

it('puts to work the destinations of its own account alone', async () => {
  const [owner, other] = [await stage.app.createAccount(), await stage.app.createAccount()];
  const workspace = await stage.install(owner);
  const own = await destinationOf(owner.id, workspace, 'disabled');
  const strangers = await destinationOf(other.id, workspace, 'disabled');
  await stage.install(owner);
  expect([(await rowOf(own))?.status, (await rowOf(strangers))?.status]).toEqual(['active', 'disabled']);
});

it('is named by no destination from before its table was made anew', async () => {
  const owner = await stage.app.createAccount();
  const id = await destinationOf(owner.id, await stage.install(owner), 'active');
  const runner = { query: async (sql: string) => stage.app.database.query(sql) } as unknown as QueryRunner;
  const migration = new SlackWorkspace1796342400000();
  await migration.down(runner);
  await migration.up(runner);
  expect((await rowOf(id))?.workspace).toBe('0');
});
