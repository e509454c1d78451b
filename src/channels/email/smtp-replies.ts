/** Far beyond any reply; only a server that never ends one comes here. */
const longestReply = 64 * 1_024;

/** Puts what an SMTP server says together to replies, and hands them out in order, one for each that is asked for. */
export class SmtpReplies {
  private text = '';
  private readonly ready: string[] = [];
  private asking: { resolve(reply: string): void; reject(error: Error): void } | null = null;
  private ended: Error | null = null;

  /** Whether the server said something that nobody has asked for. */
  get isAhead(): boolean {
    return this.ready.length > 0 || this.text !== '';
  }

  /** @returns false when the server goes on without end */
  add(chunk: Buffer): boolean {
    // Byte by byte, so that no character is torn between two chunks.
    this.text += chunk.toString('latin1');
    for (;;) {
      // The last line of a reply has a space, or nothing, after its code; the others a hyphen (RFC 5321, 4.2.1).
      const end = /^(?:\d{3}-[^\n]*\n)*(?!\d{3}-)[^\n]*\n/.exec(this.text)?.[0].length;
      if (end === undefined) break;
      const reply = readable(this.text.slice(0, end));
      this.text = this.text.slice(end);
      if (reply !== '') this.give(reply);
    }
    return this.text.length <= longestReply;
  }

  /** The next reply, its lines parted by `\n`. Only one may be asked for at a time. */
  next(): Promise<string> {
    const reply = this.ready.shift();
    if (reply !== undefined) return Promise.resolve(reply);
    if (this.ended !== null) return Promise.reject(this.ended);
    return new Promise((resolve, reject) => {
      this.asking = { resolve, reject };
    });
  }

  /** No more replies come. */
  end(error: Error): void {
    this.ended ??= error;
    this.asking?.reject(this.ended);
    this.asking = null;
  }

  private give(reply: string): void {
    const asking = this.asking;
    this.asking = null;
    if (asking === null) this.ready.push(reply);
    else asking.resolve(reply);
  }
}

/** Servers commonly write UTF-8, which RFC 5321 leaves open; what is none is shown byte by byte. */
function readable(bytes: string): string {
  const text = bytes.replaceAll('\r', '').trimEnd();
  if (!/[\u0080-\u00FF]/.test(text)) return text;
  const decoded = Buffer.from(text, 'latin1').toString();
  return decoded.includes('\uFFFD') ? text : decoded;
}
