import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser } from 'playwright-core';
import { packageRoot } from '../../src/platform/package-root.js';

const root = packageRoot();

/** Where Debian and its kin install it. */
const debian = '/usr/bin/chromium';

/** Nothing of the browser's own goes out while pages are tested. */
const quietly = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--no-default-browser-check',
  '--no-first-run',
  '--no-pings',
];

/**
 * Starts a headless Chromium: the one that `CHROMIUM_PATH` names, else the system's, else the one that comes with the
 * packages.
 *
 * @throws Error when none starts
 */
export async function startBrowser(): Promise<Browser> {
  const named = process.env['CHROMIUM_PATH'];
  if (named) return launch(named, {});
  return existsSync(debian) ? launch(debian, {}) : startPackaged();
}

async function launch(executablePath: string, env: Record<string, string>): Promise<Browser> {
  // Playwright leaves the sandbox off, as root needs it: the pages are our own.
  return chromium.launch({ executablePath, args: quietly, env: { ...inherited(), ...env } });
}

async function startPackaged(): Promise<Browser> {
  const folder = await unpacked();
  const executable = join(folder, 'chromium');
  const fonts = { FONTCONFIG_FILE: join(folder, 'fonts.conf') };
  try {
    return await launch(executable, fonts);
  } catch (error) {
    if (!String(error).includes('error while loading shared libraries')) throw error;
    // The package brings the few libraries that small systems lack. Those of the system come first: they are newer.
    return launch(executable, { ...fonts, LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') });
  }
}

/** Unpacks the packaged browser once for each version (5 s, 210 MB). Moved into place whole, so that runs may overlap. */
async function unpacked(): Promise<string> {
  const manifest = await readFile(join(root, 'node_modules/@sparticuz/chromium/package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const cache = join(root, 'node_modules/.cache');
  const folder = join(cache, `chromium-${version}`);
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true });
  const draft = await mkdtemp(join(cache, 'chromium-draft-'));
  try {
    // The package unpacks into the folder for temporary files, its libraries only where it takes itself to be on Lambda.
    const env = { ...inherited(), TMPDIR: draft, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' };
    const script = "import('@sparticuz/chromium').then(({ default: packed }) => packed.executablePath())";
    await promisify(execFile)(process.execPath, ['-e', script], { cwd: root, env });
    await writeFile(join(draft, 'fonts.conf'), fontsConfig(join(folder, 'fonts')));
    await rename(draft, folder);
  } catch (error) {
    // Another run was faster: its copy is as good.
    if (!existsSync(folder)) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return folder;
}

/** The system's fonts, and the packaged one for systems without any. */
function fontsConfig(dir: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${dir}</dir>
</fontconfig>
`;
}

function inherited(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
