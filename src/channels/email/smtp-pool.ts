import { SmtpError } from './smtp-error.js';
import type { SmtpServer } from './smtp-server.js';
import { SmtpSession, type WireMail } from './smtp-session.js';
import { SmtpTurn } from './smtp-turn.js';

/** How long a mail that was announced behind another waits for the verdict on that one before it goes elsewhere. */
const patienceMs = 2_000;

/**
 * A bounded number of connections, each with one mail after the other, and fewer of them with mail to one domain: where one
 * provider is slow, others have a connection left. Nothing of which a part went out is tried again: that is the delivery's
 * to decide.
 */
export class SmtpPool {
  private readonly waiting: SmtpTurn[] = [];
  /** Connections that hold mail to a domain. */
  private readonly held = new Map<string, number>();
  private readonly resting: SmtpSession[] = [];
  private working = 0;
  private isClosed = false;
  private drained: () => void = () => undefined;

  /** @param mostOfDomain how many connections may hold mail to one domain */
  constructor(
    private readonly server: SmtpServer,
    private readonly mostOfDomain = server.mostConnections,
  ) {}

  /**
   * Hands a mail over when its turn comes. Resolves to the server's reply.
   * @throws SmtpFailure: `EABORT` when the signal cut it off, `ESHUTDOWN` when the pool was closed first
   */
  async send(mail: WireMail, signal: AbortSignal): Promise<string> {
    const turn = new SmtpTurn(mail, signal);
    if (this.isClosed) {
      turn.fail(new SmtpError('ESHUTDOWN'));
      return turn.ending;
    }
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

  /** One connection at a time, until no mail waits that it may take. */
  private async work(): Promise<void> {
    this.working += 1;
    let session: SmtpSession | undefined;
    let turn = this.next();
    while (turn !== undefined) {
      session = this.usable(session);
      const behind = await this.take(turn, session);
      this.release(turn, behind);
      turn = behind ?? this.next();
    }
    this.working -= 1;
    if (session !== undefined) this.leave(session);
    if (this.working === 0) this.drained();
  }

  /** The first that waits and may go; its domain is held from then on. @param before which it is announced behind, if any */
  private next(before?: SmtpTurn): SmtpTurn | undefined {
    // Where mail holds all the connections that it may, it may be slow: what is for others is not announced behind it.
    const isSlow = before !== undefined && (this.held.get(before.domain) ?? 0) >= this.mostOfDomain;
    for (let index = 0; index < this.waiting.length;) {
      const turn = this.waiting[index];
      if (turn === undefined || turn.isOver) {
        this.waiting.splice(index, 1);
        continue;
      }
      const isLike = turn.domain === before?.domain;
      const held = this.held.get(turn.domain) ?? 0;
      // Whether a connection takes letters beyond ASCII is seen when the mail is sent: too late for what is announced.
      const mayGo =
        (isLike || (held < this.mostOfDomain && !isSlow)) && !(before && turn.mail.isUtf8 === true);
      if (mayGo) {
        this.waiting.splice(index, 1);
        if (!isLike) this.held.set(turn.domain, held + 1);
        return turn;
      }
      index += 1;
    }
    return undefined;
  }

  /** A connection no longer holds mail to the domain, unless what it goes on with is for the same. */
  private release({ domain }: SmtpTurn, still: SmtpTurn | undefined): void {
    if (still?.domain === domain) return;
    const held = (this.held.get(domain) ?? 1) - 1;
    if (held > 0) this.held.set(domain, held);
    else this.held.delete(domain);
    if (still !== undefined && this.waiting.length > 0) this.workMore();
  }

  /** @returns the turn that was announced behind this one. Should the connection have failed, it goes over another */
  private async take(turn: SmtpTurn, session: SmtpSession): Promise<SmtpTurn | undefined> {
    const behind: SmtpTurn[] = [];
    let patience: NodeJS.Timeout | undefined;
    const announce = (): WireMail | undefined => {
      const next = session.isFresh ? this.next(turn) : undefined;
      if (next === undefined) return undefined;
      behind.push(next);
      patience = setTimeout(() => {
        behind.length = 0;
        this.waiting.unshift(next);
        this.release(next, turn);
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
    if (next !== undefined) this.release(next, turn);
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
