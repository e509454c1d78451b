import { programs, type ProgramName } from './programs.js';
import type { Answer, Call } from './stage/remote.js';

/** The entry of every process that the benchmark forks: runs the program that it is named, and answers calls. */

// Ctrl-C reaches the whole group: the parent asks its children to stop, or is gone.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit());

const start = (await programs[process.argv[2] as ProgramName]()) as (options: unknown) => Promise<object>;
let calls: Record<string, ((argument: unknown) => Promise<unknown>) | undefined> = {};

process.on('message', (call: Call) => {
  answer(call).then(
    (result) => send({ id: call.id, result }),
    (error: unknown) => send({ id: call.id, error: error instanceof Error ? error.stack : String(error) }),
  );
});

async function answer({ method, argument }: Call): Promise<unknown> {
  if (method === 'start') {
    calls = (await start(argument)) as typeof calls;
    return null;
  }
  const call = calls[method];
  if (call === undefined) throw new Error(`this program answers no ${method}`);
  return call(argument);
}

function send(message: Answer): void {
  process.send?.(message);
}
