import { Injectable } from '@nestjs/common';
import { AlertDetails } from '../../alerts/alert-details.service.js';
import { InboxService } from '../../alerts/inbox.service.js';
import { DeliveryLog } from '../../deliveries/delivery-log.service.js';
import type { AlertId } from '../../domain/ids.js';
import type { Member, Visit } from '../frame/visit.js';
import type { Desk } from './alert-desk.js';
import { alertPage } from './alert-page.js';

const mostDeliveries = 50;

/** Puts the page of an alert together, for its owner or for whoever has its link. */
@Injectable()
export class AlertSheet {
  constructor(
    private readonly inbox: InboxService,
    private readonly details: AlertDetails,
    private readonly log: DeliveryLog,
  ) {}

  /** @throws Problem 404 when there is no such alert, or it is somebody else's */
  async forOwner(
    visit: Visit,
    member: Member,
    id: AlertId,
    more: Pick<Desk, 'said' | 'draft'> = {},
  ): Promise<string> {
    const { row, content } = await this.inbox.read(member.accountId, id);
    const { link, mutes, ...details } = await this.details.of(id);
    const { items } = await this.log.list(member.accountId, { alert: id, limit: mostDeliveries });
    const desk: Desk = { member, link, mutes, deliveries: items, ...more };
    return alertPage(visit, { id, facts: { ...row, ...details }, content, desk });
  }

  /** For whoever's key was found good. @throws Problem 404 */
  async forLinkHolder(visit: Visit, id: AlertId): Promise<string> {
    const { row, content } = await this.inbox.read(null, id);
    const details = await this.details.of(id);
    return alertPage(visit, { id, facts: { ...row, ...details }, content, desk: null });
  }

  async isOf(member: Member, id: AlertId): Promise<boolean> {
    return this.inbox.isOf(member.accountId, id);
  }
}
