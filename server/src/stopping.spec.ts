import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { stopOnSignals } from './stopping.js';

describe('the end of a process that is asked to stop', () => {
  let codes: number[];
  let said: string[];
  let ours: EventEmitter & { exit(code: number): void };

  beforeEach(() => {
    jest.useFakeTimers();
    codes = [];
    said = [];
    ours = Object.assign(new EventEmitter(), { exit: (code: number) => void codes.push(code) });
  });
  afterEach(() => void jest.useRealTimers());

  const stop = (close: () => Promise<void>): void => stopOnSignals(close, ours, (line) => said.push(line));

  it('is orderly, and silent where it is soon over', async () => {
    stop(async () => {});
    ours.emit('SIGTERM');
    await jest.advanceTimersByTimeAsync(10_000);
    expect({ codes, said }).toEqual({ codes: [0], said: [] });
  });

  it('says what is waited for, and is at once for whoever asks again', async () => {
    const close = jest.fn(() => new Promise<void>(() => {}));
    stop(close);
    ours.emit('SIGINT');
    await jest.advanceTimersByTimeAsync(3_000);
    expect(said).toEqual([expect.stringContaining('press Ctrl-C again')]);
    expect(codes).toEqual([]);
    ours.emit('SIGINT');
    expect(codes).toEqual([130]);
    expect(close).toHaveBeenCalledTimes(1);
  });

  it('takes what npm passes on of one press for that one press', async () => {
    stop(() => new Promise<void>(() => {}));
    ours.emit('SIGINT');
    await jest.advanceTimersByTimeAsync(5);
    ours.emit('SIGINT');
    expect(codes).toEqual([]);
    await jest.advanceTimersByTimeAsync(1_000);
    ours.emit('SIGINT');
    expect(codes).toEqual([130]);
  });
});
