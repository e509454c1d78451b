import { Injectable } from '@nestjs/common';
import { InboxService } from '../../alerts/inbox.service.js';
import { readAction, type SlackAction } from '../../channels/slack/slack-actions.js';
import { ShownMessages, type Unchanged } from '../../deliveries/shown-messages.service.js';
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

/** What the one who clicked is to be told, at once and in the end; null when the message shows it. */
export type Taken = { told: string | null; later: Promise<string | null> };

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
   */
  async take(click: SlackClick, signature: string): Promise<Taken> {
    const action = readAction(click.actionId, click.value);
    if (action === null) return only(null);
    const now = this.clock.now();
    const forget = new Date(now.getTime() - clickKeptMs);
    if (!(await takeClick(this.database, signature, now, forget))) return only(null);
    const found = await this.find(action, click.teamId);
    if (found === null) return only(unknown);
    try {
      const { unchanged } = await this.act(action, found, click);
      if (found.providerId === null) return only('Done. This message can’t show it.');
      return { told: null, later: this.refused(unchanged, providerIdOf(click)) };
    } catch (error) {
      if (error instanceof Problem) return only(error.message);
      throw error;
    }
  }

  private async refused(unchanged: Promise<Unchanged>, providerId: string): Promise<string | null> {
    return (await unchanged).has(providerId) ? 'Done. Slack did not let this message show it.' : null;
  }

  private async find(action: SlackAction, teamId: string): Promise<ClickedAlert | null> {
    const deliveryId = parseRowId<'delivery'>(action.deliveryId);
    const changeId = action.kind === 'mute' ? parseRowId<'change'>(action.changeId) : null;
    return deliveryId && findClicked(this.database, deliveryId, teamId, changeId);
  }

  /** @returns what could not be changed of the messages that are brought up to date, once they were tried */
  private async act(
    action: SlackAction,
    { accountId, alertId, destinationId, provisionId, workspace, ...found }: ClickedAlert,
    click: SlackClick,
  ): Promise<{ unchanged: Promise<Unchanged> }> {
    const clicked = { destinationId, providerId: providerIdOf(click) };
    if (action.kind === 'mute') {
      if (provisionId === null) throw new Problem(404, unknown);
      await this.mutes.mute(accountId, { kind: 'provision', key: provisionId }, null);
      return { unchanged: this.shown.refresh(alertId, { clicked }) };
    }
    const isFirst = await this.inbox.acknowledge(accountId, alertId, { workspace, user: click.userId });
    // The first time all its messages are brought up to date by itself. Else this one shows an older state, or it is a copy.
    const isShown = isFirst && found.providerId === clicked.providerId;
    return {
      unchanged: isShown
        ? this.shown.underWay(alertId)
        : this.shown.refresh(alertId, { destinationId, clicked }),
    };
  }
}

function only(told: string | null): Taken {
  return { told, later: Promise.resolve(null) };
}

function providerIdOf({ channel, ts }: SlackClick): string {
  return `${channel}/${ts}`;
}
