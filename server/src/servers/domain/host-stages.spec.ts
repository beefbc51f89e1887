import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { HOST_MANAGEMENTS, HOST_PHASES } from './host.js';
import { type HostOnItsWay, hostStagesOf } from './host-stages.js';

const [EARLY, LATE] = [new Date('2026-11-29T01:00:00Z'), new Date('2026-11-29T02:00:00Z')];
const FREE: HostOnItsWay = {
  ...{ management: 'DRIVEN', useId: null, phase: 'AVAILABLE', hostState: 'available', progressPercent: null },
  ...{ tries: 0, claimedAt: null, deliveredAt: null, wipedAt: null },
};
const GIVEN: HostOnItsWay = { ...FREE, useId: 'use', phase: 'PROVISIONING', progressPercent: 5 };
const words = (host: HostOnItsWay, isUsed = true) =>
  hostStagesOf(host, isUsed).map(({ stage, state }) => `${stage} ${state}`);

describe('the way of a host', () => {
  it('in: registered, inspected, prepared', () => {
    const coming = { ...FREE, phase: 'ONBOARDING' as const };
    expect(words({ ...coming, hostState: '' })).toEqual(['REGISTER NOW', 'INSPECT WAITING', 'PREPARE WAITING']);
    expect(words({ ...coming, hostState: 'inspecting' })).toEqual(['REGISTER DONE', 'INSPECT NOW', 'PREPARE WAITING']);
    expect(words({ ...FREE, phase: 'FAILED', hostState: 'registering' })[0]).toBe('REGISTER FAILED');
    expect(words(FREE)).toEqual([]);
  });

  it('to its user: claimed, installed, delivered, with the times that are kept', () => {
    expect(words(GIVEN)).toEqual(['CLAIM NOW', 'INSTALL WAITING', 'DELIVER WAITING']);
    const claimed = { ...GIVEN, claimedAt: EARLY, progressPercent: 60 };
    expect(hostStagesOf(claimed, true)).toEqual([
      { stage: 'CLAIM', state: 'DONE', at: EARLY },
      { stage: 'INSTALL', state: 'NOW', at: null },
      { stage: 'DELIVER', state: 'WAITING', at: null },
    ]);
    expect(words({ ...claimed, phase: 'FAILED', tries: 5 })[1]).toBe('INSTALL FAILED');
    expect(words({ ...claimed, phase: 'RUNNING', deliveredAt: LATE })).toEqual([]);
  });

  it('through another installation: cleared first', () => {
    const again = { ...GIVEN, claimedAt: EARLY, deliveredAt: LATE };
    expect(words(again)).toEqual(['CLEAR NOW', 'INSTALL WAITING']);
    expect(words({ ...again, progressPercent: 60 })).toEqual(['CLEAR DONE', 'INSTALL NOW']);
    expect(words({ ...again, phase: 'QUEUED', progressPercent: null })).toEqual(['CLEAR DONE', 'INSTALL NOW']);
  });

  it('back: cleaned, proved, let go', () => {
    const back = { ...GIVEN, phase: 'CLEANING' as const, claimedAt: EARLY, deliveredAt: LATE, progressPercent: null };
    expect(words(back, false)).toEqual(['CLEAN NOW', 'PROVE WAITING', 'LET_GO WAITING']);
    expect(words({ ...back, wipedAt: LATE }, false)).toEqual(['CLEAN DONE', 'PROVE DONE', 'LET_GO NOW']);
    expect(words({ ...back, phase: 'FAILED' }, false)[0]).toBe('CLEAN FAILED');
  });

  it('has at most one stage under way, done ones before it and waiting ones after it, whatever is kept of a host', () => {
    const when = fc.constantFrom(null, EARLY);
    const host = fc.record({
      management: fc.constantFrom(...HOST_MANAGEMENTS),
      useId: fc.constantFrom(null, 'use'),
      phase: fc.constantFrom(...HOST_PHASES),
      hostState: fc.constantFrom('', 'registering', 'inspecting', 'preparing', 'available', 'provisioning', 'other'),
      progressPercent: fc.option(fc.integer({ min: 0, max: 100 })),
      tries: fc.integer({ min: 0, max: 5 }),
      ...{ claimedAt: when, deliveredAt: when, wipedAt: when },
    });
    fc.assert(
      fc.property(host, fc.boolean(), (known, isUsed) => {
        const letters = hostStagesOf(known, isUsed).map(({ state }) => state[0]);
        expect(letters.join('')).toMatch(/^(D*[NF]W*)?$/);
        if (known.management === 'RECORDED') expect(letters).toEqual([]);
      }),
    );
  });
});
