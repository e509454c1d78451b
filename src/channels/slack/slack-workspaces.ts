import type { AccountId } from '../../domain/ids.js';
import type { CheckedSettings } from '../channel.js';
import type { WorkspaceSettings } from './slack-settings.js';

/**
 * The workspaces that accounts added by "Add to Slack". A destination names one, and its token is looked up when a message goes
 * out: installing the app again heals all destinations of the workspace at once.
 */
export interface SlackWorkspaces {
  /**
   * The bot token of a workspace; null when it was removed, or the app was uninstalled there.
   *
   * @param workspaceId as the settings of a destination name it
   */
  tokenOf(workspaceId: string): Promise<string | null>;
  /** Whether an account may post to a channel of a workspace. Where nobody can tell, it may not. */
  check?(accountId: AccountId, settings: WorkspaceSettings): Promise<CheckedSettings<WorkspaceSettings>>;
}
