import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Logger } from '@nestjs/common';
import type { Response } from 'express';

/** Whoever takes nothing for so long has left without saying so: a file has one of few places while it is sent. */
export const STALLED_MS = 60_000;

/**
 * Waits for a slow reader, but for none that stands still. One who left is no error; what fails on our side is written down
 * and cuts the answer, which a client sees.
 */
export async function send(
  text: AsyncGenerator<string>,
  response: Response,
  log: Pick<Logger, 'error'>,
): Promise<void> {
  response.setTimeout(STALLED_MS, () => response.destroy());
  try {
    await pipeline(Readable.from(text, { objectMode: false }), response);
  } catch (error) {
    if (!response.headersSent) throw error;
    response.destroy();
    if (!isLeft(error)) log.error(`A file was cut off: ${(error as Error).message}`, (error as Error).stack);
  }
}

function isLeft(error: unknown): boolean {
  return ['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE'].includes((error as NodeJS.ErrnoException).code ?? '');
}
