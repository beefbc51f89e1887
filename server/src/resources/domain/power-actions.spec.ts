import { describe, expect, it } from '@jest/globals';
import {
  isRestarting,
  OPERATIONS,
  type OperatedMachine,
  powerOffers,
  refusalOf,
  sayWhyNot,
  type WhyNot,
  whyNot,
} from './power-actions.js';
import { RESOURCE_STATES } from './resource-state.js';

const running: OperatedMachine = {
  state: 'IN_USE',
  management: 'DRIVEN',
  power: 'RUNNING',
  wishedPower: 'ON',
  standby: false,
  termOverAt: null,
  openChangeCode: null,
  formerVcpu: null,
  instanceUid: 'uid-1',
  restartUid: null,
  restoringSnapshotId: null,
};
const stopped: OperatedMachine = { ...running, power: 'STOPPED', wishedPower: 'OFF', instanceUid: null };

/** A disk is given to what stands still; whatever else hinders it hinders all. */
const WITHOUT_DISKS = OPERATIONS.filter((operation) => operation !== 'ATTACH_DISK');
const say = (machine: OperatedMachine) => WITHOUT_DISKS.map((operation) => whyNot(machine, operation));

/** Each row is one stand of a machine; its cells answer START, STOP, RESTART, SNAPSHOT, RESTORE_SNAPSHOT, CONSOLE. */
const STANDS: [string, OperatedMachine, (WhyNot | null)[]][] = [
  ['runs', running, ['ALREADY_ON', null, null, null, 'STOP_FIRST', null]],
  ['starts', { ...running, power: 'STARTING' }, ['ALREADY_ON', null, 'NOT_RUNNING', null, 'STOP_FIRST', 'NOT_RUNNING']],
  [
    'shall run and stands still',
    { ...running, power: 'STOPPED', instanceUid: null },
    ['ALREADY_ON', null, 'NOT_RUNNING', null, 'STOP_FIRST', 'NOT_RUNNING'],
  ],
  [
    'is not heard of',
    { ...running, power: 'UNKNOWN' },
    ['ALREADY_ON', null, 'NOT_RUNNING', null, 'STOP_FIRST', 'NOT_RUNNING'],
  ],
  [
    'runs, but was never seen to',
    { ...running, instanceUid: null },
    ['ALREADY_ON', null, 'NOT_RUNNING', null, 'STOP_FIRST', null],
  ],
  [
    'is being restarted',
    { ...running, restartUid: 'uid-1' },
    ['ALREADY_ON', null, 'RESTARTING', null, 'STOP_FIRST', null],
  ],
  ['was restarted', { ...running, restartUid: 'uid-0' }, ['ALREADY_ON', null, null, null, 'STOP_FIRST', null]],
  [
    'shuts down',
    { ...stopped, power: 'STOPPING', instanceUid: 'uid-1' },
    [null, 'ALREADY_OFF', 'ALREADY_OFF', null, 'STOP_FIRST', 'NOT_RUNNING'],
  ],
  ['stands still', stopped, [null, 'ALREADY_OFF', 'ALREADY_OFF', null, null, 'NOT_RUNNING']],
  [
    'stands still with a change open',
    { ...stopped, openChangeCode: 'BG-1' },
    [null, 'ALREADY_OFF', 'ALREADY_OFF', null, 'CHANGE_OPEN', 'NOT_RUNNING'],
  ],
  [
    'runs with a change open',
    { ...running, openChangeCode: 'BG-1' },
    ['ALREADY_ON', null, null, null, 'CHANGE_OPEN', null],
  ],
];

