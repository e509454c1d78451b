import { AccountService } from '../accounts/account.service.js';
import { NewAccount } from '../accounts/account.js';
import { TokenService } from '../accounts/token.service.js';
import { ConfigError, type Config } from '../config.js';
import type { Tier } from '../domain/tiers.js';
import { Problem } from '../platform/http/problem.js';
import { validate } from '../platform/http/validation.js';
import { withApp } from './with-app.js';

/** Prints the account and a first token as JSON. */
export async function createAccount(
  config: Config,
  given: { email: string; tier: Tier; timeZone: string },
): Promise<void> {
  await withApp(config, async (app) => {
    const account = await refusalsAsText(async () =>
      app.get(AccountService).create(validate(NewAccount, given)),
    );
    const token = await app.get(TokenService).createForAccount(account.id, 'made with the account');
    process.stdout.write(`${JSON.stringify({ ...account, token }, null, 2)}\n`);
  });
}

async function refusalsAsText<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const faults = (error.faults ?? []).map((fault) => `${fault.path}: ${fault.message}`);
    throw new ConfigError([error.message, ...faults].join(' '), { cause: error });
  }
}
