import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module.js';
import type { Config } from '../config.js';
import { createLogger, NestLogger } from '../platform/logger.js';
import { openParts } from '../service.js';

/** Runs one command on the application, without HTTP and without background work. */
export async function withApp<Result>(
  config: Config,
  work: (app: INestApplicationContext) => Promise<Result>,
): Promise<Result> {
  const log = createLogger(config.logLevel === 'info' ? 'warn' : config.logLevel);
  const parts = await openParts({ ...config, roles: [] }, log);
  try {
    const app = await NestFactory.createApplicationContext(AppModule.of(parts), {
      logger: new NestLogger(log),
      abortOnError: false,
    });
    try {
      return await work(app);
    } finally {
      await app.close();
    }
  } finally {
    await parts.close();
  }
}
