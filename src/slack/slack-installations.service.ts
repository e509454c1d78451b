import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { lockAccount } from '../accounts/account-lock.js';
import { tierLimit } from '../accounts/tier-limit.js';
import { CONFIG, type Config } from '../config.js';
import type { AccountId } from '../domain/ids.js';
import { shownLine } from '../domain/shown-text.js';
import { tiers, type Tier } from '../domain/tiers.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { Problem } from '../platform/http/problem.js';
import {
  findInstallation,
  insertInstallation,
  pruneInstallations,
  releaseInstallation,
  useInstallation,
} from './slack-installation.store.js';
import { curedReasons } from './slack-reasons.js';
import { SlackTokens } from './slack-tokens.js';
import { SlackWebApi, type Grant } from './slack-web-api.js';
import { putWorkspace } from './slack-workspace.store.js';
import type { NewInstallation, SlackWorkspaceId } from './slack-workspace.js';
import { enableDestinations } from './workspace-destination.store.js';

/** To post, to post in public channels without an invitation, and to list those to choose from. */
const scopes = ['chat:write', 'chat:write.public', 'channels:read'];

const lifeMs = 10 * 60_000;
/** Who comes back later is told that it is too late; after that, nothing. */
const rememberedMs = 24 * 3_600_000;
const mostOpen = 20;
const longestTeamName = 80;

/** What is at the end of the way that a state stands for: nothing yet, or why it is closed. */
export type Way =
  { kind: 'open'; email: string } | { kind: 'used' } | { kind: 'expired' } | { kind: 'unknown' };

/** What became of coming back from Slack. `enabled` is how many destinations are back at work. */
export type Installed =
  | { kind: 'added'; workspaceId: SlackWorkspaceId; teamName: string; enabled: number }
  | Exclude<Way, { kind: 'open' }>
  | { kind: 'refused'; code: string }
  | { kind: 'unreachable' }
  /** It was installed for a whole enterprise organization, or its tokens end within hours: neither is supported. */
  | { kind: 'unfit'; why: 'organization' | 'rotation' };

/** "Add to Slack": the way there and back, by OAuth 2. */
@Injectable()
export class SlackInstallationsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly tokens: SlackTokens,
    private readonly slack: SlackWebApi,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Whether this installation has a Slack app. */
  get isOffered(): boolean {
    return this.config.slackApp !== null;
  }

  /** Where Slack asks whether the app may be installed: a form that leads there has to be allowed to. */
  get authorizeOrigin(): string {
    return new URL(this.config.slackApiUrl ?? 'https://slack.com').origin;
  }

  /** Begins. @throws Problem 404 where there is no Slack app, 403 when the tier holds no Slack */
  async begin({ id: accountId, tier }: { id: AccountId; tier: Tier }): Promise<NewInstallation> {
    const { clientId } = this.requireApp();
    requireSlack(tier);
    const now = this.clock.now();
    const state = randomBytes(32).toString('base64url');
    const expiresAt = new Date(now.getTime() + lifeMs);
    await this.database.transaction(async (tx) => {
      await lockAccount(tx, accountId);
      await pruneInstallations(tx, accountId, new Date(now.getTime() - rememberedMs), mostOpen - 1);
      await insertInstallation(tx, { hash: hashOf(state), accountId, expiresAt });
    });
    const url = new URL('/oauth/v2/authorize', this.authorizeOrigin);
    url.search = new URLSearchParams({
      client_id: clientId,
      scope: scopes.join(','),
      redirect_uri: this.redirectUri,
      state,
    }).toString();
    return { url: url.href, expiresAt: expiresAt.toISOString() };
  }

  /** Looks, and changes nothing. */
  async look(state: string): Promise<Way> {
    const found = await findInstallation(this.database, hashOf(state));
    if (!found) return { kind: 'unknown' };
    if (found.usedAt !== null) return { kind: 'used' };
    if (found.expiresAt <= this.clock.now()) return { kind: 'expired' };
    return { kind: 'open', email: found.email };
  }

  /** Takes the workspace that the code stands for into the account that the state stands for: once. */
  async complete(state: string, code: string): Promise<Installed> {
    const app = this.requireApp();
    const hash = hashOf(state);
    const accountId = await useInstallation(this.database, hash, this.clock.now());
    if (accountId === null) {
      const way = await this.look(state);
      return way.kind === 'open' ? { kind: 'used' } : way;
    }
    const answer = await this.slack.exchange(app, code, this.redirectUri);
    switch (answer.kind) {
      case 'ok':
        return this.keep(accountId, answer.value);
      case 'refused':
        return answer;
      case 'limited':
      case 'unreachable':
        // The code may be good still.
        await releaseInstallation(this.database, hash);
        return { kind: 'unreachable' };
      default:
        return answer satisfies never;
    }
  }

  private async keep(accountId: AccountId, { access_token, team, refresh_token }: Grant): Promise<Installed> {
    if (!team) return { kind: 'unfit', why: 'organization' };
    if (refresh_token !== undefined) return { kind: 'unfit', why: 'rotation' };
    const teamName = shownLine(team.name.toWellFormed(), longestTeamName) || team.id;
    const sealed = this.tokens.seal(accountId, team.id, access_token);
    return this.database.transaction(async (tx) => {
      await lockAccount(tx, accountId);
      const given = { accountId, teamId: team.id, teamName, sealed };
      const workspaceId = await putWorkspace(tx, given, this.clock.now());
      const enabled = await enableDestinations(tx, workspaceId, curedReasons);
      return { kind: 'added', workspaceId, teamName, enabled };
    });
  }

  private get redirectUri(): string {
    return `${this.config.publicUrl}/slack/oauth`;
  }

  private requireApp() {
    const { slackApp } = this.config;
    if (slackApp !== null) return slackApp;
    throw new Problem(
      404,
      'This installation has no Slack app: its operator sets SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and SLACK_SIGNING_SECRET. ' +
        'Until then, use a bot token or an incoming webhook.',
    );
  }
}

function requireSlack(tier: Tier): void {
  const allowed = tiers[tier].destinations;
  if (allowed === 'all') return;
  throw tierLimit(
    tier,
    { name: 'destinations', allowed, holds: 'no Slack' },
    (terms) => terms.destinations === 'all',
  );
}

/** A state is 32 random bytes, so that a plain hash hides it. */
function hashOf(state: string): Buffer {
  return createHash('sha256').update(state).digest();
}
