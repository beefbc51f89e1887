import { describe, expect, it } from '@jest/globals';
import { macAddressOf, objectNameOf } from './identity-of-machine.js';
import { OBSERVED_PHASES, RESOURCE_STATES, stateAfter } from './resource-state.js';

describe('stateAfter', () => {
  it('moves on an observation of the newest desired state only as this table says', () => {
    const moves = RESOURCE_STATES.flatMap((state) =>
      OBSERVED_PHASES.filter((phase) => stateAfter(state, phase, true) !== state).map(
        (phase) => `${state} ${phase} ${stateAfter(state, phase, true)}`,
      ),
    );
    expect(moves).toEqual([
      'PROVISIONING RUNNING IN_USE',
      'PROVISIONING FAILED FAILED',
      'RELEASING GONE RELEASED',
      'FAILED RUNNING IN_USE',
    ]);
  });

  it('leaves what lies in the bin to people and to the end of its time', () => {
    for (const phase of OBSERVED_PHASES) expect(stateAfter('IN_BIN', phase, true)).toBe('IN_BIN');
  });

  it('never ends a life on an observation of an older desired state', () => {
    for (const state of RESOURCE_STATES)
      for (const phase of OBSERVED_PHASES) expect(stateAfter(state, phase, false)).toBe(state);
  });
});

describe('objectNameOf', () => {
  it('is a DNS label, unique by its code, however long the name', () => {
    expect(objectNameOf('web', 1, 'VM-2026-000123')).toBe('web-1-2026-000123');
    const longest = objectNameOf('a'.repeat(40), 100, 'VM-2026-1234567');
    expect(longest.length).toBeLessThanOrEqual(63);
    expect(longest).toMatch(/^[a-z][a-z0-9-]*[a-z0-9]$/);
  });
});

describe('macAddressOf', () => {
  it('is a locally administered unicast address, the same for the same id', () => {
    const id = '0193a5f0-7e11-7abc-8def-0123456789ab';
    expect(macAddressOf(id)).toBe('02:23:45:67:89:ab');
    expect(macAddressOf(id)).toBe(macAddressOf(id));
  });
});
