import { Inject, Injectable } from '@nestjs/common';
import { InboxService } from '../alerts/inbox.service.js';
import { CoverageService } from '../coverage/coverage.service.js';
import { DestinationService } from '../destinations/destination.service.js';
import { decodedWords } from '../mail-reports/mail-parts.js';
import { Clock } from '../platform/clock.js';
import { Links } from '../platform/links.js';
import { LOGGER, type Logger } from '../platform/logger.js';

/** Headers are read so far: the subject of a mail that a program wrote stands near its beginning. */
const headBytes = 64 * 1_024;

/**
 * Stops alerts for whoever's mail program unsubscribes by mail: `List-Unsubscribe` names an address too (RFC 2369), with the
 * signed token of the link in its subject. Who sends the mail does not matter: the token is the proof.
 */
@Injectable()
export class MailedUnsubscription {
  constructor(
    private readonly links: Links,
    private readonly clock: Clock,
    private readonly inbox: InboxService,
    private readonly coverage: CoverageService,
    private readonly destinations: DestinationService,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** @returns whether the mail asked for it. Doing it again changes nothing */
  async take(mail: Buffer): Promise<boolean> {
    const token = await tokenIn(mail);
    const link = token === null ? null : this.links.readUnsubscribe(token, this.clock.now());
    if (link === null) return false;
    const { accountId, destinationId } = link;
    const watchlistIds =
      'noticeId' in link
        ? await this.coverage.watchlistIds(accountId, link.noticeId)
        : await this.inbox.watchlistIds(accountId, link);
    const stopped = await this.destinations.unsubscribe({ ...link, watchlistIds });
    this.log.info({ destinationId, watchlists: stopped }, 'unsubscribed by mail');
    return true;
  }
}

/**
 * The token in `Subject: unsubscribe TOKEN`, as mail programs copy it from `mailto:`, with or without "Re:" and folds. Some
 * encode a subject that long, though nothing in it asks for that.
 */
async function tokenIn(mail: Buffer): Promise<string | null> {
  const head =
    mail
      .subarray(0, headBytes)
      .toString('latin1')
      .split(/\r?\n\r?\n/, 1)[0] ?? '';
  const subject = /^subject:(.*(?:\r?\n[ \t].*)*)/im.exec(head)?.[1] ?? '';
  const readable = await decodedWords(subject.replaceAll(/\r?\n/g, '').trim());
  return /\bunsubscribe\s+([\w-]{40,400})\s*$/i.exec(readable)?.[1] ?? null;
}
