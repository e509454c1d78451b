import { setTimeout as delay } from 'node:timers/promises';
import { startRecordingHttp } from './recording-http.js';
import { startRecordingSmtp } from './recording-smtp.js';
import { Receipts, type Lane } from './receipts.js';

export type Sinks = {
  receipts: Receipts;
  hookUrl: (account: number) => string;
  /** The settings that lead the service here. */
  environment: Record<string, string>;
  /** What is received from now on waits for its answer. @returns lets all answers go */
  hold(): () => void;
  stop(): Promise<void>;
};

/** Whether a message is refused for now. `earlier`: how often it came before. */
export type Refuses = (message: { lane: Lane; account: number; earlier: number }) => boolean;

export type SinkOptions = {
  refuses?: Refuses;
  /** How long each message waits for its answer. */
  answerMs?: number;
};

/** A webhook receiver, a mail server and an imitation of Slack that record each receipt. */
export async function startSinks({ refuses = () => false, answerMs = 0 }: SinkOptions): Promise<Sinks> {
  const receipts = new Receipts();
  let held: Promise<void> | null = null;
  const take = async (message: Parameters<Parameters<typeof startRecordingHttp>[0]>[0]) => {
    const { lane, account, id } = message;
    const taken = !refuses({ lane, account, earlier: receipts.earlier(lane, id) });
    receipts.add({ ...message, at: performance.now(), taken });
    if (held) await held;
    if (answerMs > 0) await delay(answerMs);
    return taken;
  };
  const http = await startRecordingHttp(take);
  const smtp = await startRecordingSmtp(take);
  return {
    receipts,
    hookUrl: http.hookUrl,
    environment: {
      SMTP_URL: smtp.url,
      MAIL_FROM: 'Tocsin <alerts@faults.example>',
      SLACK_API_URL: http.origin,
      WEBHOOK_ALLOW_NETWORKS: '127.0.0.0/8',
    },
    hold() {
      let release = (): void => undefined;
      held = new Promise((resolve) => {
        release = resolve;
      });
      return () => {
        held = null;
        release();
      };
    },
    stop: async () => {
      await Promise.all([http.stop(), smtp.stop()]);
    },
  };
}
