import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { operatorScopes, type OperatorScope } from '../accounts/principal.js';
import { parseConfig, type Config } from '../config.js';
import { Tier } from '../domain/tiers.js';
import { packageVersion } from '../platform/package-root.js';
import { createAccount } from './account-create.js';
import { backtestWatchlist, type BacktestOptions } from './backtest-watchlist.js';
import { ingestFile } from './ingest-file.js';
import { listen, type ListenOptions } from './listen.js';
import { migrateDatabase } from './migrate-database.js';
import { serve } from './serve.js';
import { takeBounces } from './take-bounces.js';
import { createToken } from './token-create.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** The command line. Settings come from the environment: `--help` of each command says what else it takes. */
export function program(environment: Environment): Command {
  const config = (): Config => parseConfig(environment, (path) => readFileSync(path, 'utf8'));
  const tocsin = new Command('tocsin')
    .description('Watches the fine print: turns provision changes into alerts by email, chat and webhook.')
    .version(packageVersion())
    .addHelpText('after', '\nSettings are environment variables: see the table in README.md.');
  tocsin
    .command('serve', { isDefault: true })
    .description(
      'run the service (the roles that ROLES names); on an empty embedded database with the samples',
    )
    .option('--no-samples', 'start an empty embedded database without the samples')
    .action(async (options: { samples: boolean }) => serve(config(), options));
  tocsin
    .command('migrate')
    .description('bring the database schema up to date')
    .action(async () => migrateDatabase(config()));
  tocsin
    .command('ingest')
    .description(
      'take in provision-change events, one CloudEvent a line; what was taken before is a duplicate',
    )
    .argument('<file>', 'newline-delimited JSON, or - for standard input')
    .option('--silent', 'record history without alerting anybody', false)
    .action(async (file: string, options: { silent: boolean }) => ingestFile(config(), file, options));
  tocsin
    .command('backtest')
    .description('what a watchlist would have sent over past changes, by week and as a list')
    .requiredOption('--follow <kind:key>', 'what it follows, such as entity:amazon; may be repeated', listed)
    .requiredOption('--since <time>', 'from when on: a date, a time, or how long ago (90d, 12w, 1y)')
    .option('--rule <rule>', 'which changes it wants: JSON as in the API, or a file of it (all but cosmetic)')
    .option('--cadence <cadence>', 'instant, hourly, daily@08:00 or monday@08:00', 'instant')
    .option('--time-zone <zone>', 'the IANA time zone of its weeks and windows', 'UTC')
    .option('--json', 'what the API answers', false)
    .action(async (options: BacktestOptions) => backtestWatchlist(config(), options));
  tocsin
    .command('bounces')
    .description('take in bounces and complaints: a mail, or a mailbox file of them')
    .argument('<file>', 'a mail or an mbox, or - for standard input')
    .action(async (file: string) => takeBounces(config, file));
  tocsin
    .command('listen')
    .description('receive webhooks on this machine, verify and print them: to try out a destination')
    .option('--port <port>', 'where on 127.0.0.1; 0 takes any free port', portNumber, 8_099)
    .option('--secret <secret>', "the destination's (whsec_…); may be given twice during a rotation", listed)
    .option(
      '--secret-file <file>',
      'a file with the secret, which others then do not see in the list of processes',
    )
    .option('--json', 'one line of JSON for each', false)
    .action(async (options: ListenOptions) => listen(options));
  const token = tocsin.command('token').description('tokens of the operator');
  token
    .command('create')
    .description('make a token and print it, once')
    .argument('<name>', 'what it is for')
    .addOption(new Option('--scope <scope>', 'what it may do').choices(operatorScopes).default('operator'))
    .action(async (name: string, options: { scope: OperatorScope }) =>
      createToken(config(), name, options.scope),
    );
  const account = tocsin.command('account').description('accounts');
  account
    .command('create')
    .description('make an account and print it with a token')
    .argument('<email>', 'its address, taken as verified')
    .addOption(new Option('--tier <tier>', 'its tier').choices(Tier.options).default('free'))
    .option('--time-zone <zone>', 'its IANA time zone', 'UTC')
    .action(async (email: string, options: { tier: Tier; timeZone: string }) =>
      createAccount(config(), { email, ...options }),
    );
  return tocsin;
}

function portNumber(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError('It must be a port from 0 to 65535.');
}

function listed(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}
