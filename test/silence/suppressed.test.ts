import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { watch } from '../support/watching.js';
import { SilenceStage } from './silence-stage.js';

let app: TestApp;
let stage: SilenceStage;
let entities = 0;

beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => app.stop());
beforeEach(async () => {
  app.clock.advance(3_600);
  stage = new SilenceStage(app, await app.createAccount({ tier: 'professional' }), `silent${++entities}`);
});

/** A watchlist that wants nothing of what happens. */
const deaf = async (follows: [string, string][] = [['entity', stage.entity]], name = 'Deaf') =>
  watch(app, stage.account, follows, { name, rule: { kinds: ['withdrawn'] } });
const ids = async (query = '') => (await stage.suppressed(query)).map(({ change }) => change.id);

describe('the list', () => {
  it('begins when the watchlist began to follow', async () => {
    await stage.told();
    app.clock.advance(60);
    await deaf();
    const change = await stage.told();
    expect(await ids()).toEqual([change]);
  });

  it('begins with each follow by itself, however long ago the first was', async () => {
    await deaf([['provision', 'of-somebody-else']]);
    await stage.told();
    app.clock.advance(60);
    await deaf([['document', `${stage.entity}-terms`]]);
    const change = await stage.told();
    expect(await ids()).toEqual([change]);
  });

  it('has a change once, with each watchlist that followed it, newest first', async () => {
    const one = await deaf([
      ['entity', stage.entity],
      ['everything', '*'],
    ]);
    const other = await deaf([['clause-type', 'liability-limitation']], 'Other');
    const changes = [await stage.told(), await stage.told()];
    expect(await stage.suppressed()).toMatchObject(
      changes.toReversed().map((id) => ({
        change: { id },
        watchlists: [
          { id: one, name: 'Deaf' },
          { id: other, name: 'Other' },
        ],
      })),
    );
  });

  it('forgets what nobody follows any more', async () => {
    const id = await deaf();
    await stage.told();
    await stage.call('DELETE', `/v1/watchlists/${id}/follows/entity/${stage.entity}`);
    expect(await ids()).toEqual([]);
  });

  it('is of one reason, entity, document or time when it is asked for', async () => {
    await deaf([['everything', '*']]);
    const first = await stage.told();
    const document = `${stage.entity}-other`;
    app.clock.advance(60);
    const since = app.clock.now().toISOString();
    const second = await stage.told({ document });
    const late = await stage.told({ time: '2025-01-01T00:00:00Z' });
    expect(await ids('&reason=late')).toEqual([late]);
    expect(await ids('&reason=muted')).toEqual([]);
    expect(await ids(`&entity=${stage.entity}`)).toEqual([late, second, first]);
    expect(await ids(`&document=${document}`)).toEqual([second]);
    expect(await ids(`&entity=somebody&document=${document}`)).toEqual([]);
    expect(await ids('&entity=somebody')).toEqual([]);
    expect(await ids(`&since=${since}`)).toEqual([late, second]);
    for (const query of ['reason=x', 'since=x', 'limit=0', 'cursor=x']) {
      const { status } = await app.call('GET', `/v1/suppressed?${query}`, { token: stage.account.token });
      expect(status, query).toBe(422);
    }
  });
});

describe('its pages', () => {
  /** @returns the ids of each page */
  const pages = async (query: string): Promise<string[][]> => {
    const found: string[][] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: any = await stage.call(
        'GET',
        `/v1/suppressed?${query}${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      found.push(page.items.map(({ change }: any) => change.id));
      cursor = page.nextCursor;
      expect(found.length).toBeLessThan(100);
    }
    return found;
  };

  it('hold all of it, in order, whatever their size', async () => {
    await deaf();
    const changes: string[] = [];
    for (let n = 0; n < 7; n++) changes.unshift(await stage.told());
    for (const limit of [1, 2, 3, 7, 8]) {
      const found = await pages(`limit=${limit}`);
      expect(found.flat()).toEqual(changes);
      expect(found[0]).toEqual(changes.slice(0, limit));
    }
    expect((await pages('limit=7'))[0]).toHaveLength(7);
  });

  /** 1,000 changes of 8 entities, and an account that follows them by 5 subjects. */
  it('hold all of it where more is followed than one page looks at', async () => {
    await watch(app, stage.account, [
      ['entity', 'many1'],
      ['entity', 'many2'],
      ['document', 'many3-terms'],
      ['clause-type', 'many-type'],
      ['provision', 'many5-terms-1'],
    ]);
    await stage.change({ entity: 'many0', provision: 'many0-terms-1' });
    await app.database.execute(
      `with e as (
         insert into entity (id, name, updated_at) select 'many' || n, 'Many', $1 from generate_series(1, 7) n returning id
       ), d as (
         insert into document (id, entity_id, title, updated_at) select id || '-terms', id, 'Terms', $1 from e returning id, entity_id
       )
       insert into provision (id, document_id, entity_id, title, clause_type, categories, rank, text, state_at)
       select id || '-1', id, entity_id, 'P', 'liability', '{}', 1, 't', $1 from d`,
      [app.clock.now()],
    );
    await app.database.execute(
      `with template as (select c as row from change c where entity_id = 'many0'), made as (
         insert into change overriding system value select made.* from template, generate_series(1, 1000) n
         cross join lateral jsonb_populate_record(template.row, jsonb_build_object(
           'id', nextval('change_id_seq'), 'event_id', 'many ' || n, 'silent', true,
           'entity_id', 'many' || n % 8, 'document_id', 'many' || n % 8 || '-terms',
           'provision_id', 'many' || n % 8 || '-terms-1')) made
         returning id, entity_id, document_id, provision_id)
       insert into change_subject
       select id, kind, key from made cross join lateral (values ('entity', entity_id), ('document', document_id),
         ('provision', provision_id), ('everything', '*'), ('clause-type', case when id % 5 = 0 then 'many-type' else 'x' end))
         s (kind, key)`,
    );
    const wanted = await app.database.query<{ id: string }>(
      `select id from change where entity_id in ('many1', 'many2', 'many3', 'many5') or silent and entity_id like 'many%' and id % 5 = 0
       order by id desc`,
    );
    const expected = wanted.map(({ id }) => id);
    expect(expected.length).toBeGreaterThan(500);
    expect((await pages('limit=200&reason=silent')).flat()).toEqual(expected);
    const others = await pages('limit=200&reason=late');
    expect(others.flat()).toEqual([]);
    expect(others.length).toBeLessThan(8);
  });
});
