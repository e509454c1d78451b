import { Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { DeliveryLog, type LoggedDelivery } from '../../deliveries/delivery-log.service.js';
import { DestinationService } from '../../destinations/destination.service.js';
import { parseRowId } from '../../domain/ids.js';
import type { SentRequest } from '../../domain/sent-request.js';
import { Problem } from '../../platform/http/problem.js';
import { formFaults } from '../form/faults.js';
import { Pages } from '../frame/pages.js';
import { leadTo } from '../frame/redirect.js';
import { CurrentMember, CurrentVisit } from '../frame/visit.js';
import { deliveriesPage } from './deliveries-page.js';
import { deliveryPage } from './delivery-page.js';

const deliveriesOnPage = 50;
const mostDestinations = 200;

const RowId = z
  .string()
  .refine((id) => parseRowId(id) !== null)
  .optional()
  .catch(undefined);

const LogPageQuery = z.object({
  destination: RowId,
  alert: RowId,
  state: z.enum(['due', 'leased', 'delivered', 'dead', 'cancelled']).optional().catch(undefined),
  cursor: z.string().max(1_000).optional().catch(undefined),
});

/** What went out to a member's destinations. */
@Controller('deliveries')
@Pages('member')
export class DeliveryPagesController {
  constructor(
    private readonly log: DeliveryLog,
    private readonly destinations: DestinationService,
  ) {}

  @Get()
  async list(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() member: CurrentMember,
    @Query() asked: unknown,
  ): Promise<string> {
    const query = LogPageQuery.parse(asked);
    const [deliveries, { items: destinations }] = await Promise.all([
      this.log.list(member.accountId, { ...query, limit: deliveriesOnPage }),
      this.destinations.list(member.accountId, { limit: mostDestinations }),
    ]);
    const { destination, alert, state } = query;
    return deliveriesPage(visit, member, { destination, alert, state, deliveries, destinations });
  }

  @Get(':id')
  async delivery(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() member: CurrentMember,
    @Param('id') id: string,
    @Query('said') said: unknown,
  ): Promise<string> {
    const delivery = await this.log.find(member.accountId, id);
    return deliveryPage(visit, member, { delivery, request: await this.requestOf(member, delivery), said });
  }

  @Post(':id/replay')
  async replay(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() member: CurrentMember,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    try {
      await this.log.replay(member.accountId, id);
    } catch (error) {
      const faults = formFaults(error);
      const delivery = await this.log.find(member.accountId, id);
      void reply.status(faults.status);
      return deliveryPage(visit, member, {
        delivery,
        request: await this.requestOf(member, delivery),
        faults,
      });
    }
    leadTo(reply, visit, `/deliveries/${id}?said=replayed`);
    return undefined;
  }

  private async requestOf(member: CurrentMember, { id, lane }: LoggedDelivery): Promise<SentRequest | null> {
    if (!this.log.makesRequests(lane)) return null;
    try {
      return await this.log.request(member.accountId, id);
    } catch (error) {
      if (error instanceof Problem && error.status === 404) return null;
      throw error;
    }
  }
}
