import { describe, expect, it } from '@jest/globals';
import { PACE } from './provisioning.types.js';
import { Refusals } from './refusals.js';

function refusals() {
  const tried: string[] = [];
  return { tried, refusals: new Refusals(PACE, (key) => tried.push(key)) };
}

describe('what a cluster refuses for good', () => {
  it('is tried again within half a minute, and where it refuses many, five a second', () => {
    const one = refusals();
    const waits = Array.from({ length: 1_000 }, (_, n) => one.refusals.refused(`machine-${n}`));
    expect(waits.slice(0, 150).every((ms) => ms === 30_000)).toBe(true);
    expect(waits.at(-1)).toBe(200_000);
    // The same one again is still one.
    expect(one.refusals.refused('machine-0')).toBe(200_000);
    expect(one.tried).toEqual([]);
  });

  it('is all tried at once as soon as one of it is taken', () => {
    const one = refusals();
    for (const key of ['a', 'b', 'c']) one.refusals.refused(key);
    one.refusals.accepted('b');
    expect(one.tried).toEqual(['a', 'c']);
    // Whoever is refused again waits as the first did.
    expect(one.refusals.refused('a')).toBe(30_000);
    one.refusals.accepted('c');
    expect(one.tried).toEqual(['a', 'c']);
  });

  it('is brought back by nothing that was never refused, or that is no longer asked for', () => {
    const one = refusals();
    for (const key of ['a', 'b']) one.refusals.refused(key);
    one.refusals.accepted('z');
    one.refusals.forget('a');
    one.refusals.accepted('a');
    expect(one.tried).toEqual([]);
  });
});
