import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestAccount, type TestApp } from '../../support/app.js';
import { visitor, type WebVisitor } from '../../support/visiting.js';
import { watch } from '../../support/watching.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());

async function upload(who: WebVisitor, fields: Record<string, string>, file?: string) {
  const { text } = await who.get('/watchlists/import');
  const form = new FormData();
  form.set('form_token', /name="form_token" value="([^"]+)"/.exec(text)![1]!);
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  if (file !== undefined) form.set('file', new Blob([file], { type: 'text/csv' }), 'lists.csv');
  const answer = await fetch(`${app.url}/watchlists/import`, {
    method: 'POST',
    body: form,
    redirect: 'manual',
    headers: { cookie: who.cookie() },
  });
  return { status: answer.status, text: await answer.text(), location: answer.headers.get('location') };
}

const names = async ({ token }: TestAccount) =>
  (await app.call('GET', '/v1/watchlists', { token })).body.items.map((one: any) => one.name);
const decoded = (text: string) =>
  text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
const agreed = (page: string) => decoded(/name="data" value="([^"]*)"/.exec(page)![1]!);

describe('an import', () => {
  it('shows what would change, and changes it when that is agreed to', async () => {
    const account = await app.createAccount();
    const who = await visitor(app, account);
    await watch(app, account, [['entity', 'a']], { name: 'Mine' });
    const file = 'watchlist,follow_kind,follow_key\r\nMine,entity,b\r\n"A <b>""new""\nlist",entity,c\r\n';
    const preview = await upload(who, { text: '' }, file);
    expect(preview.status, preview.text).toBe(200);
    expect(preview.text).toContain('1 watchlist is added, 1 changed, 0 kept');
    expect(await names(account)).toEqual(['Mine']);
    const done = await upload(who, { data: agreed(preview.text) });
    expect(done.location).toBe('/watchlists?said=imported');
    expect(await names(account)).toEqual(['Mine', 'A <b>"new"\nlist']);
    expect((await upload(who, {}, file)).text).toContain('Nothing to change');
  });

  it('takes back what it gave out, in both formats', async () => {
    const account = await app.createAccount();
    const who = await visitor(app, account);
    await watch(app, account, [['entity', 'a']], { name: '@sum(1)', rule: { keywords: '-trial "a b"' } });
    for (const format of ['csv', 'json']) {
      const given = await who.get(`/watchlists/export?format=${format}`);
      expect(given.headers.get('content-disposition')).toContain(`watchlists.${format}`);
      expect((await upload(who, {}, given.text)).text, format).toContain('Nothing to change');
      expect((await upload(who, { text: given.text })).text, format).toContain('Nothing to change');
    }
  });

  it('names faults by line, gives back what was pasted, and writes nothing', async () => {
    const account = await app.createAccount();
    const who = await visitor(app, account);
    const text = 'watchlist,keywords,follow_kind,follow_key\nA,!!,entity,a\nB,,planet,<i>';
    const refused = await upload(who, { text });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('<bdi>line 3, follow_kind</bdi>');
    expect(refused.text).toContain('B,,planet,&lt;i>');
    const words = await upload(who, { text: text.replace('planet', 'entity') });
    expect(words.text).toContain('<bdi>line 2, keywords</bdi>');
    expect((await upload(who, { text: '{"watchlists": [\n{"name": }]}' })).text).toMatch(
      /<bdi>(line 2|the file)<\/bdi>/,
    );
    expect((await upload(who, { text: ' ' })).text).toContain('Choose a file');
    expect((await upload(who, {}, `watchlist\n${'a'.repeat(1_050_000)}`)).text).toContain(
      'larger than 1 MiB',
    );
    const many = 'watchlist\n' + Array.from({ length: 21 }, (_, index) => `L${index}`).join('\n');
    const limit = await upload(who, { text: many });
    expect([limit.status, limit.text]).toEqual([
      403,
      expect.stringContaining('The professional tier lifts this limit.'),
    ]);
    expect(await names(account)).toEqual([]);
  });

  it('needs the form token', async () => {
    const who = await visitor(app, await app.createAccount());
    expect((await upload(who, { form_token: 'x', data: '{"watchlists":[]}' })).status).toBe(403);
  });
});
