import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { packageRoot } from '../../src/platform/package-root.js';

export type SourceFile = {
  /** From the root of the project, with `/`. */
  path: string;
  text: string;
};

/** The files under a folder of the project that are TypeScript, in order. */
export function sourceFiles(folder: string): SourceFile[] {
  const root = packageRoot();
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({
      path: relative(root, file).split(sep).join('/'),
      text: readFileSync(file, 'utf8'),
    }))
    .toSorted((a, b) => a.path.localeCompare(b.path));
}
