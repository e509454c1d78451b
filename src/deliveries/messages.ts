import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { AlertReader } from '../alerts/alert-reader.js';
import { DigestReader, mostShown } from '../alerts/digest-reader.js';
import { EchoReader } from '../alerts/echo-reader.js';
import { StormReader } from '../alerts/storm-reader.js';
import { CoverageReader, noticeOf } from '../coverage/coverage-reader.js';
import type { Channel } from '../channels/channel.js';
import { CONFIG, type Config } from '../config.js';
import { addressDigest } from '../platform/address-digest.js';
import type { AlertProgress, Recipient } from '../domain/alert-content.js';
import type { Content, MessageAbout } from '../domain/content.js';
import type { DeliveryId } from '../domain/ids.js';
import type { CoverageVerdict } from '../domain/coverage-verdict.js';
import { Database } from '../platform/database.js';
import { Problem } from '../platform/http/problem.js';
import { Links } from '../platform/links.js';
import { findEchoed, findFollowed, type FollowedMessage, type Told } from './delivery-message.store.js';
import type { LeasedDelivery } from './leased-delivery.store.js';

const mostTemplates = 200;

/** As destination-health.store.ts writes it. */
const Notice = z
  .object({
    about: z.enum(['failing', 'disabled']),
    kind: z.string(),
    label: z.string().nullable(),
    reason: z.string(),
    since: z.string().nullable(),
  })
  .transform(({ kind, label, since, ...notice }) => ({
    ...notice,
    since: since === null ? null : new Date(since).toISOString(),
    destination: { kind, label },
  }));

type Rendered = {
  template: unknown;
  isFollowUp: boolean;
  about: MessageAbout | null;
  /** Of a digest, the changes that it tells of. */
  told: readonly string[] | null;
};

/** Renders once for each revision, set of changes, tier and channel; then only fills in what differs. */
@Injectable()
export class Messages {
  private readonly templates = new Map<string, Promise<Rendered>>();
  /** The key of the last of them. */
  private newest = '';

