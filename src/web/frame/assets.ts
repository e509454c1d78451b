import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { packageRoot } from '../../platform/package-root.js';
import { style } from '../style/style.css.js';
import { bellFile } from './bell.js';

export type Asset = { name: string; path: string; type: string; body: string; brotli: Buffer };

const scriptType = 'text/javascript; charset=utf-8';

/** The one stylesheet of the pages. */
export const styleSheet = asset('style', 'css', 'text/css; charset=utf-8', style);

/** The mark beside the title in a browser's tab. */
export const icon = asset('bell', 'svg', 'image/svg+xml', bellFile);

/** Puts parts of pages in place that a form or a search asks for. */
export const htmx = asset(
  'htmx',
  'js',
  scriptType,
  readFileSync(createRequire(import.meta.url).resolve('htmx.org/dist/htmx.min.js'), 'utf8').replace(
    /\n\/\/# sourceMappingURL=.*\s*$/,
    '',
  ),
);

/**
 * What the pages do beyond links and forms: they are whole without it. Files of `browser/`, as the build leaves them, in one;
 * none imports another, and one scope holds all.
 */
const behaviours = [
  'single-keys',
  'copying',
  'sending',
  'parsing',
  'triage',
  'change-keys',
  'zone-field',
  'time-zone',
  'reading',
  'searching',
];

export const script = asset('tocsin', 'js', scriptType, behaviours.map(built).join('\n'));

export const assets: readonly Asset[] = [styleSheet, icon, htmx, script];

/** Its path names its content, so that it can be cached for ever. */
function asset(stem: string, suffix: string, type: string, body: string): Asset {
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 12);
  const name = `${stem}-${hash}.${suffix}`;
  return { name, path: `/assets/${name}`, type, body, brotli: brotliCompressSync(body) };
}

function built(name: string): string {
  return readFileSync(join(packageRoot(), 'dist/browser', `${name}.js`), 'utf8');
}
