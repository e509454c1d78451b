/** How one attempt of a delivery ended. Reasons are for the user: no address, body, token or URL in them. */
export type Outcome =
  | {
      kind: 'delivered';
      /** What the other side knows the message by. */
      providerId?: string;
      /** The provider's id of the message that this one answers: only when it was taken into that thread. */
      thread?: string;
      status?: number;
      excerpt?: string;
    }
  | {
      kind: 'retry';
      reason: string;
      afterSeconds?: number;
      status?: number;
      excerpt?: string;
      /** What it tells of the endpoint, null for nothing; without it, that it failed unless it gave a status. */
      endpoint?: 'answered' | null;
    }
  | { kind: 'permanent'; reason: string; disable?: boolean; status?: number; excerpt?: string };

/** Longest part of a receiver's answer that is kept, in characters. */
export const excerptLength = 500;
