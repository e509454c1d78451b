import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../platform/package-root.js';

/** A picture that cannot be a drawing in markup: networks and old tabs take PNG alone. */
export type Image = { name: string; path: string; body: Buffer };

/** What networks show beside a link, 1200 by 630. */
export const previewImage = image('preview');

/** The mark in a tab, for whatever asks for /favicon.ico: 48 by 48. */
export const tabImage = image('tab');

export const images: readonly Image[] = [previewImage, tabImage];

/** Drawn by test/web/public/images.browser.test.ts. */
function image(stem: string): Image {
  const body = readFileSync(join(packageRoot(), 'assets', `${stem}.png`));
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 12);
  const name = `${stem}-${hash}.png`;
  return { name, path: `/assets/${name}`, body };
}
