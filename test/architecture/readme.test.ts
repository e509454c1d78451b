import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { expect, it } from 'vitest';
import { packageRoot } from '../../src/platform/package-root.js';
import { settingsTable, withSettingsTable } from '../support/settings-table.js';

const path = join(packageRoot(), 'README.md');

/** `npm run docs:settings` brings the README's table up to date. */
it("shows every setting, its default and its meaning in the README's table", async () => {
  const current = withSettingsTable(await readFile(path, 'utf8'));
  const config = await resolveConfig(path);
  await expect(await format(current, { ...config, filepath: path })).toMatchFileSnapshot(path);
});

it('replaces the table and nothing else', () => {
  const table = '|  variable | default   | meaning |\n| :-- | --- | --- |\n| `OLD` | 1 | gone |';
  expect(withSettingsTable(`before\n\n${table}\n\nafter | it\n`)).toBe(
    `before\n\n${settingsTable()}\n\nafter | it\n`,
  );
  expect(() => withSettingsTable('no table')).toThrow('there is no table of settings');
});
