import type { NodemailerError } from 'nodemailer';

/** What ended an attempt, with what the pool knows of it. */
export type SmtpFailure = NodemailerError & {
  /**
   * What it tells of the server: that it answered when it was ready for mail before, whatever became of this one; null for
   * nothing, when the mail never had its turn. Without it, no connection could be made.
   */
  endpoint?: 'answered' | null;
};

type Answered = { command?: string; response?: string };

/** What ended an attempt, in the terms of nodemailer's own errors: a code, and the server's reply if it gave one. */
export class SmtpError extends Error implements NodemailerError {
  override readonly name = 'SmtpError';
  readonly command?: string;
  readonly response?: string;
  /** Whether the same mail would be refused again (RFC 5321, 4.2.1); 503 is about the session, not about the mail. */
  readonly permanent?: boolean;

  /** @param code one of nodemailer's, or `ESHUTDOWN` when this side closed */
  constructor(
    readonly code: string,
    { command, response }: Answered = {},
  ) {
    super(code);
    if (command !== undefined) this.command = command;
    if (response === undefined) return;
    this.response = response;
    this.permanent = response.startsWith('5') && !response.startsWith('503');
  }
}
