import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../../support/app.js';
import { provisionEvent } from '../../support/events.js';
import { visitor } from '../../support/visiting.js';

let app: TestApp;

async function withNamesakes(environment: Record<string, string> = {}): Promise<TestApp> {
  const started = await startApp(environment);
  const called = (id: string, name: string) => {
    const event = provisionEvent({ entity: id, clauseType: `${id}-clause` });
    return { ...event, data: { ...event.data, entity: { id, name } } };
  };
  await started.postEvents([
    called('kinfold', 'Kinfold'),
    called('kin-2', 'Kin'),
    called('kin-3', 'kin'),
    called('odd', '<b>Oddities</b> & "sons"'),
  ]);
  return started;
}

beforeAll(async () => {
  app = await withNamesakes();
});
afterAll(async () => app.stop());

const read = async (query: string) => (await (await visitor(app)).get(`/recent${query}`)).text;
const fieldOf = (text: string) => /<input[^>]*\bname="entity"[^>]*>/.exec(text)![0];

describe('a name in the filter of recent changes', () => {
  it('stays in the field as it is called, and leads to its page', async () => {
    const text = await read('?entity=kinfold');

    expect(fieldOf(text)).toContain('value="Kinfold"');
    expect(text).toContain('href="/entities/kinfold"');
  });

  it('that could be several asks which one, and keeps the rest of the filter', async () => {
    const text = await read('?entity=KIN&severity=medium');

    expect(text).toContain('Which one?');
    expect(text).toContain('href="/recent?severity=medium&amp;entity=kin-2"');
    expect(text).toContain('href="/recent?severity=medium&amp;entity=kin-3"');
    expect(text).not.toContain('entity=kinfold"');
    expect(text).not.toContain('href="/changes/');
  });

  it('that others have too stays an id, so that the form stands for the same when it is sent again', async () => {
    const text = await read('?entity=kin-3');

    expect(fieldOf(text)).toContain('value="kin-3"');
    expect(text.match(/href="\/changes\/\d+"/g)).toHaveLength(1);
  });

  it('that nobody has is said so beside its field, and leads to the search', async () => {
    const text = await read('?entity=amzon%22%3E%3Cb%3E');

    expect(text).toContain('aria-describedby="entity-fault" aria-invalid');
    expect(text).toContain('No entity is called');
    expect(text).toContain('href="/search?q=amzon');
    expect(text).not.toContain('<b>');
  });

  it('is offered as one types', async () => {
    expect(await read('/names?entity=kin')).toBe(
      ['Kin', 'kin', 'Kinfold'].map((name) => `<option value="${name}"></option>`).join(''),
    );
    expect(await read('/names?clause-type=odd')).toBe('<option value="odd-clause"></option>');
    expect(await read('/names?entity=odd')).toContain('&lt;b>Oddities&lt;/b> &amp; &quot;sons&quot;');
    expect(await read('/names')).toBe('');
  });
});

describe('where the archive is for members', () => {
  it('offers names to nobody else', async () => {
    const closed = await withNamesakes({ PUBLIC_ARCHIVE: 'members' });
    const stranger = await visitor(closed);
    const member = await visitor(closed, await closed.createAccount());

    expect((await stranger.get('/recent/names?entity=kin')).text).toBe('');
    expect((await stranger.get('/recent?entity=ki')).text).not.toMatch(/Which one|data-hx-get/);
    expect((await member.get('/recent/names?entity=kin')).text).toContain('Kinfold');
    await closed.stop();
  });
});
