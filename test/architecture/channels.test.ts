import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ChannelRegistry } from '../../src/channels/registry.js';
import { parseConfig } from '../../src/config.js';
import { packageRoot } from '../../src/platform/package-root.js';
import { sourceFiles } from './source-files.js';

/** Every tier has its own address, whatever else it may have: these compare with it, and with no other kind. */
const ownAddress = [
  'src/accounts/account.service.ts',
  'src/alerts/bundle-plan.store.ts',
  'src/alerts/echo.store.ts',
  'src/alerts/fan-out.store.ts',
  'src/alerts/gather.store.ts',
  'src/alerts/reach.store.ts',
  'src/coverage/coverage-fan-out.store.ts',
  'src/deliveries/destination-health.ts',
  'src/deliveries/sender.ts',
  'src/silence/judged-change.store.ts',
  'src/watchlists/watchlist-checks.ts',
];

const folders = readdirSync(join(packageRoot(), 'src/channels'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .toSorted();

it('has each channel folder in the registry, under its own name', async () => {
  const registry = ChannelRegistry.of({
    config: parseConfig({}, () => ''),
    smtpUrl: 'smtp://127.0.0.1:1',
    secretKey: 'a secret key for tests, long enough to be one',
    version: '0',
  });
  await registry.close();
  expect(registry.kinds.toSorted()).toEqual(folders);
});

it.each(folders)('has tests of the channel %s', (kind) => {
  const tests = join(packageRoot(), 'test/channels', kind);
  expect(existsSync(tests) && readdirSync(tests).some((name) => name.endsWith('.test.ts'))).toBe(true);
});

/** Forms are laid by hand, one for each kind; a test of theirs says when one is missing. */
const laidByHand = /^src\/web\/destinations\/(forms\/|slack-)/;

it('tells channels apart nowhere else: a new one needs no case and no migration', () => {
  // An address that a form asks for is `type="email"`.
  const compared = new RegExp(
    `(\\bcase\\s*|(?<!\\b(?:type|name|autocomplete))=\\s*)['"\`](${folders.join('|')})['"\`]`,
    'g',
  );
  const mentions = [...sourceFiles('src'), ...sourceFiles('migrations')]
    .filter(({ path }) => !path.startsWith('src/channels/') && !laidByHand.test(path))
    .flatMap(({ path, text }) => Array.from(text.matchAll(compared), ([, , kind]) => `${path} ${kind}`));
  expect([...new Set(mentions)]).toEqual(ownAddress.map((path) => `${path} email`));
});
