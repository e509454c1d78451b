import { generateKeyPairSync } from 'node:crypto';
import { count, perSecond } from '../format.js';
import type { Line, Row } from '../row.js';
import { dispatch } from '../stage/dispatch.js';
import { mailProfile, mailSender, type MailProfile } from '../stage/mail-profile.js';
import type { Environment } from '../stage/service.js';
import type { Stage } from '../stage/stage.js';
import { median } from '../statistics.js';
import { runs } from './runs.js';

const goal = 0.7;
const poolGoal = 3;
const dkim = { domain: 'bench.example', selector: 'bench' };

/** Mails with HTML and text from one worker, with DKIM off and on. */
export const email: Row = {
  name: 'email',
  about: 'mails sent by one worker process, against ready-made bytes and against a plain nodemailer pool',
  async run(stage) {
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    return [...(await linesOf(stage, null)), ...(await linesOf(stage, privateKey))];
  },
};

async function linesOf(stage: Stage, privateKey: string | null): Promise<Line[]> {
  const { mails, pooledMails } = stage.scale;
  const port = await stage.sinks.mail.port();
  const environment: Environment = {
    SMTP_URL: `smtp://127.0.0.1:${port}`,
    MAIL_FROM: mailSender,
    ...(privateKey !== null && {
      DKIM_DOMAIN: dkim.domain,
      DKIM_SELECTOR: dkim.selector,
      DKIM_PRIVATE_KEY: privateKey,
    }),
  };
  const profile = await mailProfile(stage, environment);
  const name = `email, DKIM ${privateKey === null ? 'off' : 'on'}`;
  const measured = await runs(stage, async (run) => {
    const bareMs = await bareConnections(stage, port, profile, false);
    const pipelinedMs = await bareConnections(stage, port, profile, true);
    await stage.sinks.mail.reset({});
    const ours = await dispatch(stage, { kind: 'email', followers: mails, environment }, async () =>
      stage.sinks.mail.tally(),
    );
    const pooledMs = await plainPool(stage, port, profile, privateKey);
    stage.say(
      `${name}, run ${run}: ${perSecond(mails, ours.ms)}, bare ${perSecond(mails, bareMs)}, with PIPELINING ${perSecond(mails, pipelinedMs)}, pool ${perSecond(pooledMails, pooledMs)}`,
    );
    return { ...ours, bareMs, pipelinedMs, pooledMs, pooledMails };
  });
  const ours = perSecond(mails, median(measured.map(({ ms }) => ms)));
  const ratios = measured.map(({ ms, bareMs }) => bareMs / ms);
  const overPool = measured.map(({ ms, pooledMs }) => pooledMs / pooledMails / (ms / mails));
  const pipelined = perSecond(mails, median(measured.map(({ pipelinedMs }) => pipelinedMs)));
  return [
    {
      row: `${name}: ${count(mails)} mails, one worker`,
      measured: ours,
      bare: perSecond(mails, median(measured.map(({ bareMs }) => bareMs))),
      ratios,
      goal: `≥ ${goal.toFixed(2)}`,
      met: median(ratios) >= goal,
      note: `The bare connections wait for each answer, as SMTP clients do; with PIPELINING they reached ${pipelined} (DKIM ${privateKey === null ? 'off' : 'on'}). ${profile.connections} connections.`,
      runs: measured,
    },
    {
      row: `${name}: against a plain nodemailer pool`,
      measured: ours,
      bare: `${perSecond(pooledMails, median(measured.map(({ pooledMs }) => pooledMs)))} (pool)`,
      ratios: overPool,
      goal: `≥ ${poolGoal.toFixed(2)}`,
      met: median(overPool) >= poolGoal,
      runs: [],
    },
  ];
}

async function bareConnections(
  stage: Stage,
  port: number,
  { connections, samples }: MailProfile,
  pipelining: boolean,
): Promise<number> {
  const load = { port, samples, mails: stage.scale.mails, connections, pipelining };
  return timed(await stage.remote('smtp-loop', load));
}

async function plainPool(
  stage: Stage,
  port: number,
  { connections, plain }: MailProfile,
  privateKey: string | null,
): Promise<number> {
  const load = {
    port,
    mails: plain,
    count: stage.scale.pooledMails,
    connections,
    dkim: privateKey === null ? null : { domainName: dkim.domain, keySelector: dkim.selector, privateKey },
  };
  return timed(await stage.remote('nodemailer-pool', load));
}

/** Runs a load to its end. @returns milliseconds */
async function timed(load: {
  run(): Promise<{ from: number; to: number }>;
  end(): Promise<void>;
}): Promise<number> {
  const { from, to } = await load.run();
  await load.end();
  return to - from;
}
