import { describe, expect, it } from '@jest/globals';
import { type WaitingExecution, type WaitingStep, waitsOf } from './execution-waits.js';

const execution = (more: Partial<WaitingExecution> = {}): WaitingExecution => ({
  ...{ id: 'e', code: 'QH-2026-000001', kind: 'SWITCHOVER', state: 'RUNNING', groupName: '社保', departmentId: 'd' },
  ...{ requestedById: 'asker', requestedBy: '孙立新', pausedAt: null, ...more },
});
const step = (more: Partial<WaitingStep> = {}): WaitingStep => ({
  ...{ id: 's', number: 7, kind: 'MANUAL', action: 'SWITCH_TRAFFIC', state: 'RUNNING', version: 2, doneById: null },
  ...more,
});
const roles = (of: ReturnType<typeof waitsOf>) => of.flatMap(({ audience }) => audience.roles ?? []);

describe('whom an execution waits for', () => {
  it('are those who may sign it, the owner’s head among them, and neither who asked nor who has signed', () => {
    const [one, ...none] = waitsOf(execution({ state: 'DRAFT' }), [step({ state: 'WAITING' })], ['signed']);
    expect(none).toEqual([]);
    expect(one?.audience.except).toEqual(['asker', 'signed']);
    expect(roles(one ? [one] : [])).toContainEqual({ role: 'DEPARTMENT_HEAD', departmentId: 'd' });
    expect(roles(one ? [one] : [])).toContainEqual({ role: 'LEADER', departmentId: null });
    expect(one?.text.zh).toBe('【计划内切换】社保 由 孙立新 发起，待批准（QH-2026-000001）');
  });

  it('are the operators of a step by hand, and of the verification the department alone', () => {
    expect(roles(waitsOf(execution(), [step()], [])).map(({ role }) => role)).toEqual(['DR_OPERATOR', 'DUTY_ENGINEER']);
    expect(roles(waitsOf(execution(), [step({ action: 'VERIFY' })], []))).toEqual([
      { role: 'DEPARTMENT_HEAD', departmentId: 'd' },
    ]);
    expect(waitsOf(execution(), [step({ kind: 'AUTOMATIC' }), step({ state: 'WAITING' })], [])).toEqual([]);
  });

  it('are others than who handed a step in, where it is checked by a second', () => {
    const [one] = waitsOf(execution(), [step({ state: 'AWAITS_CHECK', doneById: 'hand' })], []);
    expect(one?.audience.except).toEqual(['hand']);
    expect(roles(one ? [one] : [])).not.toContainEqual({ role: 'LEADER', departmentId: null });
    // A fence is signed by a second department.
    const fence = waitsOf(execution(), [step({ action: 'PROVE_FENCE', state: 'AWAITS_CHECK', doneById: 'hand' })], []);
    for (const role of ['LEADER', 'CLOUD_AUTHORITY', 'DR_OPERATOR', 'DUTY_ENGINEER'])
      expect(roles(fence)).toContainEqual({ role, departmentId: null });
  });

  it('hear of each standstill and each turn of theirs once, and of nothing when nothing is waited for', () => {
    const keyOf = (...of: Parameters<typeof waitsOf>) => waitsOf(...of).map(({ onceKey }) => onceKey);
    const paused = (at: number) => keyOf(execution({ pausedAt: new Date(at) }), [step()], []);
    expect(paused(1)).toEqual(['dr-execution/e/paused/1']);
    expect(paused(1)).not.toEqual(paused(2));
    // Handed in, sent back, handed in again: each time it is somebody's turn anew.
    const turns = [
      ...[step(), step({ state: 'AWAITS_CHECK', version: 3 })],
      ...[step({ version: 4 }), step({ state: 'AWAITS_CHECK', version: 5 })],
    ].flatMap((one) => keyOf(execution(), [one], []));
    expect(new Set(turns).size).toBe(4);
    expect(keyOf(execution(), [], [])).toEqual([]);
  });
});
