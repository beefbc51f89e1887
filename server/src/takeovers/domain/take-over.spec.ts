import { describe, expect, it } from '@jest/globals';
import {
  decideTakeOver,
  type RecordedFacts,
  type SeenFacts,
  stopRefusal,
  TAKE_OVER_STOPS,
  type TakeOverStop,
  takeOverStops,
  touchesSpec,
} from './take-over.js';

const RECORD: RecordedFacts = {
  management: 'OBSERVED',
  state: 'IN_USE',
  presence: 'SEEN',
  vcpu: 4,
  memoryMib: 8_192,
  openChangeCode: null,
  termOverAt: null,
  objectNamespace: 'dept-js-finance',
  departmentNamespace: 'dept-js-finance',
};
const SEEN: SeenFacts = {
  owner: null,
  isLeaving: false,
  isHeld: false,
  power: 'RUNNING',
  runStrategy: 'Always',
  vcpu: 4,
  memoryMib: 8_192,
  saysSize: true,
  disks: ['web-root'],
};

const TABLE: readonly [TakeOverStop, Partial<RecordedFacts>, Partial<SeenFacts> | 'CUT_OFF' | 'NOT_THERE'][] = [
  ['NOT_OBSERVED', { management: 'DRIVEN' }, {}],
  ['NOT_OBSERVED', { management: 'RECORDED' }, 'NOT_THERE'],
  ['IN_BIN', { state: 'IN_BIN' }, {}],
  ['NOT_IN_USE', { state: 'RELEASING' }, {}],
  ['CHANGE_OPEN', { openChangeCode: 'BG-2026-000001' }, {}],
  ['TERM_OVER', { termOverAt: new Date(0) }, {}],
  ['NAMESPACE', { objectNamespace: 'legacy' }, {}],
  ['CUT_OFF', {}, 'CUT_OFF'],
  ['NOT_THERE', {}, 'NOT_THERE'],
  ['NOT_SEEN_YET', { presence: 'UNKNOWN' }, {}],
  ['LEAVING', {}, { isLeaving: true }],
  ['OWNED', {}, { owner: 'resource-2' }],
  ['HELD', {}, { isHeld: true }],
  ['NOT_SETTLED', {}, { power: 'STARTING' }],
  ['NOT_SETTLED', {}, { power: 'UNKNOWN' }],
  ['RUN_STRATEGY', {}, { runStrategy: null }],
  ['RUN_STRATEGY', {}, { runStrategy: 'Manual' }],
  ['RUN_STRATEGY', {}, { power: 'STOPPED' }],
  ['SIZE_UNSAID', {}, { saysSize: false, vcpu: null }],
  ['DIFFERS', {}, { vcpu: 8 }],
  ['DIFFERS', { memoryMib: 4_096 }, {}],
  ['NO_DISK', {}, { disks: [] }],
];

describe('whether a machine may be taken over', () => {
  it('may be as it runs, and as it stands still', () => {
    expect(takeOverStops(RECORD, SEEN)).toEqual([]);
    expect(takeOverStops(RECORD, { ...SEEN, power: 'STOPPED', runStrategy: 'Halted' })).toEqual([]);
  });

  it.each(TABLE)('is stopped by %s', (stop, record, seen) => {
    const sight = typeof seen === 'string' ? seen : { ...SEEN, ...seen };
    expect(takeOverStops({ ...RECORD, ...record }, sight)).toEqual([stop]);
  });

  it('has a case and words for everything that stops it', () => {
    expect(new Set(TABLE.map(([stop]) => stop))).toEqual(new Set(TAKE_OVER_STOPS));
    for (const stop of TAKE_OVER_STOPS)
      expect(stopRefusal(stop)).toMatchObject({ code: 'NOT_PERMITTED', reason: stop });
  });

  it('says all that stands against it at once', () => {
    const record = { ...RECORD, openChangeCode: 'BG-1', objectNamespace: 'legacy' };
    expect(takeOverStops(record, { ...SEEN, disks: [] })).toEqual(['CHANGE_OPEN', 'NAMESPACE', 'NO_DISK']);
  });

  it('never changes how it runs', () => {
    expect(touchesSpec(['metadata.labels["a"]', 'metadata.annotations["b"]'])).toBeUndefined();
    expect(touchesSpec(['spec.template.spec.domain.cpu'])).toMatchObject({ reason: 'TOUCHES_SPEC' });
  });
});

describe('who decides', () => {
  const proposal = { state: 'PROPOSED', version: 1, proposedById: 'u1' } as const;
  const wish = { expectedVersion: 1 };

  it('is another person than who proposed it; taking it back is not deciding', () => {
    expect(decideTakeOver('u2', proposal, 'APPROVE', wish)).toEqual({ ok: true, value: 'APPROVED' });
    expect(decideTakeOver('u1', proposal, 'APPROVE', wish)).toMatchObject({ error: [{ reason: 'OWN_TAKE_OVER' }] });
    expect(decideTakeOver('u1', proposal, 'WITHDRAW', wish)).toEqual({ ok: true, value: 'WITHDRAWN' });
  });

  it('decides what was seen, once, and says why where it returns', () => {
    expect(decideTakeOver('u2', proposal, 'APPROVE', { expectedVersion: 2 })).toMatchObject({
      error: [{ code: 'VERSION_CONFLICT' }],
    });
    expect(decideTakeOver('u2', { ...proposal, state: 'APPROVED' }, 'APPROVE', wish)).toMatchObject({
      error: [{ code: 'ILLEGAL_TRANSITION' }],
    });
    expect(decideTakeOver('u2', proposal, 'RETURN', wish)).toMatchObject({ error: [{ path: ['opinion'] }] });
    expect(decideTakeOver('u2', proposal, 'RETURN', { ...wish, opinion: '请核对' })).toMatchObject({ ok: true });
  });
});
