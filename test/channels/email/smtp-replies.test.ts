import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SmtpReplies } from '../../../src/channels/email/smtp-replies.js';

const said =
  '250 ok\r\n250-one\r\n250-two\r\n250 three\r\n\r\n354 weiter, größer 😀\r\n250\r\n550-a\n550 b\n';
const replies = ['250 ok', '250-one\n250-two\n250 three', '354 weiter, größer 😀', '250', '550-a\n550 b'];

describe('the replies of a server', () => {
  it('are the same however the bytes come', async () => {
    const bytes = Buffer.from(said);
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: bytes.length - 1 }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(cuts, async (unsorted) => {
        const at = [0, ...unsorted.toSorted((a, b) => a - b), bytes.length];
        const heard = new SmtpReplies();
        for (const [index, end] of at.slice(1).entries()) heard.add(bytes.subarray(at[index], end));
        expect(heard.isAhead).toBe(true);
        for (const reply of replies) expect(await heard.next()).toBe(reply);
        expect(heard.isAhead).toBe(false);
      }),
    );
  });

  it('are waited for', async () => {
    const heard = new SmtpReplies();
    const reply = heard.next();
    heard.add(Buffer.from('250 late\r\n'));
    expect(await reply).toBe('250 late');
  });

  it('end with the connection, those that are there first', async () => {
    const heard = new SmtpReplies();
    heard.add(Buffer.from('250 ok\r\n'));
    heard.end(new Error('gone'));
    expect(await heard.next()).toBe('250 ok');
    await expect(heard.next()).rejects.toThrow('gone');
  });

  it('are shown byte by byte when they are no UTF-8', async () => {
    const heard = new SmtpReplies();
    heard.add(Buffer.from('550 gr\u00F6\u00DFer\r\n', 'latin1'));
    expect(await heard.next()).toBe('550 größer');
  });
});
