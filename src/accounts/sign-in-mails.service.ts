import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { ChannelRegistry } from '../channels/registry.js';
import { CONFIG, type Config } from '../config.js';
import type { SignInContent } from '../domain/sign-in.js';
import { Clock } from '../platform/clock.js';
import { LOGGER, type Logger } from '../platform/logger.js';

/** Before the second try and the third: whoever waits for the mail asks anew before long. */
const waitsMs = [2_000, 10_000];
const tryMs = 15_000;

export type SignInMail = { purpose: SignInContent['purpose']; address: string; link: string | null };

/**
 * Sends what signs in, behind the back of the answer: that must be the same, and take the same time, whatever there is to
 * send. These mails are no deliveries: nothing keeps their link once they are out.
 */
@Injectable()
export class SignInMails implements BeforeApplicationShutdown {
  private readonly underWay = new Set<Promise<void>>();
  private readonly stopping = new AbortController();

  constructor(
    private readonly channels: ChannelRegistry,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'archiveName'>,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** @param make finds out what is to be sent; null for nothing */
  sendInBackground(make: () => Promise<SignInMail | null>): void {
    const work = this.send(make)
      .catch((error: unknown) => this.log.error({ err: error }, 'a mail that signs in was not sent'))
      .finally(() => this.underWay.delete(work));
    this.underWay.add(work);
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.settled();
  }

  private async send(make: () => Promise<SignInMail | null>): Promise<void> {
    const mail = await make();
    const channel = this.channels.find('email');
    if (mail === null || !channel) return;
    const deliveryId = `sign-in:${randomUUID()}`;
    const { archiveName } = this.config;
    const payload = channel.fill(
      await channel.render({ kind: 'sign-in', purpose: mail.purpose, archiveName }),
      {
        deliveryId,
        createdAt: this.clock.now().toISOString(),
        alert: null,
        links: mail.link === null ? {} : { confirm: mail.link },
      },
    );
    const target = { settings: { address: mail.address }, signingSecrets: [] };
    for (const waitMs of [...waitsMs, null]) {
      const context = { deliveryId, at: this.clock.now(), signal: AbortSignal.timeout(tryMs) };
      const outcome = await channel.send(payload, target, context);
      this.log.info({ purpose: mail.purpose, outcome: outcome.kind }, 'a mail that signs in');
      if (outcome.kind !== 'retry' || waitMs === null || this.stopping.signal.aborted) return;
      await wait(waitMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }
}
