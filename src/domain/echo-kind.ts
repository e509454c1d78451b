/**
 * What became of an alert, for those to whom it was told: `reverted`: what it told went back. `retracted`: the archive was wrong.
 * `corrected`: the archive told it anew. `reminder`: a rise that it told of takes effect soon.
 */
export const echoKinds = ['reverted', 'retracted', 'corrected', 'reminder'] as const;
export type EchoKind = (typeof echoKinds)[number];
