import { tierThatAllows, tiers, type Tier } from '../../domain/tiers.js';
import type { SlackWorkspace } from '../../slack/slack-workspace.js';
import { FaultSummary, type Faults } from '../form/faults.js';
import { Form } from '../form/form.js';
import { queryOf } from '../form/query.js';
import { Layout, pageOf } from '../frame/layout.js';
import { messagePage } from '../frame/message-page.js';
import type { Visit } from '../frame/visit.js';
import { LocalMoment } from '../parts/local-moment.js';
import { Pager } from '../parts/pager.js';
import { Said } from '../parts/said.js';
import { Name } from '../parts/words.js';

type Listed = {
  workspaces: readonly SlackWorkspace[];
  nextCursor: string | null;
  isOffered: boolean;
  tier: Tier;
  zone: string;
  said?: unknown;
  faults?: Faults;
};

const sentences = { removed: 'The workspace is removed, and its token is withdrawn.' };

/** The Slack workspaces of an account, and the way to add one. */
export function slackWorkspacesPage(visit: Visit, listed: Listed): string {
  const { workspaces, nextCursor, isOffered, tier, zone, said, faults } = listed;
  const { base } = visit.site;
  return pageOf(
    <Layout visit={visit} area="destinations" title="Slack workspaces">
      <p class="kicker">
        <a href={`${base}/destinations`}>Destinations</a>
      </p>
      <h1>Slack workspaces</h1>
      <Said code={said} sentences={sentences} />
      <FaultSummary faults={faults} labels={{}} />
      <p>
        Tocsin posts in the channels that you choose and sees the names of public ones. It reads no messages.
      </p>
      {workspaces.length > 0 && (
        <ul class="places">
          {workspaces.map((one) => (
            <Row key={one.id} base={base} workspace={one} zone={zone} />
          ))}
        </ul>
      )}
      <Pager href={nextCursor && `${base}/destinations/slack${queryOf({ cursor: nextCursor })}`} />
      {isOffered ? (
        <Add visit={visit} tier={tier} isFirst={workspaces.length === 0} />
      ) : (
        <p class="note">
          This installation has no Slack app, so that no workspace can be added. A{' '}
          <a href={`${base}/destinations/new?kind=slack&way=token`}>bot token</a> or an{' '}
          <a href={`${base}/destinations/new?kind=slack&way=webhook`}>incoming webhook</a> of your own works
          without.
        </p>
      )}
    </Layout>,
  );
}

function Row({ base, workspace, zone }: { base: string; workspace: SlackWorkspace; zone: string }) {
  const { id, teamName, status, installedAt } = workspace;
  return (
    <li class="place-row">
      <div class="place-main">
        <strong class="place-name">
          <Name text={teamName} />
        </strong>
        <span class="aside">
          added <LocalMoment at={installedAt} zone={zone} />
        </span>
      </div>
      <div class="ways">
        {status === 'active' && (
          <a class="button quiet" href={`${base}/destinations/new?kind=slack&way=workspace&workspace=${id}`}>
            Choose a channel
          </a>
        )}
        <a class="button quiet" href={`${base}/destinations/slack/${id}/remove`}>
          Remove
        </a>
      </div>
      {status === 'removed' && (
        <p class="place-why">
          The app was removed in Slack. Add the workspace again, and its destinations are back at work.
        </p>
      )}
    </li>
  );
}

function Add({ visit, tier, isFirst }: { visit: Visit; tier: Tier; isFirst: boolean }) {
  if (tiers[tier].destinations !== 'all') {
    const lifts = tierThatAllows((terms) => terms.destinations === 'all');
    return (
      <p class="note">
        The {tier} tier sends to your own address alone. The {lifts} tier adds Slack.
      </p>
    );
  }
  return (
    <Form visit={visit} action="/destinations/slack">
      <button type="submit">{isFirst ? 'Add to Slack' : 'Add another workspace'}</button>
      <p class="aside">
        Slack asks you whether Tocsin may post there, and leads back. It takes ten minutes at most.
      </p>
    </Form>
  );
}

/** Says what stops before a workspace is given up. */
export function removeWorkspacePage(visit: Visit, { id, teamName }: SlackWorkspace): string {
  return messagePage(
    visit,
    'Remove this workspace?',
    <>
      <p>
        All destinations in{' '}
        <strong>
          <Name text={teamName} />
        </strong>{' '}
        are disabled, and Tocsin’s token for it is withdrawn and forgotten. Adding the workspace again puts
        them back to work.
      </p>
      <Form visit={visit} action={`/destinations/slack/${id}/remove`}>
        <div class="ways">
          <button type="submit" class="danger">
            Remove it
          </button>
          <a class="button quiet" href={`${visit.site.base}/destinations/slack`}>
            Keep it
          </a>
        </div>
      </Form>
    </>,
  );
}
