import { Inject, Injectable } from '@nestjs/common';
import { AlertReader } from '../alerts/alert-reader.js';
import type { Channel } from '../channels/channel.js';
import { CONFIG, type Config } from '../config.js';
import { addressDigest } from '../platform/address-digest.js';
import type { Content, Recipient } from '../domain/alert-content.js';
import { Links } from '../platform/links.js';
import type { LeasedDelivery } from './delivery.store.js';

const mostTemplates = 200;

/** Renders once for each revision, set of changes, tier and channel; then only fills in what differs. */
@Injectable()
export class Messages {
  private readonly templates = new Map<string, Promise<unknown>>();

  constructor(
    private readonly alerts: AlertReader,
    private readonly links: Links,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async payload(channel: Channel, delivery: LeasedDelivery): Promise<unknown> {
    return channel.fill(await this.template(channel, delivery), this.recipient(channel, delivery));
  }

  private template(channel: Channel, delivery: LeasedDelivery): Promise<unknown> {
    const key = JSON.stringify([
      channel.kind,
      delivery.kind,
      ...(delivery.revisionId === null ? [] : [delivery.revisionId, delivery.tier, delivery.changeIds]),
    ]);
    const kept = this.templates.get(key);
    // Set again to become the newest: the oldest is dropped first.
    const template = kept ?? this.render(channel, delivery);
    this.templates.delete(key);
    this.templates.set(key, template);
    template.catch(() => this.templates.delete(key));
    if (this.templates.size > mostTemplates) {
      const [oldest] = this.templates.keys();
      if (oldest !== undefined) this.templates.delete(oldest);
    }
    return template;
  }

  private async render(channel: Channel, delivery: LeasedDelivery): Promise<unknown> {
    return channel.render(await this.content(delivery));
  }

  private async content(delivery: LeasedDelivery): Promise<Content> {
    if (delivery.kind !== 'alert') return { kind: delivery.kind, archiveName: this.config.archiveName };
    if (delivery.revisionId === null || delivery.changeIds === null) {
      throw new Error(`delivery ${delivery.id} has no alert`);
    }
    return this.alerts.read(delivery.revisionId, delivery.changeIds, delivery.tier);
  }

  private recipient(channel: Channel, delivery: LeasedDelivery): Recipient {
    const { id, alertId, accountId, destinationId, destination, watchlists } = delivery;
    return {
      deliveryId: id,
      createdAt: delivery.createdAt.toISOString(),
      alert: alertId === null ? null : { id: alertId, url: this.links.alert(alertId), watchlists },
      links: {
        ...(alertId !== null && {
          unsubscribe: this.links.unsubscribe({ accountId, destinationId, alertId }),
        }),
        ...(delivery.kind === 'confirm' && {
          confirm: this.links.confirm(
            { destinationId, digest: addressDigest(channel.addressToConfirm(destination.settings) ?? '') },
            delivery.createdAt,
          ),
        }),
      },
    };
  }
}
