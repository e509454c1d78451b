import { Body, Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { FollowService } from '../../watchlists/follow.service.js';
import { followTarget } from '../../watchlists/follow.js';
import { watchlistIdOf } from '../../watchlists/watchlist-id.js';
import { formFaults } from '../form/faults.js';
import { fieldsOf, textOf, textsOf } from '../form/fields.js';
import { Pages } from '../frame/pages.js';
import { leadTo } from '../frame/redirect.js';
import { CurrentMember, CurrentVisit } from '../frame/visit.js';
import { targetsIn } from './watchlist-desk.js';
import { splitFollow } from './watchlist-draft.js';
import { WatchlistViews } from './watchlist-views.js';

/** Characters of an address: every browser and proxy takes it. */
const longestUndo = 1_800;

/** What a watchlist follows, as forms add to it and take from it. */
@Controller('watchlists/:id')
@Pages('member')
export class WatchlistFollowsController {
  constructor(
    private readonly follows: FollowService,
    private readonly views: WatchlistViews,
  ) {}

  @Post('follow')
  @HttpCode(200)
  async follow(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() member: CurrentMember,
    @Param('id') text: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const id = watchlistIdOf(text);
    const fields = fieldsOf(body);
    const added = textsOf(fields, 'add');
    const found = splitFollow(added[0] ?? '');
    const { kind, key } = found ?? { kind: textOf(fields, 'newKind'), key: textOf(fields, 'newKey').trim() };
    const asked = textOf(fields, 'asked');
    try {
      const targets = found ? targetsIn(added) : [followTarget(kind, key)];
      for (const target of targets) await this.follows.follow(member.accountId, id, target);
      const query = new URLSearchParams({ said: 'followed', ...(asked !== '' && { q: asked }) });
      leadTo(reply, visit, `/watchlists/${id}?${query.toString()}#follows`);
      return undefined;
    } catch (error) {
      const { status, words, fields: faults } = formFaults(error);
      void reply.status(status);
      const [fault] = faults;
      return this.views.page(visit, member, id, {
        byKey: { kind, key: found ? '' : key, fault: fault ? `The ${fault.path} ${fault.message}.` : null },
        q: asked,
        ...(!fault && { refusal: words }),
      });
    }
  }

  @Post('unfollow')
  async unfollow(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() { accountId }: CurrentMember,
    @Param('id') text: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const id = watchlistIdOf(text);
    const gone = textsOf(fieldsOf(body), 'follow');
    await this.follows.unfollowMany(accountId, id, targetsIn(gone));
    const query = new URLSearchParams({ said: 'unfollowed' });
    for (const one of gone) query.append('undo', one);
    const undoable = query.toString();
    const said = undoable.length <= longestUndo ? undoable : 'said=unfollowed';
    leadTo(reply, visit, `/watchlists/${id}?${said}#follows`);
  }
}
