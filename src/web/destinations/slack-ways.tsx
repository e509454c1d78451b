import { TextField } from '../form/field.js';
import type { Visit } from '../frame/visit.js';
import { Name } from '../parts/words.js';
import type { SlackChoices, SlackWay } from './slack-choices.service.js';

const words: Readonly<Record<SlackWay, string>> = {
  workspace: 'A workspace of yours',
  token: 'A bot token',
  webhook: 'An incoming webhook',
};

/** By which way Slack is reached and, of a workspace, the search for the channel. Stands before the form. */
export function SlackWays({ visit, slack }: { visit: Visit; slack: SlackChoices }) {
  const { base } = visit.site;
  const to = (way: SlackWay) => `${base}/destinations/new?kind=slack&way=${way}`;
  return (
    <>
      <nav class="tabs" aria-label="Ways to reach Slack">
        {(Object.keys(words) as SlackWay[]).map((way) => (
          <a key={way} href={to(way)} aria-current={way === slack.way ? 'page' : undefined}>
            {words[way]}
          </a>
        ))}
      </nav>
      {slack.way === 'workspace' && slack.workspace === null && <NoWorkspace base={base} slack={slack} />}
      {slack.way === 'workspace' && slack.workspace !== null && (
        <>
          <Workspaces base={base} slack={slack} href={(id) => `${to('workspace')}&workspace=${id}`} />
          <ChannelSearch base={base} slack={slack} action="/destinations/new" />
        </>
      )}
    </>
  );
}

function NoWorkspace({ base, slack }: { base: string; slack: SlackChoices }) {
  return (
    <p>
      {slack.isOffered ? (
        <>
          <a class="button" href={`${base}/destinations/slack`}>
            Add a Slack workspace first
          </a>
        </>
      ) : (
        'This installation has no Slack app. A bot token of your own, or an incoming webhook, works without.'
      )}
    </p>
  );
}

type WorkspacesProps = { base: string; slack: SlackChoices; href: (id: string) => string };

function Workspaces({ base, slack: { workspaces, workspace }, href }: WorkspacesProps) {
  return (
    <p class="workspaces">
      Workspace:{' '}
      {workspaces.map(({ id, teamName, status }) =>
        status === 'active' ? (
          <a key={id} href={href(id)} aria-current={id === workspace?.id ? 'true' : undefined}>
            <Name text={teamName} />
          </a>
        ) : null,
      )}
      <a class="aside" href={`${base}/destinations/slack`}>
        Manage
      </a>
    </p>
  );
}

type SearchProps = { base: string; slack: SlackChoices; action: string };

/** A form of its own, so that it works without a script: it loads the page anew with what was found. */
export function ChannelSearch({ base, slack, action }: SearchProps) {
  return (
    <form method="get" action={base + action} class="search-row" role="search">
      <input type="hidden" name="kind" value="slack" />
      <input type="hidden" name="way" value="workspace" />
      <input type="hidden" name="workspace" value={slack.workspace?.id} />
      <TextField
        type="search"
        name="search"
        label="Find a channel"
        value={slack.search}
        maxLength={80}
        autocomplete="off"
        spellcheck={false}
        data-hx-get={`${base}/destinations/slack/channels`}
        data-hx-trigger="input changed delay:250ms"
        data-hx-include="closest form"
        data-hx-target="#channels"
        data-hx-swap="outerHTML"
      />
      <button type="submit" class="quiet">
        Find
      </button>
    </form>
  );
}
