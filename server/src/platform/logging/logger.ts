import type { LoggerService } from '@nestjs/common';
import { type Logger as PinoLogger, pino } from 'pino';
import type { Configuration } from '../config/configuration.js';

export type Logger = PinoLogger;

/** What must never stand in a log, wherever it hides. */
const SECRETS = ['password', '*.password', 'cookie', '*.cookie', 'authorization', '*.authorization', 'req.headers'];

/** Log lines are JSON on stderr, so that stdout stays for what a person asked for. */
export function openLogger(configuration: Pick<Configuration, 'logLevel'>): Logger {
  return pino({ level: configuration.logLevel, redact: SECRETS, base: null }, pino.destination({ fd: 2, sync: true }));
}

/** Nest's own lines by the same way, without its start-up chatter. */
export function nestLogger(logger: Logger): LoggerService {
  return {
    log: (message) => logger.debug({}, String(message)),
    warn: (message) => logger.warn({}, String(message)),
    error: (message, stack) => logger.error({ stack }, String(message)),
    debug: (message) => logger.debug({}, String(message)),
    verbose: () => {},
    fatal: (message) => logger.fatal({}, String(message)),
  };
}
