import { setMaxListeners } from 'node:events';
import { SmtpError, type SmtpFailure } from './smtp-error.js';
import type { SmtpSession, WireMail } from './smtp-session.js';

/** A mail in the pool, from the queue to the server's reply. */
export class SmtpTurn {
  /** Resolves to the server's reply. */
  readonly ending: Promise<string>;
  isOver = false;
  /** Where the mail goes in the end: whoever is slow there slows down all mail to it. */
  readonly domain: string;
  /** Over which it is handed, once it is: then a signal breaks the connection off, and with it the mail. */
  session: SmtpSession | null = null;
  private resolve: (reply: string) => void = () => undefined;
  private reject: (error: unknown) => void = () => undefined;

  constructor(
    readonly mail: WireMail,
    private readonly signal: AbortSignal,
  ) {
    this.domain = domainOf(mail.to);
    this.ending = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    // Many mails share one; Node warns of a leak from the eleventh listener on.
    setMaxListeners(0, signal);
    signal.addEventListener('abort', this.cutOff);
    if (signal.aborted) this.cutOff();
  }

  succeed(reply: string): void {
    this.end();
    this.resolve(reply);
  }

  fail(error: unknown): void {
    this.end();
    this.reject(error instanceof Error ? Object.assign(error, this.toldBy(error)) : error);
  }

  /**
   * What the failure tells of the server. A mail that waited behind those to a slow domain may be cut off while it waits, or
   * as soon as it has a connection: that is no fault of the server's, whose own silence ends the opening much earlier.
   */
  private toldBy(error: Error): Pick<SmtpFailure, 'endpoint'> {
    if (this.session?.hasStood === true) return { endpoint: 'answered' };
    const isCutOff = 'code' in error && error.code === 'EABORT';
    return this.session === null || isCutOff ? { endpoint: null } : {};
  }

  private readonly cutOff = (): void => {
    const error = new SmtpError('EABORT');
    if (this.session === null) this.fail(error);
    else this.session.drop(error);
  };

  private end(): void {
    this.isOver = true;
    this.signal.removeEventListener('abort', this.cutOff);
  }
}

/** Behind the last "@": quotes may hold others. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}
