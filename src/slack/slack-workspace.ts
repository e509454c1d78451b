import { z } from 'zod';
import { parseRowId, type RowId } from '../domain/ids.js';
import { notFound } from '../platform/http/problem.js';

export type SlackWorkspaceId = RowId<'slack-workspace'>;

/** `removed`: the app was uninstalled in Slack; `reason` says what to do. */
export const SlackWorkspace = z.object({
  id: z.string(),
  teamId: z.string().describe('the id that Slack knows the workspace by'),
  teamName: z.string(),
  status: z.enum(['active', 'removed']),
  reason: z.string().nullable(),
  installedAt: z.iso.datetime().describe('when it was added last'),
});
export type SlackWorkspace = z.infer<typeof SlackWorkspace> & { id: SlackWorkspaceId };

export const NewInstallation = z.object({
  url: z.url().describe("Slack's page, to be opened in the browser of whoever adds the workspace"),
  expiresAt: z.iso.datetime(),
});
export type NewInstallation = z.infer<typeof NewInstallation>;

/** The id of a workspace out of a path. @throws Problem 404 for what can be none */
export function slackWorkspaceIdOf(text: string): SlackWorkspaceId {
  const id = parseRowId<'slack-workspace'>(text);
  if (id === null) throw notFound('workspace');
  return id;
}
