import { Injectable } from '@nestjs/common';
import { InboxService } from '../../alerts/inbox.service.js';
import { readAction, type SlackAction } from '../../channels/slack/slack-actions.js';
import { ShownMessages } from '../../deliveries/shown-messages.service.js';
import { parseRowId } from '../../domain/ids.js';
import { MuteService } from '../../mutes/mute.service.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database.js';
import { Problem } from '../../platform/http/problem.js';
import type { SlackClick } from './slack-click.js';
import { findClicked, takeClick, type ClickedAlert } from './slack-click.store.js';

/** Twice as long as a signature is good, either way. */
const clickKeptMs = 20 * 60_000;

const unknown =
  'Tocsin does not know this alert any more, or it is not this workspace’s. Nothing was changed.';

/** Does what a click in a message asks for. */
@Injectable()
export class SlackClicks {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly inbox: InboxService,
    private readonly mutes: MuteService,
    private readonly shown: ShownMessages,
  ) {}

  /**
   * What is acknowledged or muted is committed when this resolves; messages are brought up to date after that.
   *
   * @param signature of the request: the same click, sent again, does nothing
   * @returns what the one who clicked is to be told; null when the message shows it
   */
  async take(click: SlackClick, signature: string): Promise<string | null> {
    const action = readAction(click.actionId, click.value);
    if (action === null) return null;
    const now = this.clock.now();
    const forget = new Date(now.getTime() - clickKeptMs);
    if (!(await takeClick(this.database, signature, now, forget))) return null;
    const found = await this.find(action, click.teamId);
    if (found === null) return unknown;
    try {
      await this.act(action, found, click);
    } catch (error) {
      if (error instanceof Problem) return error.message;
      throw error;
    }
    return found.providerId === null ? 'Done. This message is too old to show it.' : null;
  }

  private async find(action: SlackAction, teamId: string): Promise<ClickedAlert | null> {
    const deliveryId = parseRowId<'delivery'>(action.deliveryId);
    const changeId = action.kind === 'mute' ? parseRowId<'change'>(action.changeId) : null;
    return deliveryId && findClicked(this.database, deliveryId, teamId, changeId);
  }

  private async act(
    action: SlackAction,
    { accountId, alertId, destinationId, provisionId, workspace, ...found }: ClickedAlert,
    { userId, channel, ts }: SlackClick,
  ): Promise<void> {
    const clicked = { destinationId, providerId: `${channel}/${ts}` };
    if (action.kind === 'mute') {
      if (provisionId === null) throw new Problem(404, unknown);
      await this.mutes.mute(accountId, { kind: 'provision', key: provisionId }, null);
      void this.shown.refresh(alertId, { clicked });
      return;
    }
    const isFirst = await this.inbox.acknowledge(accountId, alertId, { workspace, user: userId });
    // The first time all its messages are brought up to date by itself. Else this one shows an older state, or it is a copy.
    if (!isFirst || found.providerId !== clicked.providerId) {
      void this.shown.refresh(alertId, { destinationId, clicked });
    }
  }
}
