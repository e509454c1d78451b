/** How long a link that confirms an address works. */
export const confirmationDays = 7;

/** How far back mails that asked are counted. */
export const countedMs = 86_400_000;

/**
 * Most mails that ask for a confirmation within a day: to one address for one account; to one mailbox, with whatever is
 * behind a "+", for all accounts; and of one account in all. A stranger's mailbox is not to be flooded, and nobody who
 * mistyped, deleted and looks for the mail needs more.
 */
const mostADay = { address: 3, family: 6, account: 30 };

/** A mail that asked within the day, and what it has in common with the next one. */
export type AskedBefore = { at: Date; isAccount: boolean; isAddress: boolean; isFamily: boolean };

/** @returns from when on the next mail may ask; null for at once */
export function mayAskFrom(before: readonly AskedBefore[]): Date | null {
  const waits = [
    waitOf(
      before.filter((one) => one.isAccount && one.isAddress),
      mostADay.address,
    ),
    waitOf(
      before.filter(({ isFamily }) => isFamily),
      mostADay.family,
    ),
    waitOf(
      before.filter(({ isAccount }) => isAccount),
      mostADay.account,
    ),
  ];
  const latest = Math.max(...waits);
  return latest > 0 ? new Date(latest) : null;
}

/** When there are fewer than so many within the day again, in milliseconds since 1970; 0 when there are. */
function waitOf(mails: readonly { at: Date }[], most: number): number {
  const hinders = mails.map(({ at }) => at.getTime()).toSorted((a, b) => b - a)[most - 1];
  return hinders === undefined ? 0 : hinders + countedMs;
}
