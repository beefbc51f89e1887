import { describe, expect, it } from '@jest/globals';
import { isCalledFor } from './called-for.js';
import type { SignalName } from './dr-signal.js';
import type { GroupFacts, Member, TierFacts } from './dr-words.js';

const member: Member = {
  ...{ resourceId: 'r', centerId: 'a', role: 'ACTIVE_A', standby: false, there: true, vcpu: 4, memoryMib: 8_192 },
};
const tier: TierFacts = {
  ...{ id: 'tier', name: 'db', dataKind: 'SINGLE_WRITER', source: 'CLUSTER', localMode: 'DUAL_ACTIVE' },
  ...{ remoteMode: 'DATA', members: [member], dataShares: 0, owed: [] },
};
const groupOf = (more: Partial<TierFacts> = {}): GroupFacts => ({
  ...{ id: 'group', localMode: 'DUAL_ACTIVE', remoteMode: 'NONE', rpoSeconds: null },
  tiers: [{ ...tier, ...more }],
});
const of = (name: SignalName, towards: 'ACTIVE_B' | 'RECOVERY' | null = null, subjectId = 'tier') => ({
  ...{ name, towards, subjectId },
});
const near = of('REPLICATION_COVERAGE', 'ACTIVE_B');
const far = of('REPLICATION_LAG', 'RECOVERY');
const writers = of('WRITER_COUNT');

describe('a kept signal', () => {
  it('has a say as long as the tier is carried that way', () => {
    for (const signal of [near, far, writers]) expect(isCalledFor(groupOf(), signal)).toBe(true);
    expect(isCalledFor(groupOf({ localMode: 'SINGLE' }), near)).toBe(false);
    expect(isCalledFor(groupOf({ localMode: 'SINGLE' }), writers)).toBe(false);
    expect(isCalledFor(groupOf({ remoteMode: 'NONE' }), far)).toBe(false);
  });
  it('of what differs between two sides has a say while both serve, and none since a switch', () => {
    const drift = of('CONFIG_DRIFT', 'ACTIVE_B');
    const made = { ...member, madeFrom: 'image' };
    const other: Member = { ...made, resourceId: 's', centerId: 'b', role: 'ACTIVE_B' };
    expect(isCalledFor(groupOf({ members: [made, other] }), drift)).toBe(true);
    expect(isCalledFor(groupOf({ members: [made, { ...other, standby: true }] }), drift)).toBe(false);
    const far = of('CONFIG_DRIFT', 'RECOVERY');
    const ready: Member = { ...made, resourceId: 'c', centerId: 'c', role: 'RECOVERY', standby: true };
    expect(isCalledFor(groupOf({ members: [made, ready] }), far)).toBe(true);
    expect(isCalledFor(groupOf({ members: [made] }), far)).toBe(false);
  });
  it('has none of a tier that became stateless or lost its machines', () => {
    for (const more of [{ dataKind: 'STATELESS' }, { members: [] }] as const)
      for (const signal of [near, far, writers]) expect(isCalledFor(groupOf(more), signal)).toBe(false);
  });
  it('of the room to take over has a say while something is to run there, and of a center always', () => {
    const room = of('TARGET_CAPACITY', 'RECOVERY', 'group');
    expect(isCalledFor(groupOf(), room)).toBe(false);
    expect(isCalledFor(groupOf({ remoteMode: 'APPLICATION' }), room)).toBe(true);
    expect(isCalledFor(groupOf(), of('CLUSTER_SILENCE', null, 'center'))).toBe(true);
  });
});
