/** What runs in a process of its own; each process loads its own program alone. */
export const programs = {
  'webhook-sink': async () => (await import('./sinks/webhook-sink.js')).webhookSink,
  'smtp-sink': async () => (await import('./sinks/smtp-sink.js')).smtpSink,
  'webhook-loop': async () => (await import('./bare/webhook-loop.js')).webhookLoop,
  'smtp-loop': async () => (await import('./bare/smtp-loop.js')).smtpLoop,
  'nodemailer-pool': async () => (await import('./bare/nodemailer-pool.js')).nodemailerPool,
  'commit-and-post': async () => (await import('./bare/commit-and-post.js')).commitAndPost,
  'fan-out': async () => (await import('./stage/fan-out-program.js')).fanOutProgram,
  rendering: async () => (await import('./stage/rendering-program.js')).renderingProgram,
};

type Programs = typeof programs;
export type ProgramName = keyof Programs;
type Start<Name extends ProgramName> = Awaited<ReturnType<Programs[Name]>>;

/** What a program is started with: anything that can be sent to another process. */
export type ProgramOptions<Name extends ProgramName> = Parameters<Start<Name>>[0];

/** The calls that a running program answers. */
export type ProgramCalls<Name extends ProgramName> = Awaited<ReturnType<Start<Name>>>;
