import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { followTarget } from '../../watchlists/follow.js';
import { NewWatchlists } from '../../watchlists/new-watchlists.service.js';
import { formFaults, type Faults } from '../form/faults.js';
import { fieldsOf, textOf, type Fields } from '../form/fields.js';
import { Pages } from '../frame/pages.js';
import { leadTo } from '../frame/redirect.js';
import { CurrentMember, CurrentVisit } from '../frame/visit.js';
import { FollowSearch } from './follow-search.js';
import { newWatchlistPage } from './new-watchlist-page.js';
import {
  draftIn,
  isTrial,
  fieldOf,
  followText,
  newDraft,
  splitFollow,
  watchlistIn,
  type Draft,
} from './watchlist-draft.js';
import { targetsIn, WatchlistDesk } from './watchlist-desk.js';

type Context = { visit: CurrentVisit; member: CurrentMember };

/** Making a watchlist. */
@Controller('watchlists/new')
@Pages('member')
export class NewWatchlistController {
  constructor(
    private readonly watchlists: NewWatchlists,
    private readonly desk: WatchlistDesk,
    private readonly search: FollowSearch,
  ) {}

  @Get()
  async form(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() member: CurrentMember,
    @Query('follow') follow: unknown,
  ): Promise<string> {
    const destinations = await this.desk.destinationsOf(member.accountId);
    const own = destinations.find(({ settings }) => settings['address'] === member.email);
    const draft = newDraft(member.tier, own ? [own.id] : []);
    const follows = typeof follow === 'string' ? [follow] : [];
    return this.show({ visit, member }, { ...draft, follows }, {}, undefined);
  }

  /** Every button of the form: adds to what is followed, searches, tries, makes. */
  @Post()
  @HttpCode(200)
  async act(
    @CurrentVisit() visit: CurrentVisit,
    @CurrentMember() member: CurrentMember,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const fields = fieldsOf(body);
    const draft = draftIn(fields);
    const wanted = textOf(fields, 'do');
    const added = textOf(fields, 'add');
    const context = { visit, member };
    // The field is empty again, so that the Enter key makes the watchlist; what it found stays, to add more of it.
    if (added !== '') {
      return this.show(context, withFollow(draft, added), { asked: textOf(fields, 'asked') }, undefined);
    }
    if (wanted === 'add-key') return this.addByKey(context, draft, fields, reply);
    const isSearch = wanted === 'search' || (wanted === 'enter' && textOf(fields, 'q').trim() !== '');
    if (isTrial(fields) || isSearch) return this.show(context, draft, fields, undefined);
    try {
      const given = watchlistIn(draft);
      const { id } = await this.watchlists.create(member.accountId, given, targetsIn(draft.follows));
      leadTo(reply, visit, `/watchlists/${id}?said=made`);
      return undefined;
    } catch (error) {
      const faults = formFaults(error, fieldOf);
      void reply.status(faults.status);
      return this.show(context, draft, {}, faults);
    }
  }

  private async addByKey(
    context: Context,
    draft: Draft,
    fields: Fields,
    reply: FastifyReply,
  ): Promise<string> {
    try {
      const target = followTarget(textOf(fields, 'newKind'), textOf(fields, 'newKey').trim());
      return await this.show(context, withFollow(draft, followText(target)), {}, undefined);
    } catch (error) {
      const faults = formFaults(error);
      void reply.status(faults.status);
      return this.show(
        context,
        draft,
        fields,
        undefined,
        `The key ${faults.fields[0]?.message ?? 'is none'}.`,
      );
    }
  }

  private async show(
    { visit, member }: Context,
    draft: Draft,
    fields: Fields,
    faults: Faults | undefined,
    keyFault: string | null = null,
  ): Promise<string> {
    const q = textOf(fields, 'q').trim();
    const asked = q || textOf(fields, 'asked').trim();
    const isTried = isTrial(fields);
    const targets = draft.follows.flatMap((text) => {
      const split = splitFollow(text);
      return split ? [followTarget(split.kind, split.key)] : [];
    });
    const [destinations, chosen, found, trial, use] = await Promise.all([
      this.desk.destinationsOf(member.accountId),
      this.desk.named(targets),
      this.search.find(asked),
      isTried ? this.desk.trial(member, draft, null) : null,
      this.desk.useOf(member.accountId),
    ]);
    const { tier, timeZone } = member;
    const byKey =
      keyFault === null
        ? { kind: '', key: '', fault: null }
        : { kind: textOf(fields, 'newKind'), key: textOf(fields, 'newKey'), fault: keyFault };
    return newWatchlistPage({
      visit,
      draft,
      faults,
      tier,
      timeZone,
      destinations,
      q,
      asked,
      found,
      chosen,
      byKey,
      trial,
      use,
    });
  }
}

function withFollow(draft: Draft, text: string): Draft {
  return { ...draft, follows: [...new Set([...draft.follows, text])] };
}
