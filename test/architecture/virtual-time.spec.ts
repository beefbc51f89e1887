import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { VirtualTime } from '../support/virtual-time.ts';

const WALL_LIMIT_MS = 60_000;
const time = new VirtualTime();

describe('the clock of tests', () => {
  afterEach(() => time.end());

  it('loses no timer, whatever others are refreshed or cleared', async () => {
    const timers = fc.array(
      fc.record({
        dueMs: fc.integer({ min: 1, max: 9_000 }),
        refreshedAtMs: fc.option(fc.integer({ min: 0, max: 9_000 }), { nil: undefined }),
        isCleared: fc.boolean(),
      }),
      { minLength: 5, maxLength: 60 },
    );
    await fc.assert(
      fc.asyncProperty(timers, async (given) => {
        time.begin();
        const beganAt = time.nowMs;
        const fired = new Map<number, number>();
        const set = given.map(({ dueMs }, at) =>
          setTimeout(() => fired.set(at, Math.round(time.nowMs - beganAt)), dueMs),
        );
        for (const [at, { refreshedAtMs, isCleared }] of given.entries()) {
          const timer = set[at] as NodeJS.Timeout;
          if (isCleared) clearTimeout(timer);
          else if (refreshedAtMs !== undefined)
            setTimeout(() => {
              if (!fired.has(at)) timer.refresh();
            }, refreshedAtMs);
        }
        await time.runUntil(time.pass(20_000), WALL_LIMIT_MS);
        const expected = given.flatMap(({ dueMs, isCleared, refreshedAtMs }, at) => {
          if (isCleared) return [];
          // At the same moment the one that was set first has fired already.
          const isRefreshed = refreshedAtMs !== undefined && refreshedAtMs < dueMs;
          return [[at, isRefreshed ? refreshedAtMs + dueMs : dueMs]];
        });
        time.end();
        expect([...fired].sort(([a], [b]) => a - b)).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });

  it('goes on from where the other clock stands', () => {
    const before = performance.now();
    time.begin();
    expect(time.nowMs).toBeGreaterThanOrEqual(before);
  });

  it('says what is under way when it takes too long', async () => {
    time.begin();
    const never = time.during(new Promise(() => {}), 'an answer');
    await expect(time.runUntil(never, 0)).rejects.toThrow('under way: an answer');
  });
});
