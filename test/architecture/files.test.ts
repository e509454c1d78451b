import { describe, expect, it } from 'vitest';
import { sourceFiles, type SourceFile } from './source-files.js';

const src = sourceFiles('src');
const all = [...src, ...sourceFiles('migrations'), ...sourceFiles('test')];

/** The only reader of the environment: the rest gets a parsed config. */
const readsTheEnvironment = ['src/main.ts'];

/** All other time comes from the injected clock. */
const readsTheTime = [
  // How often a bar is drawn.
  'src/commands/progress-bar.ts',
  // The clock itself.
  'src/platform/clock.ts',
  // How long to wait for another process, before there is anything to inject.
  'src/platform/embedded-postgres/postmaster.ts',
  'src/platform/embedded-postgres/start-lock.ts',
];

function where(files: readonly SourceFile[], pattern: RegExp): string[] {
  return files.filter(({ text }) => pattern.test(text)).map(({ path }) => path);
}

describe('every source file', () => {
  it('is found', () => {
    expect(src.map(({ path }) => path)).toContain('src/main.ts');
    expect(all.length).toBeGreaterThan(src.length);
  });

  it('has at most 300 lines', () => {
    const lines = ({ text }: SourceFile) => text.trimEnd().split('\n').length;
    expect(all.filter((file) => lines(file) > 300).map(({ path }) => path)).toEqual([]);
  });

  it('is named in kebab-case, and so is its folder', () => {
    const kebab = /^([a-z0-9]+(-[a-z0-9]+)*\/)+[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*\.tsx?$/;
    expect(all.map(({ path }) => path).filter((path) => !kebab.test(path))).toEqual([]);
  });

  it('leaves nothing to be done later', () => {
    expect(where(all, /\b(TO[D]O|FIX[M]E|X[X]X|HA[C]K)\b/)).toEqual([]);
  });
});

describe('what tests share', () => {
  it('hooks nothing to tests by being loaded: that is once for several files, and holds for the first alone', () => {
    const shared = sourceFiles('test').filter(({ path }) => !/\.test\.tsx?$/.test(path));
    expect(where(shared, /^(before|after)(Each|All)\(/m)).toEqual([]);
  });
});

describe('every file of the service', () => {
  it('exports by name', () => {
    expect(where(src, /^export (default\b|\{[^}]*\bas default\b)/m)).toEqual([]);
  });

  it('gets its settings from the config', () => {
    expect(where(src, /process\.env|process\[['"]env/)).toEqual(readsTheEnvironment);
  });

  it('says what it has to say in the log', () => {
    expect(where(src, /\bconsole\s*[.[]/)).toEqual([]);
  });

  it('gets the time from the clock', () => {
    const time = /new Date\(\s*\)|\bDate\.now\b|\bDate\(\s*\)|DateTime\.(now|local|utc)\(\s*\)/;
    expect(where(src, time)).toEqual(readsTheTime);
  });

  it('parses addresses to know whether they are some', () => {
    // URL.canParse of Node.js 20 errs: see domain/web-url.ts.
    expect(where(src, /URL\.canParse\(/)).toEqual([]);
  });

  it('has SQL get the time as a parameter', () => {
    const sqlTime = /\b(now|clock_timestamp|statement_timestamp)\(\)|\bcurrent_(timestamp|date|time)\b/i;
    const inSql = src.filter(({ text }) => sqlTime.test(withoutCode(text))).map(({ path }) => path);
    // The clock itself, which goes by the database's; and a gauge of how late the queue is: nothing is decided by it.
    expect(inSql).toEqual(['src/platform/ledger-clock.ts', 'src/platform/metrics.ts']);
  });
});

/** The texts between backticks, where SQL stands; `now()` of the clock is code. */
function withoutCode(text: string): string {
  return (text.match(/`[^`]*`/g) ?? [])
    .filter((one) => /^`\s*(select|insert|update|delete|with)\b/i.test(one))
    .join('\n');
}
