import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ATTEMPTS_MAX, type Attempt, afterAttempt } from './delivery-state.js';

const NOW = new Date('2026-11-29T00:00:00.000Z');
const PASSING: Attempt = { ok: false, permanent: false, error: 'ECONNREFUSED' };

describe('afterAttempt', () => {
  it('is over when the other side took it, and when it refused for good', () => {
    expect(afterAttempt({ ok: true }, 1, NOW, 0)).toEqual({ state: 'SENT', nextAt: null });
    const refused: Attempt = { ok: false, permanent: true, error: 'HTTP 400' };
    expect(afterAttempt(refused, 1, NOW, 0)).toEqual({ state: 'FAILED', nextAt: null });
  });

  it('waits longer after each failure, and gives up after the last', () => {
    const waits = Array.from({ length: ATTEMPTS_MAX }, (_, made) => {
      const { nextAt } = afterAttempt(PASSING, made + 1, NOW, 0);
      return nextAt && (nextAt.getTime() - NOW.getTime()) / 60_000;
    });
    expect(waits).toEqual([1, 5, 30, 120, 600, null]);
  });

  it('never waits less than the plan, nor a fifth more, whatever the chance', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: ATTEMPTS_MAX - 1 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (made, chance) => {
          const wait = (with_: number) =>
            (afterAttempt(PASSING, made, NOW, with_).nextAt as Date).getTime() - NOW.getTime();
          return wait(chance) >= wait(0) && wait(chance) <= wait(0) * 1.2 + 1;
        },
      ),
    );
  });
});
