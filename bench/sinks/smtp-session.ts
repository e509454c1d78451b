/** A mail as a bare connection sends it again. */
export type SampleMail = {
  sender: string;
  recipient: string;
  /** As it went over the line after DATA, its closing dot included. */
  bytes: Buffer;
};

const endOfMail = Buffer.from('\r\n.\r\n');
const capabilities = '250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 33554432\r\n';

/** One connection's side of the talk: as little work as can be done and still be SMTP (RFC 5321, 2920). */
export class SmtpSession {
  /** What came and is not used yet; within a mail, all of it so far. */
  private pending: Buffer = Buffer.alloc(0);
  private inMail = false;
  private searchFrom = 0;
  private sender = '';
  private recipient = '';

  constructor(
    private readonly reply: (text: string) => void,
    private readonly received: (mail: SampleMail) => void,
  ) {}

  greet(): void {
    this.reply('220 sink\r\n');
  }

  /** @returns false once the other side has said goodbye */
  take(chunk: Buffer): boolean {
    this.pending = this.pending.length === 0 ? chunk : Buffer.concat([this.pending, chunk]);
    // Replies to commands that came together go out together.
    let replies = '';
    for (;;) {
      const said: string | null = this.inMail ? this.endMail() : this.nextCommand();
      if (said === null) break;
      replies += said;
      if (said.startsWith('221')) {
        this.reply(replies);
        return false;
      }
    }
    if (replies !== '') this.reply(replies);
    return true;
  }

  private endMail(): string | null {
    const end = this.pending.indexOf(endOfMail, this.searchFrom);
    if (end < 0) {
      // The end may lie across two chunks.
      this.searchFrom = Math.max(0, this.pending.length - endOfMail.length + 1);
      return null;
    }
    const next = end + endOfMail.length;
    this.received({
      sender: this.sender,
      recipient: this.recipient,
      bytes: this.pending.subarray(0, next),
    });
    this.pending = this.pending.subarray(next);
    this.inMail = false;
    return '250 taken\r\n';
  }

  private nextCommand(): string | null {
    const end = this.pending.indexOf('\r\n');
    if (end < 0) return null;
    const line = this.pending.toString('latin1', 0, end);
    this.pending = this.pending.subarray(end + 2);
    switch (line.slice(0, 4).toUpperCase()) {
      case 'EHLO':
        return capabilities;
      case 'MAIL':
        this.sender = addressIn(line);
        return '250 ok\r\n';
      case 'RCPT':
        this.recipient = addressIn(line);
        return '250 ok\r\n';
      case 'DATA':
        this.inMail = true;
        this.searchFrom = 0;
        return '354 go on\r\n';
      case 'QUIT':
        return '221 bye\r\n';
      default:
        return '250 ok\r\n';
    }
  }
}

function addressIn(line: string): string {
  return line.slice(line.indexOf('<') + 1, line.indexOf('>'));
}
