import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { sourceFiles } from './source-files.js';
import { interpolatedSql, sqlStatements } from './sql-statements.js';

const files = sourceFiles('src');
const statements = files.flatMap(sqlStatements);

/** Statements that take no parameters: what is put into them is made of constants and numbers, or quoted. */
const madeAtRunTime = [
  // Monthly partitions.
  'src/deliveries/attempt-log.ts',
  // The embedded server's role and database.
  'src/platform/embedded-postgres/open-database.ts',
  // LISTEN.
  'src/tickets/postgres/postgres-ticket-bus.ts',
];

let database: TestDatabase;
let client: Client;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

describe('the SQL of the sources', () => {
  it('is found', () => {
    const sample = {
      path: 'sample.ts',
      text: `/** Why. $1 id. */\nconst FIND = \`select \${columns} from t where id = $1\`;\nconst NAME = 'a';`,
    };
    expect(sqlStatements(sample)).toEqual([
      { name: 'sample.ts FIND', sql: 'select ', comment: '/** Why. $1 id. */', interpolated: true },
    ]);
    expect(interpolatedSql(sample)).toHaveLength(1);
    expect(statements.length).toBeGreaterThan(50);
  });

  it('is whole where it stands: nothing is put in at run time', () => {
    const offenders = files.filter((file) => interpolatedSql(file).length > 0).map(({ path }) => path);
    expect(offenders).toEqual(madeAtRunTime);
  });

  describe.each(statements)('$name', ({ sql, comment }) => {
    it('says above what it does, and what each parameter is', () => {
      expect(comment).toMatch(/[a-z]/i);
      const parameters = new Set(sql.match(/\$\d+/g));
      expect([...parameters].filter((parameter) => !comment.includes(parameter))).toEqual([]);
    });

    it('can be prepared on the migrated schema', async () => {
      const prepared = client.query(`prepare statement as ${sql}`);
      await expect(prepared).resolves.toMatchObject({ command: 'PREPARE' });
      await client.query('deallocate statement');
    });
  });
});
