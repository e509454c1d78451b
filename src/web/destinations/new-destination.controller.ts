import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { NewDestination } from '../../destinations/destination.js';
import { DestinationService } from '../../destinations/destination.service.js';
import { validate } from '../../platform/http/validation.js';
import { fieldsOf, textOf, type Fields } from '../form/fields.js';
import { partOf } from '../frame/layout.js';
import { Pages } from '../frame/pages.js';
import { leadTo } from '../frame/redirect.js';
import { CurrentMember, CurrentVisit } from '../frame/visit.js';
import { settingsFaults } from './destination-faults.js';
import { formOfKind } from './forms/all-forms.js';
import { ChannelList } from './forms/slack-channels.js';
import { chooseKindPage, newDestinationPage } from './new-destination-page.js';
import { secretPage } from './secret-page.js';
import { SlackChoicesService } from './slack-choices.service.js';

/** Where a destination is made. */
@Controller('destinations')
@Pages('member')
export class NewDestinationController {
  constructor(
    private readonly destinations: DestinationService,
    private readonly slack: SlackChoicesService,
  ) {}

  @Get('new')
  async ask(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() member: CurrentMember,
    @Query() query: unknown,
  ): Promise<string> {
    const asked = fieldsOf(query);
    const form = formOfKind(textOf(asked, 'kind'));
    if (!form) return chooseKindPage(visit, member);
    const slack = form.offersChannels ? await this.slack.of(member.accountId, asked) : null;
    return newDestinationPage(visit, { ...member, form, typed: {}, slack });
  }

  /** The channels that are found as one types. */
  @Get('slack/channels')
  async channels(@CurrentMember() { accountId }: CurrentMember, @Query() query: unknown): Promise<string> {
    const slack = await this.slack.of(accountId, { ...fieldsOf(query), way: 'workspace' });
    return partOf(ChannelList({ slack, chosen: '' }));
  }

  @Post()
  @HttpCode(200)
  async make(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() member: CurrentMember,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const fields = fieldsOf(body);
    const form = formOfKind(textOf(fields, 'kind'));
    if (!form) return chooseKindPage(visit, member);
    try {
      const given = { kind: form.kind, label: labelIn(fields), settings: form.settingsOf(fields) ?? {} };
      const { secret, ...destination } = await this.destinations.create(
        member.accountId,
        validate(NewDestination, given),
      );
      if (secret !== undefined) return secretPage(visit, { destination, secret, isRotated: false });
      leadTo(reply, visit, `/destinations/${destination.id}?said=made`);
      return undefined;
    } catch (error) {
      const faults = settingsFaults(error, form, fields);
      const slack = form.offersChannels ? await this.slack.of(member.accountId, fields) : null;
      void reply.status(faults.status);
      return newDestinationPage(visit, { ...member, form, typed: fields, slack, faults });
    }
  }
}

/** An empty name is none. */
export function labelIn(fields: Fields): string | null {
  const label = textOf(fields, 'label').trim();
  return label === '' ? null : label;
}
