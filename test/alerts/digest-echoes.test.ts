import { afterAll, beforeAll, expect, it } from 'vitest';
import { DigestScene } from '../support/digest-scene.js';
import { side } from '../support/events.js';

let scene: DigestScene;
beforeAll(async () => {
  scene = await DigestScene.open();
  await scene.begin();
});
afterAll(async () => scene.app.stop());

it('nobody hears that something went back that a digest left out as muted then', async () => {
  const revise = async (provision: string, words: string) => {
    scene.app.clock.advance(60);
    const time = scene.app.clock.now().toISOString();
    await scene.changeAt(time, provision, side('low', words));
  };
  for (const provision of ['muted', 'told']) await revise(provision, 'As it was.');
  await scene.follow({ mode: 'daily', at: '08:00' });
  for (const provision of ['muted', 'told']) await revise(provision, 'Other words.');
  scene.app.clock.advance(600);
  const mute = `/v1/mutes/provision/${scene.entity}-muted`;
  const until = new Date(scene.app.clock.now().getTime() + 86_400_000).toISOString();
  expect((await scene.call('PUT', mute, { until })).status).toBeLessThan(300);
  await scene.tomorrow();
  expect(scene.digests).toMatchObject([{ total: 1 }]);
  scene.app.clock.advance(86_400);
  for (const provision of ['muted', 'told']) await revise(provision, 'As it was.');
  scene.app.clock.advance(60);
  await scene.app.work();
  const echoes = (await scene.reasons()).filter(([kind]) => kind === 'echo');
  expect(echoes).toEqual([['echo', 'delivered', null]]);
});
