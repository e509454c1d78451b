import { afterAll, beforeAll, expect, it } from 'vitest';
import { makePrototypes } from '../../bench/stage/prototypes.js';
import { operatorToken } from '../../bench/stage/service.js';
import { startApp, type TestApp } from '../support/app.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ OPERATOR_TOKEN: operatorToken });
});
afterAll(() => app.stop());

it('makes what the followers are copied from by the API as it is now', async () => {
  const { webhook, email } = await makePrototypes(app.url);
  const kinds = await app.database.query<{ kind: string }>(
    `select kind from destination where id = any ($1::bigint[]) order by kind`,
    [[webhook.destination, email.destination]],
  );
  expect(kinds.map(({ kind }) => kind)).toEqual(['email', 'webhook']);
});
