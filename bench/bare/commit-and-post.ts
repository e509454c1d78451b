import pg from 'pg';
import { Agent, request } from 'undici';
import { monotonicMs } from '../monotonic.js';

/** The least that a delivery could take: one commit that is safe on disk, and one HTTP round trip. */
export async function commitAndPost({
  databaseUrl,
  url,
  body,
}: {
  databaseUrl: string;
  url: string;
  body: Buffer;
}) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('create table if not exists bare_commit (body text not null)');
  const agent = new Agent();
  const text = body.toString('utf8');
  return {
    /** @returns milliseconds */
    async once(): Promise<number> {
      const startedAt = monotonicMs();
      await client.query({
        name: 'commit',
        text: 'insert into bare_commit (body) values ($1)',
        values: [text],
      });
      const answer = await request(url, { dispatcher: agent, method: 'POST', body });
      await answer.body.text();
      return monotonicMs() - startedAt;
    },
  };
}
