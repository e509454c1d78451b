import { RecentlyOpened } from '../channels/recently-opened.js';
import { parseRowId, type AccountId } from '../domain/ids.js';
import type { Sql } from '../platform/database.js';
import { BrokenSealError, type SecretBox } from '../platform/secret-box.js';
import { findSealed } from './slack-workspace.store.js';
import type { SlackWorkspaceId } from './slack-workspace.js';

/** What was opened is kept for at least so many workspaces: some 300 bytes each. */
const mostOpened = 1_000;

/**
 * The bot tokens of workspaces. Each is looked up when it is needed, by primary key and some 0.2 ms beside the 100 ms of a
 * call: one that was kept for seconds only would disable, just after the app was installed anew, what that had put back to
 * work. Only the decrypted text of the very same bytes is kept.
 */
export class SlackTokens {
  private readonly opened = new RecentlyOpened<SlackWorkspaceId, string>(mostOpened);

  constructor(
    private readonly sql: Sql,
    private readonly box: SecretBox,
  ) {}

  /**
   * @param workspaceId as the settings of a destination name it
   * @returns null when there is no such workspace, or the app was removed from it
   * @throws BrokenSealError when SECRET_KEY is another one than it was sealed with
   */
  async tokenOf(workspaceId: string): Promise<string | null> {
    const id = parseRowId<'slack-workspace'>(workspaceId);
    const row = id && (await findSealed(this.sql, id));
    if (!row) return null;
    const { accountId, teamId, sealed } = row;
    return this.opened.get(id, sealed, () => this.box.open(sealed, sealOf(accountId, teamId)));
  }

  /** The same for an owner's calls: a token that does not open is as good as none, and adding the workspace again mends it. */
  async openableTokenOf(workspaceId: string): Promise<string | null> {
    try {
      return await this.tokenOf(workspaceId);
    } catch (error) {
      if (error instanceof BrokenSealError) return null;
      throw error;
    }
  }

  seal(accountId: AccountId, teamId: string, token: string): Buffer {
    return this.box.seal(token, sealOf(accountId, teamId));
  }
}

/** An account has a team once, so that this names a row: the token opens there alone, whatever row it is copied to. */
function sealOf(accountId: AccountId, teamId: string): string {
  return `slack-workspace:${accountId}:${teamId}`;
}
