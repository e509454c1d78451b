import type { DestinationId } from '../domain/ids.js';
import { BrokenSealError, type SecretBox } from '../platform/secret-box.js';
import { RecentlyOpened } from './recently-opened.js';
import { validSecrets, type SigningSecret } from './signing-secret.js';

/** What was opened is kept for at least so many destinations: some 600 bytes each. */
const mostOpened = 5_000;

/** What was opened lately, by the box that opened it. */
const openedBy = new WeakMap<SecretBox, RecentlyOpened<DestinationId, SealedSettings>>();

/** What of a destination is kept encrypted. */
export type SealedSettings = { settings: Record<string, unknown>; signing: SigningSecret[] };

/** The columns of a destination that hold what it is set up with. */
export type SettingsRow = {
  id: DestinationId;
  settings: Record<string, unknown>;
  sealed: Buffer | null;
};

/** @returns null when there is nothing secret to keep */
export function sealSettings(
  box: SecretBox,
  id: DestinationId,
  { settings, signing }: SealedSettings,
): Buffer | null {
  if (Object.keys(settings).length === 0 && signing.length === 0) return null;
  return box.seal(JSON.stringify({ settings, signing }), sealOf(id));
}

/** @throws BrokenSealError when SECRET_KEY is another one than it was sealed with */
function openSettings(box: SecretBox, row: SettingsRow): SealedSettings {
  if (row.sealed === null) return { settings: {}, signing: [] };
  return JSON.parse(box.open(row.sealed, sealOf(row.id))) as SealedSettings;
}

/** The same to an owner who is about to set it anew: what does not open any more stands in nobody's way. */
export function openSettingsToReplace(box: SecretBox, row: SettingsRow): SealedSettings {
  try {
    return openSettings(box, row);
  } catch (error) {
    if (error instanceof BrokenSealError) return { settings: {}, signing: [] };
    throw error;
  }
}

/**
 * What a channel needs to talk to a destination: its settings with the secret ones, and the signing secrets that are valid
 * now, newest first.
 *
 * @throws BrokenSealError when SECRET_KEY is another one than it was sealed with
 */
export function openTarget(
  row: SettingsRow,
  box: SecretBox,
  now: Date,
): { settings: Record<string, unknown>; signingSecrets: string[] } {
  const { settings, signing } = openedLately(box, row);
  return {
    settings: { ...row.settings, ...settings },
    signingSecrets: validSecrets(signing, now).map(({ secret }) => secret),
  };
}

/** The same as `openSettings`, for reading only: what it gives is given again. */
function openedLately(box: SecretBox, row: SettingsRow): SealedSettings {
  if (row.sealed === null) return openSettings(box, row);
  let opened = openedBy.get(box);
  if (opened === undefined) openedBy.set(box, (opened = new RecentlyOpened(mostOpened)));
  return opened.get(row.id, row.sealed, () => openSettings(box, row));
}

/** A sealed value opens for the destination that it was sealed for alone, whatever row it is copied to. */
function sealOf(id: DestinationId): string {
  return `destination:${id}`;
}
