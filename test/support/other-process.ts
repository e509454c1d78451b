import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';

/** Starts the database, tells what came of it in one line, and stops it when its standard input ends. */
const script = `
import { startEmbeddedPostgres } from './embedded-postgres/embedded-postgres.js';
try {
  const database = await startEmbeddedPostgres({ dataDir: process.argv[2] });
  console.log(JSON.stringify({ url: database.url, created: database.created }));
  process.stdin.once('end', async () => {
    await database.stop();
    process.exit(0);
  }).resume();
} catch (error) {
  console.log(JSON.stringify({ error: error.message }));
  process.exit(1);
}
`;

/** Compiles the embedded database into a folder that any user of this machine may read. @returns the folder */
export async function compileEmbeddedPostgres(): Promise<string> {
  const source = resolve('src/platform');
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-compiled-'));
  await chmod(folder, 0o755);
  await mkdir(join(folder, 'embedded-postgres'));
  const parts = (await readdir(join(source, 'embedded-postgres'))).map((name) =>
    join('embedded-postgres', name),
  );
  for (const name of [...parts, 'free-port.ts']) {
    const { outputText } = transpileModule(await readFile(join(source, name), 'utf8'), {
      compilerOptions: { module: ModuleKind.ESNext, target: ScriptTarget.ES2023 },
    });
    await writeFile(join(folder, name.replace(/\.ts$/, '.js')), outputText);
  }
  await writeFile(join(folder, 'package.json'), '{"type": "module"}');
  await writeFile(join(folder, 'script.js'), script);
  await symlink(resolve('node_modules'), join(folder, 'node_modules'));
  return folder;
}

type Told = { url?: string; created?: boolean; error?: string };

/** A process of its own that starts the database on `dataDir`. */
export function otherProcess(compiled: string, dataDir: string, user: { uid?: number; gid?: number } = {}) {
  const child = spawn(process.execPath, [join(compiled, 'script.js'), dataDir], {
    ...user,
    cwd: '/',
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const told = once(createInterface({ input: child.stdout }), 'line');
  return {
    /** What it said once it had started, or failed to. */
    told: told.then(([line]) => JSON.parse(line as string) as Told),
    /** As `kill -9` does: it gets to tidy nothing. */
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async stop() {
      child.stdin.end();
      await exited;
    },
  };
}
