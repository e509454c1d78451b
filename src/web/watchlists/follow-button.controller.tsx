import { Body, Controller, Headers, HttpCode, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { followTarget } from '../../watchlists/follow.js';
import { QuickFollowService } from '../../watchlists/quick-follow.service.js';
import { watchlistIdOf } from '../../watchlists/watchlist-id.js';
import { fieldsOf, textOf } from '../form/fields.js';
import { formFaults } from '../form/faults.js';
import { partOf } from '../frame/layout.js';
import { messagePage } from '../frame/message-page.js';
import { Pages } from '../frame/pages.js';
import { leadTo } from '../frame/redirect.js';
import { CurrentMember, CurrentVisit } from '../frame/visit.js';
import { FollowButton } from './follow-button.js';
import { wayBack } from './way-back.js';

/** What a click on Follow does, on whatever page the button stands. */
@Controller('follow')
@Pages('member')
export class FollowButtonController {
  constructor(private readonly follows: QuickFollowService) {}

  @Post()
  @HttpCode(200)
  async click(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() { accountId }: CurrentMember,
    @Body() body: unknown,
    @Headers('hx-request') asked: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const fields = fieldsOf(body);
    const isPart = asked === 'true';
    const wants = textOf(fields, 'want') !== 'unfollow';
    const name = textOf(fields, 'name') || textOf(fields, 'key');
    const back = textOf(fields, 'back');
    try {
      const target = followTarget(textOf(fields, 'kind'), textOf(fields, 'key'));
      const into = textOf(fields, 'watchlist');
      const watchlist = wants
        ? await this.follows.follow(accountId, target, into === '' ? null : watchlistIdOf(into))
        : await this.follows.unfollow(accountId, target);
      if (!isPart) {
        leadTo(reply, visit, wayBack(back, '/watchlists', wants ? 'followed' : 'unfollowed'));
        return undefined;
      }
      const text = watchlist ? `In your watchlist “${watchlist.name}”.` : 'No longer followed.';
      const word = { kind: 'said', text } as const;
      return partOf(<FollowButton {...{ visit, target, name, back, word }} isFollowed={wants} />);
    } catch (error) {
      const { status, words } = formFaults(error);
      void reply.status(status);
      if (isPart) {
        const target = followTarget(textOf(fields, 'kind'), textOf(fields, 'key'));
        const word = { kind: 'fault', text: words } as const;
        return partOf(<FollowButton {...{ visit, target, name, back, word }} isFollowed={!wants} />);
      }
      return messagePage(
        visit,
        'Not followed',
        <>
          <p>{words}</p>
          <p class="ways">
            <a href={`${visit.site.base}/watchlists`}>Your watchlists</a>
            <a href={`${visit.site.base}/settings/plan`}>Your plan</a>
            <a href={visit.site.base + wayBack(back, '/watchlists', null)}>Back</a>
          </p>
        </>,
      );
    }
  }
}
