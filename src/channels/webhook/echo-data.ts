import { z } from 'zod';
import { AlertData, sharedAlertData } from '../../domain/alert-data.js';
import type { EchoContent } from '../../domain/echo-content.js';
import type { EchoKind } from '../../domain/echo-kind.js';
import { firstEffectiveDay } from '../../domain/echo-words.js';

const Time = z.iso.datetime();
const alertChanges = z
  .int()
  .min(1)
  .describe('how many changes the alert told: more than there are `changes` when what else it told stands');
const reason = z.string().nullable().describe("in the archive's words, if it gave any");

const reverted = z.object({
  at: Time.describe('when the archive saw it go back'),
  by: z
    .array(z.object({ id: z.string(), url: z.string(), time: Time }))
    .describe('the changes that undid it, oldest first'),
  alertChanges,
});
const retracted = z.object({ at: Time.describe('when the archive took it back'), reason, alertChanges });
const corrected = z.object({ at: Time.describe('when the archive corrected it'), reason, alertChanges });
const reminder = z.object({
  at: Time.describe('when it was due'),
  effectiveAt: z.iso.date().nullable().describe('the first day on which one of the changes takes effect'),
  alertChanges,
});

const Echoed = AlertData.extend({
  alert: AlertData.shape.alert
    .omit({ followUp: true })
    .describe('the alert that it concerns: the id and the URL that it was told with'),
  changes: AlertData.shape.changes.describe(
    'the changes of the alert that it concerns, as the archive knows them now',
  ),
});

/** What became of an alert, as machines read it: the alert, and a part that is named like its type. */
export const EchoData = {
  reverted: Echoed.extend({ reverted }),
  retracted: Echoed.extend({ retracted }),
  corrected: Echoed.extend({ corrected }),
  reminder: Echoed.extend({ reminder }),
} as const;

type EchoData<Kind extends EchoKind> = Omit<z.infer<(typeof EchoData)[Kind]>, 'alert'>;

/** All but the alert itself, which differs from reader to reader. Field by field: nothing undocumented slips in. */
export function echoData(content: EchoContent): { [Kind in EchoKind]: EchoData<Kind> }[EchoKind] {
  const shared = sharedAlertData(content);
  const { about, at, reason: why, changes, alertChanges: told } = content;
  const by = content.by.map(({ id, url, time }) => ({ id, url, time }));
  switch (about) {
    case 'reverted':
      return { ...shared, reverted: { at, by, alertChanges: told } };
    case 'retracted':
      return { ...shared, retracted: { at, reason: why, alertChanges: told } };
    case 'corrected':
      return { ...shared, corrected: { at, reason: why, alertChanges: told } };
    case 'reminder':
      return {
        ...shared,
        reminder: { at, effectiveAt: firstEffectiveDay(changes), alertChanges: told },
      };
    default:
      return about satisfies never;
  }
}
