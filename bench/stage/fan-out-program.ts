import 'reflect-metadata';
import { FanOut } from '../../src/alerts/fan-out.js';
import { parseConfig } from '../../src/config.js';
import { createHttpApp } from '../../src/http-app.js';
import { createLogger } from '../../src/platform/logger.js';
import { openParts } from '../../src/service.js';
import { monotonicMs } from '../monotonic.js';

/** The service with its API, that fans out when it is told and sends nothing. */
export async function fanOutProgram({ environment }: { environment: Record<string, string> }) {
  const config = parseConfig(environment, () => '');
  const parts = await openParts(config, createLogger(config.logLevel));
  const app = await createHttpApp(parts);
  await app.listen(config.port, config.host);
  return {
    /** Fans out all that has settled. @returns how long that took */
    async run(): Promise<number> {
      const startedAt = monotonicMs();
      await app.get(FanOut).run(new AbortController().signal);
      return monotonicMs() - startedAt;
    },
    async stop(): Promise<void> {
      await app.close();
      await parts.close();
    },
  };
}
