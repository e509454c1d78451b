import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { program } from '../../src/commands/program.js';
import { ConfigError } from '../../src/config.js';
import { startWebhookReceiver } from '../support/webhook-receiver.js';

/** What ends the command; it is to end by itself, without a look at the settings. */
async function refusal(...args: string[]): Promise<unknown> {
  const tocsin = program({ PORT: 'wrong' });
  for (const command of tocsin.commands)
    command.exitOverride().configureOutput({ writeErr: () => undefined });
  return tocsin.parseAsync(['listen', ...args], { from: 'user' }).catch((error: unknown) => error);
}

describe('tocsin listen', () => {
  it.each([
    [['--secret', 'whsec_ä'], 'a secret must be whsec_ and base64'],
    [['--secret', 'whsec_MfKQ', '--secret', 'whsec_'], 'a secret must be whsec_ and base64'],
    [['--secret-file', '/nowhere/secret'], 'cannot read /nowhere/secret'],
  ])('says in one line what is wrong with %j, and shows no secret', async (args, words) => {
    const error = await refusal('--port', '0', ...args);
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as ConfigError).message).toContain(words);
    expect((error as ConfigError).message).not.toMatch(/\n|MfKQ|ä/);
  });

  it('does not begin without the secret that a file was to hold: nothing would be checked', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tocsin-listen-'));
    const file = join(folder, 'secret');
    await writeFile(file, '\n');
    expect(await refusal('--port', '0', '--secret-file', file)).toMatchObject({
      name: 'ConfigError',
      message: `${file} holds no secret`,
    });
    await rm(folder, { recursive: true });
  });

  it('says that its port is taken', async () => {
    const other = await startWebhookReceiver();
    expect(await refusal('--port', String(other.port))).toMatchObject({
      name: 'ConfigError',
      message: `cannot listen on port ${other.port} (EADDRINUSE): give it another with --port`,
    });
    await other.close();
  });

  it.each(['x', '-1', '65536', '1e3'])('takes no port %s', async (port) => {
    expect(await refusal('--port', port)).toMatchObject({ code: 'commander.invalidArgument' });
  });
});
