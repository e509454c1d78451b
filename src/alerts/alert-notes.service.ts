import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { parseRowId, type AccountId } from '../domain/ids.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { notFound } from '../platform/http/problem.js';
import { validate } from '../platform/http/validation.js';
import { findAlert } from './inbox.store.js';
import { removeNote, setNote } from './alert-note.store.js';

const longest = 2_000;

export const NewNote = z.strictObject({
  text: z
    .string()
    .trim()
    .max(longest, `must be no longer than ${longest} characters`)
    .refine((text) => !text.includes('\0') && text.isWellFormed(), 'must be plain text')
    .describe('empty to remove it'),
});
export type NewNote = z.infer<typeof NewNote>;

/** What colleagues should know of an alert: whoever has the link to it reads its note, too. */
@Injectable()
export class AlertNotes {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Replaces the note; an empty text removes it. @throws Problem 404, 422 for a text that is too long */
  async set(accountId: AccountId, id: string, given: string): Promise<void> {
    const { text } = validate(NewNote, { text: given });
    const alertId = parseRowId<'alert'>(id);
    if (!alertId || !(await findAlert(this.database, accountId, alertId))) throw notFound('alert');
    if (text === '') await removeNote(this.database, accountId, alertId);
    else await setNote(this.database, accountId, alertId, { text, at: this.clock.now() });
  }
}
