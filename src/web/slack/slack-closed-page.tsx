import type { ComponentChildren } from 'preact';
import { messagePage } from '../frame/message-page.js';
import type { Visit } from '../frame/visit.js';

/** Why a workspace was not added. */
export type ClosedWay =
  'denied' | 'used' | 'expired' | 'unknown' | 'failed' | 'unreachable' | 'organization' | 'rotation';

type Said = { status: number; title: string; text: (props: { base: string }) => ComponentChildren };

function Again({ base }: { base: string }) {
  return (
    <p>
      To try again, begin at <a href={`${base}/destinations/slack`}>your Slack workspaces</a>.
    </p>
  );
}

const said: Readonly<Record<ClosedWay, Said>> = {
  denied: {
    status: 200,
    title: 'Nothing was added',
    text: ({ base }) => (
      <>
        <p>Tocsin was not allowed into the workspace, and nothing was changed.</p>
        <p class="aside">
          If you may not install apps there, ask an administrator of the workspace to approve Tocsin.
        </p>
        <Again base={base} />
      </>
    ),
  },
  used: {
    status: 410,
    title: 'This link was used already',
    text: ({ base }) => (
      <>
        <p>
          It adds one workspace, once. If you have just added yours, all is well:{' '}
          <a href={`${base}/destinations/slack`}>your Slack workspaces</a> show it. To add another, begin
          there.
        </p>
      </>
    ),
  },
  expired: {
    status: 410,
    title: 'This link is too old',
    text: ({ base }) => (
      <>
        <p>A link that adds a workspace works for ten minutes, and this one is older. Nothing was added.</p>
        <Again base={base} />
      </>
    ),
  },
  unknown: {
    status: 400,
    title: 'This link is not whole',
    text: ({ base }) => (
      <>
        <p>It did not come from Tocsin, or lost a part on its way. Nothing was added.</p>
        <Again base={base} />
      </>
    ),
  },
  failed: {
    status: 422,
    title: 'Slack refused it',
    text: ({ base }) => (
      <>
        <p>
          Nothing was added. Most likely the settings of the Slack app and of Tocsin do not match: whoever
          runs this Tocsin finds the reason in its log.
        </p>
        <Again base={base} />
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
    text: ({ base }) => (
      <>
        <p>
          Tocsin was installed for a whole organization, which it cannot be: a channel belongs to one
          workspace. Nothing was added.
        </p>
        <p>Choose the workspace that has the channel instead.</p>
        <Again base={base} />
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
  return { status, page: messagePage(visit, title, text(visit.site)) };
}
