import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RESOURCE_STATES } from '../../resources/domain/resource-state.js';
import {
  endOf,
  isDue,
  type MachineToPlace,
  SCHEDULER_TEXT_MAX,
  stuckOf,
  UNSCHEDULABLE_MAX_MS,
} from './replace-task.js';

const SINCE = '2026-03-02T01:00:00.000Z';
const refused = {
  type: 'PodScheduled',
  status: 'False',
  reason: 'Unschedulable',
  message: '0/3 nodes are available: 3 Insufficient memory.',
  since: SINCE as string | null,
};
const machine: MachineToPlace = {
  state: 'PROVISIONING',
  management: 'DRIVEN',
  leavingCenterId: null,
  observedAt: new Date('2026-03-02T01:05:00.000Z'),
  conditions: [refused],
};

describe('a machine that no node takes', () => {
  it('is stuck since its cluster says so, in the words of the scheduler', () => {
    expect(stuckOf(machine)).toEqual({ since: new Date(SINCE), text: refused.message });
  });

  it('is stuck since it was written down where its cluster does not say since when', () => {
    expect(stuckOf({ ...machine, conditions: [{ ...refused, since: null }] })?.since).toEqual(machine.observedAt);
    expect(stuckOf({ ...machine, conditions: [{ ...refused, since: 'soon' }] })?.since).toEqual(machine.observedAt);
    expect(stuckOf({ ...machine, observedAt: null, conditions: [{ ...refused, since: null }] })).toBeNull();
  });

  it.each([
    ['was delivered', { state: 'IN_USE' as const }],
    ['is being released', { state: 'RELEASING' as const }],
    ['people make', { management: 'RECORDED' as const }],
    ['is only observed', { management: 'OBSERVED' as const }],
    ['was placed elsewhere already', { leavingCenterId: 'center' }],
    ['has a node', { conditions: [{ ...refused, status: 'True' }] }],
    ['says nothing of nodes', { conditions: [{ ...refused, type: 'Ready' }] }],
  ])('is nobody’s task where it %s', (_, more) => {
    expect(stuckOf({ ...machine, ...more })).toBeNull();
  });

  it('is a task after ten minutes, not a moment sooner', () => {
    const stuck = { since: new Date(SINCE), text: '' };
    const later = (ms: number) => new Date(Date.parse(SINCE) + ms);
    expect(isDue(stuck, later(UNSCHEDULABLE_MAX_MS - 1))).toBe(false);
    expect(isDue(stuck, later(UNSCHEDULABLE_MAX_MS))).toBe(true);
  });

  it('keeps no more of what the scheduler says than the record holds', () => {
    const message = 'x'.repeat(SCHEDULER_TEXT_MAX * 2);
    expect(stuckOf({ ...machine, conditions: [{ ...refused, message }] })?.text).toHaveLength(SCHEDULER_TEXT_MAX);
    expect(stuckOf({ ...machine, conditions: [{ ...refused, message: null }] })?.text).toBe('Unschedulable');
  });

  it('ends its task by itself exactly when it is stuck no more', () => {
    fc.assert(
      fc.property(fc.constantFrom(...RESOURCE_STATES), fc.boolean(), fc.boolean(), (state, isRefused, isLeaving) => {
        const now = {
          ...machine,
          state,
          conditions: isRefused ? [refused] : [],
          leavingCenterId: isLeaving ? 'center' : null,
        };
        expect(endOf(now) === null).toBe(stuckOf(now) !== null);
        expect(endOf(now) === 'ENDED').toBe(state === 'RELEASING' || state === 'RELEASED');
      }),
    );
    expect(endOf(null)).toBe('ENDED');
  });
});
