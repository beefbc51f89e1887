import { describe, expect, it } from '@jest/globals';
import type { InstanceView, MachineView } from './observe.js';
import { observeOnly } from './observe-only.js';

const mark = {
  uid: 'u',
  resourceVersion: '7',
  owner: undefined,
  placementEpoch: 0,
  generation: 0,
  deletingSince: undefined,
  conditions: [],
};
const machine: MachineView = {
  ...mark,
  printableStatus: 'Running',
  vcpu: 4,
  memoryMib: 8192,
  halted: false,
  heldFor: null,
};
const instance: InstanceView = { ...mark, phase: 'Running', vcpu: 4, memoryMib: 8192, nodeName: 'n', addresses: [] };
const nothing = { machine: undefined, instance: undefined, disk: undefined };

describe('observeOnly', () => {
  it('says what runs, with its real size', () => {
    expect(observeOnly({ ...nothing, machine, instance }, 'PRESENT')).toMatchObject({
      phase: 'RUNNING',
      actual: { presence: 'SEEN', vcpu: 4, memoryMib: 8192 },
    });
    expect(observeOnly({ ...nothing, machine }, 'PRESENT').phase).toBe('STOPPED');
  });

  it('ends nothing because an object was not seen', () => {
    expect(observeOnly(nothing, 'PRESENT')).toMatchObject({
      phase: 'STOPPED',
      actual: { presence: 'MISSING', vcpu: null, memoryMib: null },
    });
  });

  it('lets go of what was given back, whether its object is there or not', () => {
    expect(observeOnly({ ...nothing, machine, instance }, 'ABSENT').phase).toBe('GONE');
    expect(observeOnly(nothing, 'ABSENT').phase).toBe('GONE');
  });
});
