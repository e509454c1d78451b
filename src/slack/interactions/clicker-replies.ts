import { Agent, fetch } from 'undici';
import { parsedUrl } from '../../domain/web-url.js';

const slackHooks = 'https://hooks.slack.com';
const timeoutMs = 5_000;

/** Tells the one who clicked something that nobody else sees. */
export class ClickerReplies {
  private readonly agent = new Agent();

  /** @param apiUrl an emulator in place of Slack, whose addresses are called too; null for Slack itself */
  constructor(private readonly apiUrl: string | null) {}

  /**
   * The text is ours alone: Slack reads markup in it. @param responseUrl as a click has it; one that is not Slack's is not called
   * @returns whether Slack took it @throws what keeps Slack from being reached
   */
  async send(responseUrl: string, text: string): Promise<boolean> {
    if (!this.isSlacks(responseUrl)) return false;
    const answer = await fetch(responseUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ response_type: 'ephemeral', replace_original: false, text }),
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'manual',
      dispatcher: this.agent,
    });
    await answer.body?.cancel();
    return answer.ok;
  }

  async close(): Promise<void> {
    await this.agent.close();
  }

  private isSlacks(responseUrl: string): boolean {
    const url = parsedUrl(responseUrl);
    if (url === null || url.username !== '' || url.password !== '') return false;
    return url.origin === slackHooks || (this.apiUrl !== null && url.origin === new URL(this.apiUrl).origin);
  }
}
