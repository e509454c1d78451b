import { loadSamples } from '../../src/commands/load-samples.js';
import { startApp, type TestApp } from './app.js';

/** An archive with a history, and a member who follows some of it and got alerts: what pages look like after a while. */
export async function livedIn(
  environment: Record<string, string> = {},
): Promise<{ app: TestApp; member: { id: string; email: string } }> {
  const app = await startApp(environment);
  await loadSamples(app.app);
  await app.work();
  const [member] = await app.database.query<{ id: string; email: string }>(
    `select id, email from account order by id limit 1`,
  );
  if (!member) throw new Error('the samples made no account');
  return { app, member };
}
