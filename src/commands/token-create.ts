import type { OperatorScope } from '../accounts/principal.js';
import { TokenService } from '../accounts/token.service.js';
import type { Config } from '../config.js';
import { withApp } from './with-app.js';

/** Prints the token alone, so that it can go into a variable. */
export async function createToken(config: Config, name: string, scope: OperatorScope): Promise<void> {
  const token = await withApp(config, async (app) => app.get(TokenService).create(scope, name));
  process.stdout.write(`${token}\n`);
}
