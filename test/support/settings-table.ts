import { settings } from '../../src/settings.js';

/** Stands above the table of settings, and finds it in a document. */
const head = '| variable | default | meaning |';

/** Every setting, as a table in Markdown. `(_FILE)` marks a secret, which may come from a file. */
export function settingsTable(): string {
  const rows = Object.entries(settings).map(([name, { fallback, meaning, secret }]) => {
    const cells = [`\`${name}\`${secret ? ' (`_FILE`)' : ''}`, fallback, meaning];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  return [head, '| --- | --- | --- |', ...rows].join('\n');
}

/**
 * Puts the table into a document in place of the one that it has.
 *
 * @throws Error when it has none
 */
export function withSettingsTable(document: string): string {
  const lines = document.split('\n');
  const from = lines.findIndex((line) => line.replaceAll(/\s+/g, ' ').trim() === head);
  if (from < 0) throw new Error(`there is no table of settings; it belongs there:\n\n${settingsTable()}\n`);
  const length = lines.slice(from).findIndex((line) => !line.startsWith('|'));
  return lines.toSpliced(from, length < 0 ? Infinity : length, settingsTable()).join('\n');
}
