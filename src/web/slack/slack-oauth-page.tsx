import type { Visit } from '../frame/visit.js';
import { messagePage } from '../frame/message-page.js';
import { Name } from '../parts/words.js';

/** Asks before the workspace is added. @param owner the address of the account that it would be added to */
export function slackAskPage(visit: Visit, owner: string): string {
  return messagePage(
    visit,
    'Add your Slack workspace?',
    <>
      <p>
        It will be added to the Tocsin account of <Owner address={owner} />, who then chooses the channels
        that alerts are posted in.
      </p>
      <p>Tocsin posts there and sees the names of public channels. It reads no messages.</p>
      <form method="post">
        <button type="submit">Add the workspace</button>
      </form>
      <p class="aside after">
        Is that not your account, or were you sent here by somebody else? Then close this page: nothing was
        added.
      </p>
    </>,
  );
}

/** Says what to do next. */
export function slackAddedPage(
  visit: Visit,
  { workspaceId, teamName, enabled }: { workspaceId: string; teamName: string; enabled: number },
): string {
  return messagePage(
    visit,
    'The workspace is added',
    <>
      <p class="lead">
        Tocsin may now post in{' '}
        <strong>
          <Name text={teamName} />
        </strong>
        .
      </p>
      {enabled > 0 && <p>{backAtWork(enabled)}</p>}
      <h2>Choose a channel</h2>
      <ol class="steps">
        <li>
          Find it:
          <code class="code">GET /v1/slack/workspaces/{workspaceId}/channels?search=policy</code>
          For a private channel, write <code>/invite @Tocsin</code> in it and copy its id from the channel’s
          details.
        </li>
        <li>
          Have alerts posted there:
          <code class="code">
            {`POST /v1/destinations\n{"kind": "slack", "settings": {"workspace": "${workspaceId}", "channel": "C024BE91L"}}`}
          </code>
        </li>
        <li>
          Name the destination in the <code>destinationIds</code> of your watchlists.
        </li>
      </ol>
      <p class="aside">
        The <a href={`${visit.site.base}/docs`}>API’s page</a> lets you do that in the browser, with your
        token.
      </p>
    </>,
  );
}

function Owner({ address }: { address: string }) {
  return (
    <strong class="place">
      <Name text={address} />
    </strong>
  );
}

function backAtWork(count: number): string {
  const destinations = count === 1 ? 'One destination there is' : `${count} destinations there are`;
  return `${destinations} back at work; each can be asked to recover what it missed.`;
}
