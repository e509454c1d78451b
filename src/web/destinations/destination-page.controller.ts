import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DestinationReportsService } from '../../deliveries/destination-reports.service.js';
import type { Delivery } from '../../deliveries/delivery-view.js';
import { DestinationChangesService } from '../../destinations/destination-changes.service.js';
import { destinationIdOf } from '../../destinations/destination-id.js';
import { DestinationChanges, type Destination } from '../../destinations/destination.js';
import { DestinationService } from '../../destinations/destination.service.js';
import type { AccountId, DestinationId } from '../../domain/ids.js';
import { Problem } from '../../platform/http/problem.js';
import { validate } from '../../platform/http/validation.js';
import { fieldsOf, textOf, type Fields } from '../form/fields.js';
import { Pages } from '../frame/pages.js';
import { leadTo } from '../frame/redirect.js';
import { CurrentMember, CurrentVisit } from '../frame/visit.js';
import { deleteDestinationPage } from './delete-destination-page.js';
import { settingsFaults } from './destination-faults.js';
import { destinationPage } from './destination-page.js';
import { DestinationViewService } from './destination-view.service.js';
import { editDestinationPage } from './edit-destination-page.js';
import { formOfKind } from './forms/all-forms.js';
import { labelIn } from './new-destination.controller.js';
import { SlackChoicesService } from './slack-choices.service.js';

/** One destination: its page, what can be edited, and its end. */
@Controller('destinations/:id')
@Pages('member')
export class DestinationPageController {
  constructor(
    private readonly destinations: DestinationService,
    private readonly changes: DestinationChangesService,
    private readonly reports: DestinationReportsService,
    private readonly views: DestinationViewService,
    private readonly slack: SlackChoicesService,
  ) {}

  @Get()
  async show(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() { accountId, timeZone: zone }: CurrentMember,
    @Param('id') text: string,
    @Query() query: unknown,
  ): Promise<string> {
    const id = destinationIdOf(text);
    const asked = fieldsOf(query);
    const view = await this.views.of(accountId, id);
    const test = await this.testOf(accountId, id, textOf(asked, 'test'));
    const recovered = /^\d{1,9}$/.test(textOf(asked, 'recovered'))
      ? Number(textOf(asked, 'recovered'))
      : null;
    return destinationPage(visit, { view, zone, said: asked['said'], test, recovered });
  }

  @Get('edit')
  async ask(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() { accountId }: CurrentMember,
    @Param('id') text: string,
    @Query('search') search: unknown,
  ): Promise<string> {
    const destination = await this.destinations.get(accountId, destinationIdOf(text));
    const form = formOfKind(destination.kind);
    const typed = { ...form?.fieldsOf(destination.settings), label: destination.label ?? '' };
    const slack = await this.slackOf(accountId, destination, { ...typed, search });
    return editDestinationPage(visit, { destination, form, typed, slack });
  }

  @Post()
  @HttpCode(200)
  async edit(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() { accountId }: CurrentMember,
    @Param('id') text: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const fields = fieldsOf(body);
    const destination = await this.destinations.get(accountId, destinationIdOf(text));
    const form = formOfKind(destination.kind);
    try {
      const settings = form?.settingsOf(fields) ?? null;
      const changes = { label: labelIn(fields), ...(settings !== null && { settings }) };
      const made = await this.changes.update(
        accountId,
        destination.id,
        validate(DestinationChanges, changes),
      );
      const isAsked = made.status === 'pending' && destination.status !== 'pending';
      leadTo(reply, visit, `/destinations/${made.id}?said=${isAsked ? 'pending' : 'saved'}`);
      return undefined;
    } catch (error) {
      if (!form) throw error;
      const faults = settingsFaults(error, form, fields);
      const slack = await this.slackOf(accountId, destination, fields);
      void reply.status(faults.status);
      return editDestinationPage(visit, { destination, form, typed: fields, slack, faults });
    }
  }

  @Get('delete')
  async askToDelete(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() { accountId }: CurrentMember,
    @Param('id') text: string,
  ): Promise<string> {
    return deleteDestinationPage(visit, await this.views.of(accountId, destinationIdOf(text)));
  }

  @Post('delete')
  async delete(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() { accountId }: CurrentMember,
    @Param('id') text: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.destinations.remove(accountId, destinationIdOf(text));
    leadTo(reply, visit, '/destinations?said=deleted');
  }

  private async slackOf(accountId: AccountId, { kind }: Destination, asked: Fields) {
    return formOfKind(kind)?.offersChannels ? this.slack.of(accountId, asked) : null;
  }

  /** A test that is none of the destination's says nothing. */
  private async testOf(accountId: AccountId, id: DestinationId, test: string): Promise<Delivery | null> {
    if (test === '') return null;
    try {
      return await this.reports.delivery(accountId, id, test);
    } catch (error) {
      if (error instanceof Problem && error.status === 404) return null;
      throw error;
    }
  }
}
