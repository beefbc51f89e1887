import { Writable } from 'node:stream';
import { describe, expect, it, jest } from '@jest/globals';
import type { Response } from 'express';
import { STALLED_MS, send } from './sending.js';

/** Somebody who takes a file: at once, or never. */
class Reader extends Writable {
  readonly headersSent = true;
  readonly asked = Promise.withResolvers<void>();
  limit: { readonly ms: number; readonly reached: () => void } | null = null;

  constructor(private readonly takes: boolean) {
    super({ highWaterMark: 1 });
  }

  setTimeout(ms: number, reached: () => void): this {
    this.limit = { ms, reached };
    return this;
  }

  override _write(_piece: unknown, _encoding: string, done: () => void): void {
    this.asked.resolve();
    if (this.takes) done();
  }
}

const as = (reader: Reader) => reader as unknown as Response;

describe('sending a file', () => {
  it('lets nobody who takes nothing keep one of the few places, and stops reading for him', async () => {
    const [reader, error, ended] = [new Reader(false), jest.fn(), Promise.withResolvers<void>()];
    async function* endless() {
      try {
        for (;;) yield 'a line\r\n';
      } finally {
        ended.resolve();
      }
    }
    const sent = send(endless(), as(reader), { error });
    await reader.asked.promise;
    expect(reader.limit?.ms).toBe(STALLED_MS);
    reader.limit?.reached();
    await sent;
    await ended.promise;
    // He left; nothing of ours failed.
    expect(error).not.toHaveBeenCalled();
  });

  it('writes down what failed on our side once the answer has begun, and cuts it', async () => {
    const [reader, error] = [new Reader(true), jest.fn()];
    async function* broken() {
      yield 'a line\r\n';
      throw new Error('the database went away');
    }
    await send(broken(), as(reader), { error });
    expect(reader.destroyed).toBe(true);
    expect(error).toHaveBeenCalledWith(expect.stringContaining('the database went away'), expect.anything());
  });
});
