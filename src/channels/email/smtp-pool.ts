import { SmtpError } from './smtp-error.js';
import type { SmtpServer } from './smtp-server.js';
import { SmtpSession, type WireMail } from './smtp-session.js';
import { SmtpTurn } from './smtp-turn.js';

/** How long a mail that was announced behind another waits for the verdict on that one before it goes elsewhere. */
const patienceMs = 2_000;

/**
 * A bounded number of connections, each with one mail after the other. Nothing of which a part went out is tried again:
 * that is the delivery's to decide.
 */
export class SmtpPool {
  private readonly waiting: SmtpTurn[] = [];
  private readonly resting: SmtpSession[] = [];
  private working = 0;
  private isClosed = false;
  private drained: () => void = () => undefined;

  constructor(private readonly server: SmtpServer) {}

  /**
   * Hands a mail over when its turn comes. Resolves to the server's reply.
   * @throws SmtpError or NodemailerError: `EABORT` when the signal cut it off, `ESHUTDOWN` when the pool was closed first
   */
  async send(mail: WireMail, signal: AbortSignal): Promise<string> {
    if (this.isClosed) throw new SmtpError('ESHUTDOWN');
    const turn = new SmtpTurn(mail, signal);
    this.waiting.push(turn);
    this.workMore();
    return turn.ending;
  }

  /** Takes no more mails; resolves when those on their way have ended, and with them the connections. */
  async close(): Promise<void> {
    this.isClosed = true;
    for (const turn of this.waiting.splice(0)) turn.fail(new SmtpError('ESHUTDOWN'));
    for (const session of this.resting.splice(0)) session.quit();
    if (this.working === 0) return;
    await new Promise<void>((resolve) => {
      this.drained = resolve;
    });
  }

  private workMore(): void {
    if (this.working < this.server.mostConnections) void this.work();
  }

  /** One connection at a time, until no mail waits. */
  private async work(): Promise<void> {
    this.working += 1;
    let session: SmtpSession | undefined;
    let turn = this.next();
    while (turn !== undefined) {
      session = this.usable(session);
      turn = (await this.take(turn, session)) ?? this.next();
    }
    this.working -= 1;
    if (session !== undefined) this.leave(session);
    if (this.working === 0) this.drained();
  }

  private next(): SmtpTurn | undefined {
    let turn = this.waiting.shift();
    while (turn?.isOver === true) turn = this.waiting.shift();
    return turn;
  }

  /** @returns the turn that was announced behind this one. Should the connection have failed, it goes over another */
  private async take(turn: SmtpTurn, session: SmtpSession): Promise<SmtpTurn | undefined> {
    const behind: SmtpTurn[] = [];
    let patience: NodeJS.Timeout | undefined;
    const announce = (): WireMail | undefined => {
      const next = session.isFresh ? this.next() : undefined;
      if (next === undefined) return undefined;
      behind.push(next);
      patience = setTimeout(() => {
        this.waiting.unshift(...behind.splice(0));
        this.workMore();
      }, patienceMs);
      return next.mail;
    };
    turn.session = session;
    try {
      if (!session.isOpen) await session.open();
      turn.succeed(await session.send(turn.mail, announce));
    } catch (error) {
      turn.fail(error);
    }
    clearTimeout(patience);
    const [next] = behind;
    if (next?.isOver === false) return next;
    session.withdraw();
    return undefined;
  }

  private usable(session: SmtpSession | undefined): SmtpSession {
    if (session?.isOpen === true && session.isFresh) return session;
    session?.quit();
    for (let rested = this.resting.pop(); rested !== undefined; rested = this.resting.pop()) {
      if (rested.isOpen) return rested;
      rested.quit();
    }
    return new SmtpSession(this.server);
  }

  private leave(session: SmtpSession): void {
    if (this.isClosed || !session.isOpen || !session.isFresh) {
      session.quit();
      return;
    }
    session.rest();
    this.resting.push(session);
  }
}
