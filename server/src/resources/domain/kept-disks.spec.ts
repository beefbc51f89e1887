import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  ATTACHED_DISKS_MAX,
  type AttachingMachine,
  attachRefusal,
  checkKeepDays,
  detachRefusal,
  freeSlot,
  giveUpRefusal,
  KEPT_DISK_STATES,
  type KeptDisk,
  type Leaving,
} from './kept-disks.js';
import { INITIAL_LIFE_POLICY } from './life-policy.js';

const policy = { ...INITIAL_LIFE_POLICY, DISK_KEEP_DAYS_MAX: 30 };
const ours: Leaving = { management: 'DRIVEN', takenOver: null, deliveredAt: new Date(0) };
const taken = { uid: 'u', cpu: {}, memory: { field: 'guest', amount: '1Gi' } } as const;
const rulesOf = (refusals: readonly object[]) => refusals.map((one) => (one as { rule?: string }).rule);
const reasonOf = (refusal: object | null) => {
  const { code, reason } = (refusal ?? {}) as { code?: string; reason?: string };
  return reason ?? code ?? null;
};

describe('how long a disk may outlive its machine', () => {
  it('is up to the rule, in whole days; nought is not at all', () => {
    for (const days of [null, 0, 1, 30]) expect(checkKeepDays(ours, days, policy)).toEqual([]);
    for (const days of [-1, 1.5, 31]) expect(rulesOf(checkKeepDays(ours, days, policy))).toEqual(['range']);
  });

  it.each<[string, Partial<Leaving>, number]>([
    ['the rule says that none is kept', {}, 0],
    ['it is only observed', { management: 'OBSERVED' }, 30],
    ['it stands on a foreign platform', { management: 'RECORDED' }, 30],
    ['it was taken over as it ran', { takenOver: taken }, 30],
    ['it was never delivered', { deliveredAt: null }, 30],
  ])('is never where %s', (_what, more, most) => {
    const rules = { ...policy, DISK_KEEP_DAYS_MAX: most };
    expect(rulesOf(checkKeepDays({ ...ours, ...more }, 1, rules))).toEqual(['unavailable']);
    expect(checkKeepDays({ ...ours, ...more }, null, rules)).toEqual([]);
  });
});

const disk: KeptDisk = { state: 'KEPT', version: 1, systemId: 's', centerId: 'a', trouble: null };
const machine: AttachingMachine = {
  ...{ state: 'IN_USE', management: 'DRIVEN', power: 'STOPPED', wishedPower: 'OFF', standby: false },
  ...{ termOverAt: null, openChangeCode: null, formerVcpu: null, instanceUid: null, restartUid: null },
  ...{ restoringSnapshotId: null, takenOver: null, systemId: 's', centerId: 'a', attachedDisks: null },
};
const entry = (slot: number) => ({ keptDiskId: `d${slot}`, slot, dataVolume: `old-${slot}-root` });

describe('a kept disk', () => {
  it('is given to a machine of its system and center that stands still', () => {
    expect(attachRefusal(disk, machine)).toBeNull();
  });

  it.each<[string | null, Partial<KeptDisk>, Partial<AttachingMachine>]>([
    ['OTHER_PLACE', {}, { systemId: 'other' }],
    ['OTHER_PLACE', {}, { centerId: 'b' }],
    ['OTHER_PLACE', {}, { centerId: null }],
    ['TAKEN_OVER', {}, { takenOver: taken }],
    ['STOP_FIRST', {}, { power: 'RUNNING', wishedPower: 'ON' }],
    ['STOP_FIRST', {}, { wishedPower: 'ON' }],
    ['RESTORING', {}, { restoringSnapshotId: 'x' }],
    ['ILLEGAL_TRANSITION', {}, { state: 'IN_BIN' }],
    ['DISK_LIMIT', {}, { attachedDisks: Array.from({ length: ATTACHED_DISKS_MAX }, (_, at) => entry(at + 1)) }],
    ['DISK_TROUBLE', { trouble: '集群中找不到这块磁盘' }, {}],
    ['ILLEGAL_TRANSITION', { state: 'ATTACHED' }, {}],
    ['ILLEGAL_TRANSITION', { state: 'ENDING' }, {}],
  ])('is not: %s', (why, ofDisk, ofMachine) => {
    expect(reasonOf(attachRefusal({ ...disk, ...ofDisk }, { ...machine, ...ofMachine }))).toBe(why);
  });

  it('leaves a machine that stands still, for as long as the rule lets it', () => {
    const attached: KeptDisk = { ...disk, state: 'ATTACHED' };
    expect(detachRefusal(attached, machine, 30, 30)).toEqual([]);
    expect(rulesOf(detachRefusal(attached, machine, 31, 30))).toEqual(['range']);
    expect(reasonOf(detachRefusal(attached, { ...machine, power: 'RUNNING' }, 3, 30)[0] ?? null)).toBe('STOP_FIRST');
    expect(reasonOf(detachRefusal(disk, machine, 3, 30)[0] ?? null)).toBe('ILLEGAL_TRANSITION');
  });

  it('is given up only while no machine has it', () => {
    const answers = KEPT_DISK_STATES.map((state) => reasonOf(giveUpRefusal({ ...disk, state })));
    expect(answers).toEqual([null, 'ATTACHED', 'ILLEGAL_TRANSITION', 'ILLEGAL_TRANSITION']);
  });

  it('has a slot that no other has, the smallest', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { maxLength: 8 }), (slots) => {
        const slot = freeSlot(slots.map(entry));
        expect(slots).not.toContain(slot);
        for (let smaller = 1; smaller < slot; smaller += 1) expect(slots).toContain(smaller);
      }),
    );
  });
});
