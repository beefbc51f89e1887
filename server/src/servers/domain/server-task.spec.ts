import { describe, expect, it } from '@jest/globals';
import { isUnderWay, serverTaskOf } from './server-task.js';

const USE = { intention: 'PRESENT', useId: 'use', imageRound: 1, registered: false, usedByHand: false } as const;
const seen = (
  phase: 'AVAILABLE' | 'QUEUED' | 'PROVISIONING' | 'RUNNING' | 'CLEANING' | 'FAILED',
  released = false,
) => ({
  phase,
  released,
});

describe('the task that a look at a host tells of', () => {
  it('is one for each installation, and one for the release of each use', () => {
    expect(serverTaskOf(USE, seen('PROVISIONING'))).toEqual({ wish: 'use/1', kind: 'INSTALL', state: 'RUNNING' });
    expect(serverTaskOf(USE, seen('QUEUED'))?.state).toBe('QUEUED');
    expect(serverTaskOf(USE, seen('RUNNING'))?.state).toBe('DONE');
    const again = { ...USE, imageRound: 2 };
    expect(serverTaskOf(again, seen('FAILED'))).toEqual({ wish: 'use/2', kind: 'REINSTALL', state: 'FAILED' });
    const gone = { ...USE, intention: 'ABSENT' } as const;
    expect(serverTaskOf(gone, seen('CLEANING'))).toEqual({ wish: 'use/release', kind: 'RELEASE', state: 'RUNNING' });
    expect(serverTaskOf(gone, seen('AVAILABLE', true))?.state).toBe('DONE');
  });

  it('is its registration where the console made it, and none where it is only looked at', () => {
    const idle = { ...USE, intention: 'IDLE', useId: null, registered: true } as const;
    expect(serverTaskOf(idle, seen('FAILED'))).toEqual({ wish: 'register', kind: 'REGISTER', state: 'FAILED' });
    expect(serverTaskOf(idle, seen('AVAILABLE'))?.state).toBe('DONE');
    expect(serverTaskOf({ ...idle, registered: false }, seen('AVAILABLE'))).toBeNull();
    expect(serverTaskOf({ ...idle, usedByHand: true }, seen('AVAILABLE'))).toBeNull();
  });

  it('is none where it was carried out before anybody looked', () => {
    const never = { deliveredAt: null };
    const given = { deliveredAt: new Date(0) };
    const register = { wish: 'register', kind: 'REGISTER', state: 'DONE' } as const;
    expect(isUnderWay(register, { ...never, phase: 'AVAILABLE' })).toBe(false);
    expect(isUnderWay(register, { ...never, phase: 'ONBOARDING' })).toBe(true);
    expect(isUnderWay({ wish: 'u/1', kind: 'INSTALL', state: 'FAILED' }, { ...given, phase: 'RUNNING' })).toBe(false);
    expect(isUnderWay({ wish: 'u/1', kind: 'INSTALL', state: 'RUNNING' }, { ...never, phase: 'PROVISIONING' })).toBe(
      true,
    );
    expect(isUnderWay({ wish: 'u/2', kind: 'REINSTALL', state: 'RUNNING' }, { ...given, phase: 'RUNNING' })).toBe(true);
    expect(isUnderWay({ wish: 'u/2', kind: 'REINSTALL', state: 'DONE' }, { ...given, phase: 'RUNNING' })).toBe(false);
  });
});
