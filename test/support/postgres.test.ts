import { Client } from 'pg';
import { expect, inject, it } from 'vitest';
import { createTestDatabase } from './postgres.js';

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

it('gives every caller a database of its own, even at once', async () => {
  const [first, second] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  await query(first.url, 'create table mine (word text)');
  await expect(query(second.url, 'select from mine')).rejects.toMatchObject({ code: '42P01' });
  await Promise.all([first.drop(), second.drop()]);
  await expect(query(first.url, 'select 1')).rejects.toMatchObject({ code: '3D000' });
});

it('lets nobody into the template, which could then not be copied', async () => {
  const template = new URL(inject('postgresUrl'));
  template.pathname = '/tocsin_template';
  await expect(query(template.href, 'select 1')).rejects.toMatchObject({ code: '55000' });
});
