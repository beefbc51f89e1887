import { describe, expect, it } from '@jest/globals';
import { OBSERVED_PHASES, type ObservedPhase } from './resource-state.js';
import { type TaskWish, taskKindOf, taskStateOf } from './task.js';

const wish = (over: Partial<TaskWish> = {}): TaskWish => ({
  intention: 'PRESENT',
  state: 'IN_USE',
  off: null,
  standby: false,
  formerVcpu: null,
  ...over,
});

describe('the kind of a task', () => {
  it.each<[string, Partial<TaskWish>]>([
    ['MAKE', { state: 'PROVISIONING' }],
    ['MAKE', { state: 'FAILED' }],
    ['RESIZE', { formerVcpu: 2 }],
    ['STOP', { off: 'IN_BIN' }],
    ['STOP', { off: 'TERM_OVER', formerVcpu: 2 }],
    ['APPLY', {}],
    ['REMOVE', { intention: 'ABSENT', state: 'RELEASING' }],
    ['REMOVE', { intention: 'ABSENT', state: 'FAILED' }],
  ])('is %s', (kind, over) => {
    expect(taskKindOf(wish(over))).toBe(kind);
  });
});

describe('the state of a task', () => {
  const ends: readonly [string, Partial<TaskWish>, boolean | undefined, ObservedPhase | null][] = [
    ['a machine that shall run', {}, undefined, 'RUNNING'],
    ['one that shall be off', { off: 'IN_BIN' }, undefined, 'STOPPED'],
    ['a standby', { standby: true }, undefined, 'STOPPED'],
    ['one that is being resized', { formerVcpu: 2 }, false, null],
    ['one that has been resized', { formerVcpu: 2 }, true, 'RUNNING'],
    ['one that shall be gone', { intention: 'ABSENT' }, undefined, 'GONE'],
  ];

  it.each(ends)('of %s is DONE at its one end, FAILED when it fails, else RUNNING', (_, over, resized, end) => {
    for (const phase of OBSERVED_PHASES) {
      const state = taskStateOf(wish(over), { phase, ...(resized === undefined ? {} : { resized }) });
      expect([phase, state]).toEqual([phase, phase === 'FAILED' ? 'FAILED' : phase === end ? 'DONE' : 'RUNNING']);
    }
  });
});