describe('what may be done to a machine', () => {
  it.each(STANDS)('that %s', (_stand, machine, answers) => {
    expect(say(machine)).toEqual(answers);
  });

  const overruled: [WhyNot, Partial<OperatedMachine>][] = [
    ['NOT_DRIVEN', { management: 'OBSERVED' }],
    ['NOT_DRIVEN', { management: 'RECORDED', state: 'IN_BIN' }],
    ['IN_BIN', { state: 'IN_BIN', termOverAt: new Date(0) }],
    ['TERM_OVER', { termOverAt: new Date(0), standby: true }],
    ['STANDBY', { standby: true, formerVcpu: 2 }],
    ['RESTORING', { restoringSnapshotId: 'snapshot', openChangeCode: 'BG-1' }],
  ];
  it.each(overruled)('nothing at all, and the same is said of everything: %s', (why, more) => {
    for (const machine of [running, stopped])
      expect(say({ ...machine, ...more })).toEqual(WITHOUT_DISKS.map(() => why));
  });

  it.each(overruled)('no disk either: %s', (why, more) => {
    expect(whyNot({ ...stopped, ...more }, 'ATTACH_DISK')).toBe(why);
  });

  it('while it is being resized nothing but what ends that, and a look at it', () => {
    const resizing = { ...running, formerVcpu: 2 };
    for (const operation of OPERATIONS)
      expect(whyNot(resizing, operation)).toBe(['STOP', 'RESTART', 'CONSOLE'].includes(operation) ? null : 'RESIZING');
    expect(whyNot({ ...resizing, power: 'STOPPING' }, 'RESTART')).toBe('NOT_RUNNING');
    expect(whyNot({ ...resizing, restoringSnapshotId: 'snapshot' }, 'RESTART')).toBe('RESTORING');
    expect(whyNot({ ...resizing, standby: true }, 'RESTART')).toBe('STANDBY');
  });

  it('a disk is given only to what stands still and shall stand still', () => {
    expect(whyNot(stopped, 'ATTACH_DISK')).toBeNull();
    expect(whyNot({ ...stopped, openChangeCode: 'BG-1' }, 'ATTACH_DISK')).toBeNull();
    for (const machine of [
      running,
      { ...stopped, power: 'STOPPING' as const },
      { ...stopped, wishedPower: 'ON' as const },
    ])
      expect(whyNot(machine, 'ATTACH_DISK')).toBe('STOP_FIRST');
  });

  it('nothing in any state but in use', () => {
    for (const state of RESOURCE_STATES)
      for (const operation of OPERATIONS) {
        const expected = state === 'IN_BIN' ? 'IN_BIN' : 'NOT_IN_USE';
        if (state !== 'IN_USE') expect(whyNot({ ...running, state }, operation)).toBe(expected);
      }
  });

  it('is said in both languages, and of a change with its code', () => {
    const { zh, en } = sayWhyNot({ openChangeCode: 'BG-2026-000001' }, 'CHANGE_OPEN');
    expect(zh).toContain('BG-2026-000001');
    expect(en).toContain('BG-2026-000001');
  });

  it('is refused as an illegal step where its life forbids it, and with the reason otherwise', () => {
    expect(refusalOf({ ...running, state: 'IN_BIN' }, 'START', 'IN_BIN')).toMatchObject({
      code: 'ILLEGAL_TRANSITION',
      state: 'IN_BIN',
      action: 'START',
    });
    expect(refusalOf(running, 'RESTORE_SNAPSHOT', 'STOP_FIRST')).toMatchObject({
      code: 'NOT_PERMITTED',
      reason: 'STOP_FIRST',
    });
  });
});

describe('what a page offers', () => {
  it('is every act on its power with what hinders it, to whoever may operate it', () => {
    const offered = powerOffers(running, true).map(({ action, disabled }) => [action, disabled === null]);
    expect(offered).toEqual([
      ['START', false],
      ['STOP', true],
      ['RESTART', true],
      ['CONSOLE', true],
    ]);
  });

  it('is nothing to others, and nothing of what is not the console’s to operate', () => {
    expect(powerOffers(running, false)).toEqual([]);
    expect(powerOffers({ ...running, management: 'OBSERVED' }, true)).toEqual([]);
    expect(powerOffers({ ...running, state: 'IN_BIN' }, true)).toEqual([]);
  });
});

describe('a restart', () => {
  it('lasts until another instance runs', () => {
    expect(isRestarting({ restartUid: 'a', instanceUid: 'a' })).toBe(true);
    expect(isRestarting({ restartUid: 'a', instanceUid: null })).toBe(true);
    expect(isRestarting({ restartUid: 'a', instanceUid: 'b' })).toBe(false);
    expect(isRestarting({ restartUid: null, instanceUid: 'a' })).toBe(false);
  });
});
