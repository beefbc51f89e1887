import { describe, expect, it } from '@jest/globals';
import {
  HOST_ACTIONS,
  HOST_PHASES,
  type HostOfServer,
  hostActBecause,
  hostActNeedsName,
  hostIntentionOf,
  hostNameOf,
  notYetClean,
} from './host.js';
import { SERVER_ACTIONS, SERVER_STATES } from './server-state.js';

const USED = {
  state: 'IN_USE',
  departmentId: 'd',
  systemId: 's',
  poolId: null,
  bmcAddress: '10.0.0.1',
  hasCredential: true,
  hasHost: true,
} as const;
const FREE = { ...USED, state: 'FREE', departmentId: null, systemId: null } as const;
const RUNNING: HostOfServer = { management: 'DRIVEN', useId: 'use', phase: 'RUNNING', online: true };
/** OPEN, HIDDEN, or why not. */
const word = (...given: Parameters<typeof hostActBecause>) => {
  const because = hostActBecause(...given);
  return because === undefined ? 'HIDDEN' : because === null ? 'OPEN' : because.zh;
};
const words = (server: Parameters<typeof hostActBecause>[1], host: HostOfServer | null) =>
  Object.fromEntries(HOST_ACTIONS.map((action) => [action, word(action, server, host)]));

describe('what may be done to a host', () => {
  it('that runs for its user: all but what it is already, and its place is not taken from it', () => {
    expect(words(USED, RUNNING)).toEqual({
      REGISTER: 'HIDDEN',
      POWER_ON: '已开机',
      POWER_OFF: 'OPEN',
      REBOOT: 'OPEN',
      REIMAGE: 'OPEN',
      KEEP_BY_HAND: '正由集云驱动交付，异常时才能转为人工',
    });
    expect(words(USED, { ...RUNNING, phase: 'STOPPED', online: false })).toMatchObject({
      POWER_ON: 'OPEN',
      POWER_OFF: '已关机',
      REBOOT: '已关机',
    });
  });

  it('that is being installed: nothing until then; that failed: another installation, or people', () => {
    expect(words(USED, { ...RUNNING, phase: 'PROVISIONING' })).toMatchObject({
      POWER_OFF: '装机完成后才能操作电源',
      REIMAGE: '装机尚未结束',
    });
    expect(words(USED, { ...RUNNING, phase: 'FAILED' })).toMatchObject({ REIMAGE: 'OPEN', KEEP_BY_HAND: 'OPEN' });
  });

  it('that nobody uses: nothing of a user’s, whatever its phase', () => {
    for (const phase of HOST_PHASES)
      for (const action of ['POWER_ON', 'POWER_OFF', 'REBOOT', 'REIMAGE'] as const)
        expect(word(action, FREE, { ...RUNNING, useId: null, phase })).toBe('HIDDEN');
  });

  it('is to register it only where there is a way in to its controller', () => {
    const unknown = { ...FREE, hasHost: false };
    expect(word('REGISTER', unknown, null)).toBe('OPEN');
    expect(word('REGISTER', { ...unknown, hasCredential: false }, null)).toBe('未设置带外管理账号');
    expect(word('REGISTER', { ...unknown, bmcAddress: null }, null)).toBe('未登记带外管理地址');
    expect(word('REGISTER', { ...unknown, state: 'RETIRED' }, null)).toBe('HIDDEN');
  });

  it('is never to register it while somebody works on it: that inspects, and so reboots', () => {
    const used = { ...USED, hasHost: false };
    const inUse = '使用中的服务器不能登记：登记会检测硬件并重启，请退还后再登记';
    expect(word('REGISTER', used, null)).toBe(inUse);
    expect(word('REGISTER', { ...used, departmentId: null, systemId: null, poolId: 'p' }, null)).toBe(inUse);
    expect(word('REGISTER', { ...used, state: 'MAINTENANCE' }, null)).toBe(inUse);
    // What is bound already is only taken back into the console's hands: nothing is registered by that.
    expect(word('REGISTER', USED, { ...RUNNING, management: 'RECORDED', useId: null })).toBe('OPEN');
    const open = SERVER_STATES.filter((state) => word('REGISTER', { ...FREE, hasHost: false, state }, null) === 'OPEN');
    expect(open).toEqual(['ONBOARDING', 'FREE']);
  });

  it('is confirmed by its number where it cannot be taken back', () => {
    expect(HOST_ACTIONS.filter(hostActNeedsName)).toEqual(['REGISTER', 'REIMAGE', 'KEEP_BY_HAND']);
  });
});

describe('what is wanted of a host', () => {
  it('follows from whose its server is', () => {
    const kept = { management: 'DRIVEN', useId: 'use' } as const;
    expect(hostIntentionOf(USED, kept)).toBe('PRESENT');
    expect(hostIntentionOf({ ...USED, state: 'MAINTENANCE' }, kept)).toBe('PRESENT');
    expect(hostIntentionOf({ ...FREE, state: 'CLEANING' }, kept)).toBe('ABSENT');
    expect(hostIntentionOf(USED, { ...kept, useId: null })).toBe('IDLE');
    expect(hostIntentionOf(USED, { ...kept, management: 'RECORDED' })).toBe('IDLE');
  });

  it('is ended by proof: nobody ends its cleaning by hand', () => {
    const barred = (host: HostOfServer | null, server: { departmentId: string | null } = FREE) =>
      SERVER_ACTIONS.filter((action) => notYetClean(action, server, host) !== null);
    expect(barred({ ...RUNNING, phase: 'CLEANING' }).toSorted()).toEqual([
      'FINISH_CLEANING',
      'FINISH_MAINTENANCE',
      'RETIRE',
    ]);
    expect(barred(RUNNING, USED)).toEqual([]);
    expect(barred({ ...RUNNING, useId: null })).toEqual([]);
    expect(barred({ ...RUNNING, management: 'RECORDED' })).toEqual([]);
    expect(barred(null)).toEqual([]);
  });

  it('has a name that Kubernetes takes', () => {
    expect(['ZC-A-0012', 'JY_2024/07', 'A.-9.'].map(hostNameOf)).toEqual(['zc-a-0012', 'jy-2024-07', 'a-9']);
  });
});
