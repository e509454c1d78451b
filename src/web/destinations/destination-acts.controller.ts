import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DestinationReportsService } from '../../deliveries/destination-reports.service.js';
import { ConfirmationService } from '../../destinations/confirmation.service.js';
import { DestinationChangesService } from '../../destinations/destination-changes.service.js';
import { destinationIdOf } from '../../destinations/destination-id.js';
import { DestinationSendingService } from '../../destinations/destination-sending.service.js';
import type { DestinationId } from '../../domain/ids.js';
import { formFaults } from '../form/faults.js';
import { fieldsOf, textOf } from '../form/fields.js';
import { partOf } from '../frame/layout.js';
import { Pages } from '../frame/pages.js';
import { leadTo } from '../frame/redirect.js';
import { CurrentMember, CurrentVisit } from '../frame/visit.js';
import { destinationPage } from './destination-page.js';
import { DestinationViewService } from './destination-view.service.js';
import { secretPage } from './secret-page.js';
import { instantOf } from './since.js';
import { TestOutcome } from './test-outcome.js';

type Asked = {
  visit: CurrentVisit;
  member: CurrentMember;
  id: DestinationId;
  reply: FastifyReply;
  since?: string;
};

/** What is done with a destination. What can't be done now comes back as its page, with why. */
@Controller('destinations/:id')
@Pages('member')
export class DestinationActsController {
  constructor(
    private readonly sending: DestinationSendingService,
    private readonly changes: DestinationChangesService,
    private readonly confirmations: ConfirmationService,
    private readonly reports: DestinationReportsService,
    private readonly views: DestinationViewService,
  ) {}

  @Post('test')
  @HttpCode(200)
  async test(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() member: CurrentMember,
    @Param('id') text: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const id = destinationIdOf(text);
    return this.orWhyNot({ visit, member, id, reply }, async () => {
      leadTo(reply, visit, `/destinations/${id}?test=${await this.sending.test(member.accountId, id)}`);
    });
  }

  /** What became of a test, for a script that asks again. */
  @Get('tests/:delivery')
  async outcome(
    @CurrentVisit() { site }: CurrentVisit,
    @CurrentMember() { accountId }: CurrentMember,
    @Param('id') text: string,
    @Param('delivery') deliveryId: string,
  ): Promise<string> {
    const destinationId = destinationIdOf(text);
    const delivery = await this.reports.delivery(accountId, destinationId, deliveryId);
    return partOf(TestOutcome({ site, destinationId, delivery }));
  }

  @Post('confirmation')
  @HttpCode(200)
  async confirmation(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() member: CurrentMember,
    @Param('id') text: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const id = destinationIdOf(text);
    return this.orWhyNot({ visit, member, id, reply }, async () => {
      await this.confirmations.askAgain(member.accountId, id);
      leadTo(reply, visit, `/destinations/${id}?said=asked`);
    });
  }

  @Post('pause')
  @HttpCode(200)
  async pause(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() member: CurrentMember,
    @Param('id') text: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const id = destinationIdOf(text);
    return this.orWhyNot({ visit, member, id, reply }, async () => {
      await this.changes.update(member.accountId, id, { status: 'paused' });
      leadTo(reply, visit, `/destinations/${id}?said=paused`);
    });
  }

  @Post('enable')
  @HttpCode(200)
  async enable(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() member: CurrentMember,
    @Param('id') text: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const id = destinationIdOf(text);
    return this.orWhyNot({ visit, member, id, reply }, async () => {
      const { status } = await this.changes.enable(member.accountId, id);
      leadTo(reply, visit, `/destinations/${id}?said=${status === 'pending' ? 'pending' : 'enabled'}`);
    });
  }

  @Post('rotate-secret')
  @HttpCode(200)
  async rotateSecret(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() member: CurrentMember,
    @Param('id') text: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const id = destinationIdOf(text);
    return this.orWhyNot({ visit, member, id, reply }, async () => {
      const { secret = '', ...destination } = await this.changes.rotateSecret(member.accountId, id);
      return secretPage(visit, { destination, secret, isRotated: true });
    });
  }

  @Post('recover')
  @HttpCode(200)
  async recover(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() member: CurrentMember,
    @Param('id') text: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const id = destinationIdOf(text);
    const since = textOf(fieldsOf(body), 'since');
    return this.orWhyNot({ visit, member, id, reply, since }, async () => {
      const from = instantOf(since, member.timeZone);
      const recovered = await this.sending.recover(member.accountId, id, from);
      leadTo(reply, visit, `/destinations/${id}?recovered=${recovered}`);
    });
  }

  private async orWhyNot(
    { visit, member, id, reply, since }: Asked,
    act: () => Promise<string | void>,
  ): Promise<string | undefined> {
    try {
      return (await act()) ?? undefined;
    } catch (error) {
      const faults = formFaults(error);
      const view = await this.views.of(member.accountId, id);
      void reply.status(faults.status);
      return destinationPage(visit, {
        view,
        zone: member.timeZone,
        faults,
        ...(since !== undefined && { since }),
      });
    }
  }
}
