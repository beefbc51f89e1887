import { describe, expect, it } from '@jest/globals';
import { permissionsOf } from '../../identity/domain/permissions.js';
import type { Role } from '../../kernel/viewer.js';
import {
  holdsBusinessOf,
  type LoginReset,
  type MachineNow,
  RESET_SETTLES_MS,
  resetObstacle,
  revealResetObstacle,
  stageOfReset,
} from './login-reset.js';

const at = new Date('2026-11-29T01:00:00Z');
const later = (ms: number) => new Date(at.getTime() + ms);
const reset: LoginReset = {
  ...{ resourceId: 'r', number: 1, askedById: 'a', appliedAt: at, expiresAt: later(30 * 86_400_000) },
  ...{ revealedAt: null, destroyedAt: null },
};
const condition = (type: string, status: string, message: string | null = null) => ({
  ...{ type, status, message, since: at.toISOString() },
});
const agent = condition('AgentConnected', 'True');
const taken = condition('AccessCredentialsSynchronized', 'True');
const machine = (over: Partial<MachineNow> = {}): MachineNow => ({
  ...{ state: 'IN_USE', management: 'DRIVEN', power: 'RUNNING', conditions: [agent, taken] },
  ...over,
});
const login = {
  ...{ resourceId: 'r', username: 'jyadmin', revealedAt: at, destroyedAt: null, expiresAt: later(1) },
};
const asker = { applicantId: 'a', viewerId: 'a', holdsBusiness: true, now: later(RESET_SETTLES_MS) };

describe('a password that is set anew', () => {
  it.each<[string, LoginReset, MachineNow, number]>([
    ['SENDING', { ...reset, appliedAt: null }, machine(), RESET_SETTLES_MS],
    ['OFF', reset, machine({ power: 'STOPPED' }), RESET_SETTLES_MS],
    ['RESTART', reset, machine({ conditions: [agent, condition('RestartRequired', 'True')] }), RESET_SETTLES_MS],
    ['NO_AGENT', reset, machine({ conditions: [taken] }), RESET_SETTLES_MS],
    ['NO_AGENT', reset, machine({ conditions: [condition('AgentConnected', 'False')] }), RESET_SETTLES_MS],
    ['REFUSED', reset, machine({ conditions: [agent, { ...taken, status: 'False' }] }), RESET_SETTLES_MS],
    ['SETTING', reset, machine({ conditions: [agent] }), RESET_SETTLES_MS],
    ['SETTING', reset, machine(), RESET_SETTLES_MS - 1],
    ['SET', reset, machine(), RESET_SETTLES_MS],
    ['OVER', { ...reset, revealedAt: at }, machine(), RESET_SETTLES_MS],
    ['OVER', { ...reset, destroyedAt: at }, machine(), RESET_SETTLES_MS],
  ])('is %s', (stage, one, now, ms) => {
    expect(stageOfReset(one, now, later(ms)).stage).toBe(stage);
    expect(revealResetObstacle(one, now, { ...asker, now: later(ms) }) === null).toBe(stage === 'SET');
  });

  it('counts from when the agent came back, where that was after the cluster had it', () => {
    const back = { ...agent, since: later(60_000).toISOString() };
    const now = machine({ conditions: [back, taken] });
    expect(stageOfReset(reset, now, later(RESET_SETTLES_MS)).stage).toBe('SETTING');
    expect(stageOfReset(reset, now, later(RESET_SETTLES_MS + 60_000)).stage).toBe('SET');
  });

  it('says in the cluster’s own words why it is not carried out', () => {
    const told = machine({ conditions: [condition('AgentConnected', 'False', 'channel closed')] });
    expect(stageOfReset(reset, told, asker.now).text).toMatchObject({
      zh: expect.stringContaining('channel closed'),
      en: expect.stringContaining('channel closed'),
    });
  });

  it('is asked by who has its business, of a machine that the console drives, once the first was handed over or has gone', () => {
    const open = { ...reset, appliedAt: null };
    const reasons = [
      resetObstacle(login, null, machine(), { ...asker, holdsBusiness: false }),
      resetObstacle(login, null, machine({ management: 'OBSERVED' }), asker),
      resetObstacle(login, null, machine({ state: 'IN_BIN' }), asker),
      resetObstacle(null, null, machine(), asker),
      resetObstacle({ ...login, revealedAt: null, expiresAt: later(86_400_000) }, null, machine(), asker),
      resetObstacle(login, open, machine(), asker),
    ];
    expect(reasons.map((one) => one && ('reason' in one ? one.reason : 'state' in one ? one.state : one.code))).toEqual(
      ['APPLICANT_ONLY', 'IN_USE', 'IN_BIN', 'NONE', 'READY', 'RESETTING'],
    );
    expect(resetObstacle(login, null, machine(), asker)).toBeNull();
    expect(resetObstacle({ ...login, revealedAt: null, destroyedAt: at }, null, machine(), asker)).toBeNull();
    expect(resetObstacle(login, { ...reset, revealedAt: at }, machine(), asker)).toBeNull();
  });

  it('is handed to who asked for it, and of one from before that was kept to the request’s applicant', () => {
    const reason = (one: LoginReset, viewerId: string) => {
      const refused = revealResetObstacle(one, machine(), { ...asker, viewerId });
      return refused && ('reason' in refused ? refused.reason : refused.code);
    };
    const byColleague = { ...reset, askedById: 'b' };
    expect([reason(byColleague, 'b'), reason(byColleague, 'a')]).toEqual([null, 'ASKER_ONLY']);
    const before = { ...reset, askedById: null };
    expect([reason(before, 'a'), reason(before, 'b')]).toEqual([null, 'ASKER_ONLY']);
  });

  it('waits for nobody who has gone: a colleague asks anew, and who asked himself waits', () => {
    const open = { ...reset, appliedAt: null };
    expect(resetObstacle(login, open, machine(), { ...asker, viewerId: 'b' })).toBeNull();
    expect(resetObstacle(login, open, machine(), asker)).toMatchObject({ state: 'RESETTING' });
  });
});

describe('who has the business of a machine', () => {
  const person = (role: Role, departmentId: string | null = 'd') => ({
    ...{ departmentId, departmentTreeIds: ['d', 'below'], permissions: permissionsOf([role]) },
  });
  it.each<[Role, boolean]>([
    ['APPLICANT', true],
    ['DEPARTMENT_HEAD', false],
    ['VENDOR_STAFF', false],
    ['CAPACITY_ALLOCATOR', false],
    ['CITY_ADMINISTRATOR', false],
    ['DUTY_ENGINEER', false],
  ])('%s of its department: %s', (role, holds) => expect(holdsBusinessOf('d', person(role))).toBe(holds));

  it('is an applicant of that department and of no other, by a membership too', () => {
    expect(holdsBusinessOf('below', person('APPLICANT'))).toBe(false);
    expect(holdsBusinessOf('d', person('APPLICANT', null))).toBe(false);
    const elsewhere = [{ ...person('APPLICANT'), departmentId: 'e' }];
    expect(holdsBusinessOf('e', { ...person('DEPARTMENT_HEAD'), elsewhere })).toBe(true);
    expect(holdsBusinessOf('d', { ...person('DEPARTMENT_HEAD'), elsewhere })).toBe(false);
  });
});
