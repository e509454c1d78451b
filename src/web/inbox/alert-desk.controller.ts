import { Body, Controller, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AlertNotes } from '../../alerts/alert-notes.service.js';
import { InboxService } from '../../alerts/inbox.service.js';
import { parseRowId, type AlertId } from '../../domain/ids.js';
import { MuteKind } from '../../domain/mute.js';
import { MuteService } from '../../mutes/mute.service.js';
import { Clock } from '../../platform/clock.js';
import { notFound } from '../../platform/http/problem.js';
import { fieldsOf, textOf } from '../form/fields.js';
import { formFaults } from '../form/faults.js';
import { Pages } from '../frame/pages.js';
import { leadTo } from '../frame/redirect.js';
import { CurrentMember, CurrentVisit } from '../frame/visit.js';
import { AlertSheet } from './alert-sheet.js';

const dayMs = 86_400_000;

/** What the owner of an alert does on its page. */
@Controller('alerts')
@Pages('member')
export class AlertDeskController {
  constructor(
    private readonly inbox: InboxService,
    private readonly notes: AlertNotes,
    private readonly mutes: MuteService,
    private readonly sheet: AlertSheet,
    private readonly clock: Clock,
  ) {}

  @Post(':id/acknowledge')
  async acknowledge(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() member: CurrentMember,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.inbox.acknowledge(member.accountId, id);
    leadTo(reply, visit, `/alerts/${id}?said=acknowledged`);
  }

  @Post(':id/note')
  async note(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() member: CurrentMember,
    @Param('id') id: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const alertId = await this.owned(member, id);
    // Browsers send line ends as two characters, and count them as one.
    const text = textOf(fieldsOf(body), 'text').replaceAll('\r\n', '\n');
    try {
      await this.notes.set(member.accountId, id, text);
    } catch (error) {
      const faults = formFaults(error);
      void reply.status(faults.status);
      return this.sheet.forOwner(visit, member, alertId, { draft: { text, faults } });
    }
    leadTo(reply, visit, `/alerts/${id}?said=${text.trim() === '' ? 'unnoted' : 'noted'}`);
    return undefined;
  }

  @Post(':id/mute')
  async mute(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() member: CurrentMember,
    @Param('id') id: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const alertId = await this.owned(member, id);
    const fields = fieldsOf(body);
    const target = targetOf(textOf(fields, 'target'));
    const days = /^[1-9]\d{0,2}$/.exec(textOf(fields, 'days'));
    const until = days === null ? null : new Date(this.clock.now().getTime() + Number(days[0]) * dayMs);
    const { content } = await this.inbox.read(member.accountId, alertId);
    const isOfIt =
      target?.kind === 'document'
        ? target.key === content.document.id
        : content.changes.some(({ provision }) => provision.id === target?.key);
    if (!target || !isOfIt) throw notFound('provision or document');
    await this.mutes.mute(member.accountId, target, until);
    leadTo(reply, visit, `/alerts/${id}?said=muted`);
  }

  @Post(':id/unmute')
  async unmute(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() member: CurrentMember,
    @Param('id') id: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.owned(member, id);
    const target = targetOf(textOf(fieldsOf(body), 'target'));
    if (!target) throw notFound('mute');
    await this.mutes.unmute(member.accountId, target);
    leadTo(reply, visit, `/alerts/${id}?said=unmuted`);
  }

  /** @throws Problem 404 for what is not the member's */
  private async owned(member: CurrentMember, id: string): Promise<AlertId> {
    const alertId = parseRowId<'alert'>(id);
    if (!alertId || !(await this.sheet.isOf(member, alertId))) throw notFound('alert');
    return alertId;
  }
}

/** Reads "provision ID" or "document ID"; ids may hold spaces. */
function targetOf(text: string): { kind: MuteKind; key: string } | null {
  const at = text.indexOf(' ');
  const kind = MuteKind.safeParse(text.slice(0, Math.max(at, 0)));
  return kind.success ? { kind: kind.data, key: text.slice(at + 1) } : null;
}
