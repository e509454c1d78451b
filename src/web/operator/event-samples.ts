/** Events to begin with, of a made-up archive: none of them is known before it is sent. */
export const eventSamples = {
  rise: 'A clause that becomes graver',
  introduced: 'A new clause',
  withdrawn: 'A clause that goes',
  cosmetic: 'Form alone',
} as const;
export type EventSample = keyof typeof eventSamples;

const words = {
  medium: 'We may suspend your account after we have given you 30 days to remedy it.',
  high: 'We may suspend your account at once and without notice.',
};
const sides = {
  rise: [
    { severity: 'medium', text: words.medium },
    { severity: 'high', text: words.high },
  ],
  introduced: [null, { severity: 'medium', text: words.medium }],
  withdrawn: [{ severity: 'high', text: words.high }, null],
  cosmetic: [
    { severity: 'medium', text: words.medium },
    { severity: 'medium', text: words.medium.toUpperCase() },
  ],
} as const;

/** @returns the event as JSON, to be read and changed */
export function sampleEvent(sample: EventSample, now: Date): string {
  const id = `try-${now.getTime()}`;
  const [before, after] = sides[sample];
  const event = {
    specversion: '1.0',
    type: 'provision.changed.v1',
    source: 'https://archive.example/try',
    id,
    time: now.toISOString(),
    subject: id,
    data: {
      entity: { id: 'amazon', name: 'Amazon' },
      document: { id: 'CA-D-00028', title: 'AWS Acceptable Use Policy', url: 'https://aws.amazon.com/aup/' },
      provision: {
        id,
        title: 'Suspension of Accounts',
        clauseType: 'account-termination',
        categories: ['liability', 'acceptable-use'],
      },
      before,
      after,
      analysis: { summary: 'A made-up change, to see whom it would reach.' },
    },
  };
  return JSON.stringify(event, null, 2);
}

export function isSample(text: string | undefined): text is EventSample {
  return text !== undefined && Object.hasOwn(eventSamples, text);
}
