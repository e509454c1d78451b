import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '../../../src/platform/free-port.js';
import { signer } from '../../mail-reports/certificate.js';
import { startLogins, startPolicy, type Ruling } from './postfix-services.js';

const run = promisify(execFile);
const binary = '/usr/sbin/postfix';

/** Why there can be no Postfix here; null when there can. Its master process changes users, which only root may do. */
export const whyNoPostfix = !existsSync(binary)
  ? 'Postfix is not installed (Debian: apt-get install --no-install-recommends postfix)'
  : process.getuid?.() === 0
    ? null
    : 'Postfix runs as root alone';

const login = { user: 'tocsin', password: 'a password of the tests' };

export type Postfix = {
  /** With the login, and TLS demanded. */
  smtpUrl: string;
  port: number;
  /** What recipients are met with, from now on; whoever is not named gets mail. */
  rulings: Map<string, Ruling>;
  log(): Promise<string>;
  stop(): Promise<void>;
};

/**
 * A Postfix of its own: configuration, queue and log in a folder for temporary files, on 127.0.0.1 alone. It takes mail
 * after STARTTLS and a login, and hands all of it, its own bounces too, on to another server.
 *
 * @param relayPort of a server on this machine
 */
export async function startPostfix(relayPort: number): Promise<Postfix> {
  const dir = await mkdtemp(join(tmpdir(), 'tocsin-postfix-'));
  // Its processes are another user's.
  await chmod(dir, 0o755);
  const rulings = new Map<string, Ruling>();
  const [logins, policy, port] = [await startLogins(login), await startPolicy(rulings), await freePort()];
  const stopAll = async () => {
    await stopMaster(dir);
    await Promise.all([logins.stop(), policy.stop()]);
    await rm(dir, { recursive: true, force: true });
  };
  try {
    await configure(dir, { port, relayPort, logins: logins.port, policy: policy.port });
    await run(binary, ['-c', join(dir, 'conf'), 'start']);
  } catch (error) {
    const log = await readFile(join(dir, 'postfix.log'), 'utf8').catch(() => '');
    await stopAll();
    throw new Error(`Postfix did not start: ${String(error)}\n${log}`, { cause: error });
  }
  const user = `${login.user}:${encodeURIComponent(login.password)}`;
  return {
    smtpUrl: `smtp://${user}@127.0.0.1:${port}?requireTLS=true&tls.rejectUnauthorized=false`,
    port,
    rulings,
    log: async () => readFile(join(dir, 'postfix.log'), 'utf8'),
    stop: stopAll,
  };
}

/** Ends the master process, and with it all that it started; waits until it is gone. */
async function stopMaster(dir: string): Promise<void> {
  const file = join(dir, 'queue', 'pid', 'master.pid');
  const pid = Number(await readFile(file, 'utf8').catch(() => ''));
  if (!(pid > 1)) return;
  for (let waited = 0; isRunning(pid); waited += 1) {
    process.kill(pid, waited < 50 ? 'SIGTERM' : 'SIGKILL');
    await setTimeout(100);
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

type Ports = { port: number; relayPort: number; logins: number; policy: number };

async function configure(dir: string, ports: Ports): Promise<void> {
  const conf = join(dir, 'conf');
  for (const name of ['conf', 'queue', 'data']) await mkdir(join(dir, name), { mode: 0o755 });
  await run('chown', ['postfix', join(dir, 'data')]);
  const year = 365 * 86_400_000;
  const { pem, privateKey } = signer({
    from: new Date(Date.now() - year),
    to: new Date(Date.now() + year),
  });
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  await writeFile(join(conf, 'tls.pem'), key + pem, { mode: 0o600 });
  await writeFile(join(conf, 'main.cf'), mainCf(dir, ports));
  await writeFile(join(conf, 'master.cf'), masterCf(ports.port));
}

const mainCf = (dir: string, { relayPort, logins, policy }: Ports) => `
compatibility_level = 3.6
queue_directory = ${dir}/queue
data_directory = ${dir}/data
maillog_file = ${dir}/postfix.log
maillog_file_prefixes = ${dir}
mail_owner = postfix
setgid_group = postdrop
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
myhostname = mx.postfix.example
mydestination =
mynetworks =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
local_recipient_maps =
alias_maps =
biff = no
smtputf8_enable = yes
relayhost = [127.0.0.1]:${relayPort}
smtp_dns_support_level = disabled
smtp_tls_security_level = none
smtpd_tls_chain_files = ${dir}/conf/tls.pem
smtpd_tls_security_level = encrypt
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:${logins}
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = check_policy_service inet:127.0.0.1:${policy}, permit_sasl_authenticated, reject
smtpd_error_sleep_time = 0
smtpd_hard_error_limit = 1000
smtpd_client_connection_count_limit = 0
`;

const masterCf = (port: number) => `
127.0.0.1:${port} inet n - n - 20 smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
local unix - n n - - local
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
`;