  constructor(
    private readonly database: Database,
    private readonly alerts: AlertReader,
    private readonly storms: StormReader,
    readonly digests: DigestReader,
    private readonly echoes: EchoReader,
    private readonly coverage: CoverageReader,
    private readonly links: Links,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async payload(channel: Channel, delivery: Told): Promise<unknown> {
    return (await this.toSend(channel, delivery)).payload;
  }

  /** Also the message that it follows up or echoes: asked only for those, and where messages can have a thread. */
  async toSend(
    channel: Channel,
    delivery: Told,
  ): Promise<{ payload: unknown; followed: FollowedMessage | null; told: readonly string[] | null }> {
    const { template, isFollowUp, told } = await this.template(channel, delivery);
    const payload = channel.fill(template, this.recipient(channel, delivery));
    const asks = isFollowUp && channel.update !== undefined;
    const find = delivery.kind === 'echo' ? findEchoed : findFollowed;
    return { payload, followed: asks ? await find(this.database, delivery.id) : null, told };
  }

  /** Why the destination's settings leave the message out; null when they do not. */
  async declined(channel: Channel, delivery: Told): Promise<string | null> {
    if (channel.declines === undefined) return null;
    const { kind, settings } = delivery;
    if (kind !== 'echo' && kind !== 'coverage') return channel.declines(settings, kind);
    // What cannot be read fails where it is sent, with a word about it.
    const rendered = await this.template(channel, delivery).catch(() => null);
    return channel.declines(settings, kind, rendered?.about ?? null);
  }

  /** The message of an alert that was sent before, with what became of it since. */
  async changed(channel: Channel, delivery: Told, progress: AlertProgress): Promise<unknown> {
    const { template } = await this.template(channel, delivery);
    const recipient = this.recipient(channel, delivery);
    return channel.fill(template, {
      ...recipient,
      alert: recipient.alert && { ...recipient.alert, progress },
    });
  }

  /** Whether all that a summary tells of was muted since: its storm has ended then. */
  async isMutedSummary({
    destinationId,
    id,
  }: Pick<LeasedDelivery, 'destinationId' | 'id'>): Promise<boolean> {
    return this.storms.endMuted(destinationId, id);
  }

  /** Whether all that a summary tells of was undone since. */
  async isUndoneSummary({
    destinationId,
    id,
  }: Pick<LeasedDelivery, 'destinationId' | 'id'>): Promise<boolean> {
    return this.storms.endUndone(destinationId, id);
  }

  /** Whether a notice that a document was lost, or is back, is still right. */
  async judgeCoverage({
    notice,
    destinationId,
  }: Pick<LeasedDelivery, 'notice' | 'destinationId'>): Promise<CoverageVerdict> {
    return this.coverage.judge(notice, destinationId);
  }

  private template(channel: Channel, delivery: Told): Promise<Rendered> {
    // What is told to one destination alone is not worth keeping.
    if (delivery.kind === 'notice' || delivery.kind === 'summary' || delivery.kind === 'digest')
      return this.render(channel, delivery);
    const key = keyOf(channel, delivery);
    const kept = this.templates.get(key);
    if (kept !== undefined && key === this.newest) return kept;
    // Set again to become the newest: the oldest is dropped first.
    const template = kept ?? this.render(channel, delivery);
    this.newest = key;
    this.templates.delete(key);
    this.templates.set(key, template);
    if (kept === undefined) template.catch(() => this.templates.delete(key));
    if (this.templates.size > mostTemplates) {
      const [oldest] = this.templates.keys();
      if (oldest !== undefined) this.templates.delete(oldest);
    }
    return template;
  }

  private async render(channel: Channel, delivery: Told): Promise<Rendered> {
    const digest = delivery.kind === 'digest' ? await this.digest(delivery.id) : null;
    const content = digest?.content ?? (await this.content(delivery));
    return {
      template: await channel.render(content),
      isFollowUp: content.kind === 'echo' || (content.kind === 'alert' && content.followUp),
      about: content.kind === 'echo' || content.kind === 'coverage' ? content.about : null,
      told: digest?.told ?? null,
    };
  }

  private async content(delivery: Told): Promise<Content> {
    const { id, kind, revisionId, changeIds } = delivery;
    const { archiveName } = this.config;
    switch (kind) {
      case 'test':
      case 'confirm':
        return { kind, archiveName };
      case 'notice':
        return { kind, archiveName, ...Notice.parse(delivery.notice) };
      case 'summary':
        return this.storms.read(delivery.destinationId, id);
      case 'alert':
        if (revisionId === null || changeIds === null) throw new Error(`delivery ${id} has no alert`);
        return this.alerts.read(revisionId, changeIds, delivery.tier);
      case 'coverage':
        return this.coverage.read(delivery.notice);
      case 'digest':
        return (await this.digest(id)).content;
      case 'echo':
        return this.echo(delivery);
      default:
        return kind satisfies never;
    }
  }

  private async digest(id: DeliveryId): Promise<{ content: Content; told: readonly string[] }> {
    const digest = await this.digests.readWithTold(id, mostShown);
    // A fault of whoever asks for what was sent, once its reader wants none of it: what is sent was judged just before.
    if (digest === null) throw new Problem(404, 'Nothing of this digest is left to tell.');
    return digest;
  }

  private async echo({ id, echoId, changeIds, alertChanges, tier }: Told): Promise<Content> {
    if (echoId === null || changeIds === null) throw new Error(`delivery ${id} has no echo`);
    return this.echoes.read(echoId, { changeIds, alertChanges: alertChanges ?? changeIds.length }, tier);
  }

  private recipient(channel: Channel, delivery: Told): Recipient {
    const { id, alertId, accountId, destinationId, settings, watchlists } = delivery;
    const { links } = this;
    const linked = linkedOf(delivery);
    const digest = () => addressDigest(channel.addressToConfirm(settings) ?? '');
    const confirm =
      delivery.kind === 'confirm'
        ? { confirm: links.confirm({ accountId, digest: digest() }, delivery.createdAt) }
        : {};
    return {
      deliveryId: id,
      createdAt: delivery.createdAt.toISOString(),
      ...(delivery.toldBy && { toldBy: delivery.toldBy.deliveryId }),
      alert: alertId === null ? null : { id: alertId, url: links.alert(alertId), watchlists },
      links:
        linked === null
          ? confirm
          : {
              // Signed only for the channels that ask for it.
              get unsubscribe() {
                return links.unsubscribe({ accountId, destinationId, ...linked });
              },
            },
    };
  }
}

/** What its reader can unsubscribe from; null when it was asked for. */
function linkedOf({ id, kind, alertId, notice }: Told) {
  if (kind === 'coverage') return noticeOf(notice);
  if (kind === 'digest' || kind === 'summary') return { bundleId: id };
  return alertId && { alertId };
}

/** What messages that share a template have in common. */
function keyOf(channel: Channel, delivery: Told): string {
  const { kind, revisionId, tier, changeIds, correctedAt, echoId, alertChanges, notice } = delivery;
  const shared = `${channel.kind} ${kind}`;
  if (kind === 'coverage') return `${shared} ${JSON.stringify(notice)}`;
  if (revisionId === null) return shared;
  const version = correctedAt === null ? '' : ` as of ${correctedAt.getTime()}`;
  const echo = echoId === null ? '' : ` ${echoId} of ${alertChanges}`;
  return `${shared} ${revisionId} ${tier} ${changeIds?.join()}${version}${echo}`;
}
