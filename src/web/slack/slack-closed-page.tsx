import type { ComponentChildren } from 'preact';
import { messagePage } from '../frame/message-page.js';
import type { Visit } from '../frame/visit.js';

/** Why a workspace was not added. */
export type ClosedWay =
  'denied' | 'used' | 'expired' | 'unknown' | 'failed' | 'unreachable' | 'organization' | 'rotation';

type Said = { status: number; title: string; text: () => ComponentChildren };

function Again() {
  return (
    <p>
      To try it again, get a new link by <code>POST /v1/slack/installations</code>.
    </p>
  );
}

const said: Readonly<Record<ClosedWay, Said>> = {
  denied: {
    status: 200,
    title: 'Nothing was added',
    text: () => (
      <>
        <p>Tocsin was not allowed into the workspace, and nothing was changed.</p>
        <p class="aside">
          If you may not install apps there, ask an administrator of the workspace to approve Tocsin. A new
          link comes from <code>POST /v1/slack/installations</code>.
        </p>
      </>
    ),
  },
  used: {
    status: 410,
    title: 'This link was used already',
    text: () => (
      <>
        <p>
          It adds one workspace, once. If you just added yours, all is well:{' '}
          <code>GET /v1/slack/workspaces</code> shows it.
        </p>
        <Again />
      </>
    ),
  },
  expired: {
    status: 410,
    title: 'This link is too old',
    text: () => (
      <>
        <p>A link that adds a workspace works for ten minutes, and this one is older. Nothing was added.</p>
        <Again />
      </>
    ),
  },
  unknown: {
    status: 400,
    title: 'This link is not whole',
    text: () => (
      <>
        <p>It did not come from Tocsin, or lost a part on its way. Nothing was added.</p>
        <Again />
      </>
    ),
  },
  failed: {
    status: 422,
    title: 'Slack refused it',
    text: () => (
      <>
        <p>
          Nothing was added. Most likely the settings of the Slack app and of Tocsin do not match: whoever
          runs this Tocsin finds the reason in its log.
        </p>
        <Again />
      </>
    ),
  },
  unreachable: {
    status: 503,
    title: 'Slack did not answer',
    text: () => (
      <>
        <p>Nothing was added yet.</p>
        <form method="post">
          <button type="submit">Try it once more</button>
        </form>
      </>
    ),
  },
  organization: {
    status: 422,
    title: 'Choose a single workspace',
    text: () => (
      <>
        <p>
          Tocsin was installed for a whole organization, which it cannot be: a channel belongs to one
          workspace. Nothing was added.
        </p>
        <p>Install it in the workspace that has the channel, by a new link from</p>
        <p>
          <code>POST /v1/slack/installations</code>
        </p>
      </>
    ),
  },
  rotation: {
    status: 422,
    title: 'The Slack app needs a change',
    text: () => (
      <p>
        It has token rotation on, so that its tokens end within hours. Whoever runs this Tocsin has to make an
        app without it: that cannot be turned off. Nothing was added.
      </p>
    ),
  },
};

/** The page that says why, and its status. */
export function slackClosedPage(visit: Visit, way: ClosedWay): { status: number; page: string } {
  const { status, title, text } = said[way];
  return { status, page: messagePage(visit, title, text()) };
}
