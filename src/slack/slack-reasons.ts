import { verdicts } from '../channels/slack/slack-errors.js';

/** How the reasons begin by which destinations are out of work for the want of a token. */
const uninstalled = 'the app was removed from the workspace';
const givenUp = 'you removed the workspace';

/** What Slack answers to a token that ended. */
export const codesOfEndedTokens: readonly string[] = [
  'account_inactive',
  'invalid_auth',
  'not_authed',
  'team_access_not_granted',
  'token_expired',
  'token_revoked',
];

/** Why a workspace is at work no more, and what to do about it. */
export const removedReason =
  'the app was removed in Slack: add the workspace again by POST /v1/slack/installations';

/** The same on its destinations. @param count of those that it takes out of work, told where there are several */
export function uninstalledReason(teamName: string, count: number): string {
  const others = count > 1 ? `, which stops ${count} destinations` : '';
  return `${uninstalled} “${teamName}”${others}: add it again`;
}

export function givenUpReason(teamName: string): string {
  return `${givenUp} “${teamName}”: add it again`;
}

/** The reasons that a new token does away with: ours, and those of messages that met with the end of the former one. */
export const curedReasons = {
  same: codesOfEndedTokens.flatMap((code) => verdicts[code]?.reason ?? []),
  /** In lower case. */
  like: [`${uninstalled}%`, `${givenUp}%`],
} as const;
