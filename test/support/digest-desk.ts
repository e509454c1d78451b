import { ChannelRegistry } from '../../src/channels/registry.js';
import type { DigestContent } from '../../src/domain/digest-content.js';
import type { TestAccount, TestApp } from './app.js';

/** A digest that was rendered to be sent, and where to. */
export type TakenDigest = DigestContent & { lane: string };

/**
 * Takes the content of digests as the channels are about to render them, and has them send a test message in its place: what
 * goes out is a real message, however digests are drawn.
 *
 * @returns what was taken, oldest first; grows
 */
export function takeDigests(app: TestApp): TakenDigest[] {
  const taken: TakenDigest[] = [];
  for (const channel of app.app.get(ChannelRegistry).all) {
    const render = channel.render.bind(channel);
    channel.render = async (content) => {
      if (content.kind !== 'digest') return render(content);
      taken.push({ ...content, lane: channel.kind });
      return render({ kind: 'test', archiveName: content.archiveName });
    };
  }
  return taken;
}

/** Moves the clock on to an instant, RFC 3339. */
export function moveTo(app: TestApp, instant: string): void {
  app.clock.advance((Date.parse(instant) - app.clock.now().getTime()) / 1_000);
}

/** Sets the account's time zone or quiet hours. */
export async function settle(
  app: TestApp,
  account: TestAccount,
  body: Record<string, unknown>,
): Promise<void> {
  const { status, text } = await app.call('PATCH', '/v1/account', { token: account.token, body });
  if (status !== 200) throw new Error(`the account was not changed: ${text}`);
}

/** What a digest says of each provision, gravest first: its id, kind and the number of steps. */
export function netOf(digest: DigestContent | undefined): [provision: string, kind: string, steps: number][] {
  return (digest?.entities ?? []).flatMap(({ documents }) =>
    documents.flatMap(({ changes }) =>
      changes.map(({ provision, delta, steps }): [string, string, number] => [
        provision.id,
        delta.kind,
        steps.length,
      ]),
    ),
  );
}
