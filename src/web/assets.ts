import { createHash } from 'node:crypto';
import { bellFile } from './bell.js';
import { style } from './style.css.js';

export type Asset = { name: string; path: string; type: string; body: string };

/** The one stylesheet of the pages. */
export const styleSheet = asset('style', 'css', 'text/css; charset=utf-8', style);

/** The mark beside the title in a browser's tab. */
export const icon = asset('bell', 'svg', 'image/svg+xml', bellFile);

export const assets: readonly Asset[] = [styleSheet, icon];

/** Its path names its content, so that it can be cached for ever. */
function asset(stem: string, suffix: string, type: string, body: string): Asset {
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 12);
  const name = `${stem}-${hash}.${suffix}`;
  return { name, path: `/assets/${name}`, type, body };
}
