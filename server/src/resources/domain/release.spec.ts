import { describe, expect, it } from '@jest/globals';
import { lifeActions } from './life-actions.js';
import { decidePurge, decideRelease, decideRestore } from './release.js';
import { RESOURCE_STATES } from './resource-state.js';

const running = {
  state: 'IN_USE',
  version: 4,
  name: 'web-1',
  deletionProtected: false,
  openChangeId: null,
  openChangeCode: null,
} as const;
const binned = { ...running, state: 'IN_BIN', binCause: 'RELEASE', temporaryUntil: null } as const;
const wish = { expectedVersion: 4, reason: '系统下线', confirmName: 'web-1' };
type Decided = ReturnType<typeof decideRelease> | ReturnType<typeof decideRestore> | ReturnType<typeof decidePurge>;
const codes = (result: Decided) =>
  result.ok ? result.value : result.error.map((r) => ('reason' in r ? `${r.code} ${r.reason}` : r.code));

describe('decideRelease', () => {
  it('puts what is in use into the bin, and lets go at once what was never delivered', () => {
    expect(codes(decideRelease(running, wish))).toBe('IN_BIN');
    for (const state of ['PROVISIONING', 'FAILED'] as const)
      expect(codes(decideRelease({ ...running, state }, wish))).toBe('RELEASING');
  });
  it('refuses another name, an empty reason, both at once', () => {
    expect(codes(decideRelease(running, { ...wish, confirmName: 'web-2', reason: ' ' }))).toEqual([
      'INVALID_INPUT',
      'INVALID_INPUT',
    ]);
  });
  it('refuses an older version', () =>
    expect(codes(decideRelease(running, { ...wish, expectedVersion: 3 }))).toEqual(['VERSION_CONFLICT']));
  it('refuses to release twice', () => {
    for (const state of ['IN_BIN', 'RELEASING', 'RELEASED'] as const)
      expect(codes(decideRelease({ ...running, state }, wish))).toEqual(['ILLEGAL_TRANSITION']);
  });
  it('refuses what is protected', () =>
    expect(codes(decideRelease({ ...running, deletionProtected: true }, wish))).toEqual([
      'NOT_PERMITTED DELETION_PROTECTED',
    ]));
  it('refuses what is being changed, and says by which request', () => {
    const changing = { ...running, openChangeId: 'r', openChangeCode: 'SQ-2026-000001' };
    // Also to whoever looked before the change was sent.
    expect(codes(decideRelease(changing, { ...wish, expectedVersion: 3 }))).toEqual(['CHANGE_OPEN']);
  });
  it('takes no typed name in a batch, but then nothing that cannot be restored', () => {
    const ticked = { ...wish, confirmName: null };
    expect(codes(decideRelease(running, ticked))).toBe('IN_BIN');
    expect(codes(decideRelease({ ...running, state: 'FAILED' }, ticked))).toEqual(['INVALID_INPUT']);
  });
});

describe('decideRestore', () => {
  const today = '2026-12-01';
  it('restores from the bin only', () => {
    expect(codes(decideRestore(binned, 4, today, false))).toBe('IN_USE');
    for (const state of RESOURCE_STATES.filter((one) => one !== 'IN_BIN'))
      expect(codes(decideRestore({ ...binned, state }, 4, today, false))).toEqual(['ILLEGAL_TRANSITION']);
  });
  it('leaves to the center what the center reclaimed', () => {
    const reclaimed = { ...binned, binCause: 'RECLAIM' } as const;
    expect(codes(decideRestore(reclaimed, 4, today, false))).toEqual(['NOT_PERMITTED RECLAIMED']);
    expect(codes(decideRestore(reclaimed, 4, today, true))).toBe('IN_USE');
  });
  it('asks for an extension first where the term is over, and not on its last day', () => {
    const over = { ...binned, temporaryUntil: '2026-11-30' };
    expect(codes(decideRestore(over, 4, today, false))).toEqual(['NOT_PERMITTED TERM_OVER']);
    expect(codes(decideRestore({ ...over, temporaryUntil: today }, 4, today, false))).toBe('IN_USE');
  });
});

describe('decidePurge', () => {
  it('takes the name typed again, out of the bin, unprotected', () => {
    expect(codes(decidePurge(binned, wish))).toBe('RELEASING');
    expect(codes(decidePurge(running, wish))).toEqual(['ILLEGAL_TRANSITION']);
    expect(codes(decidePurge(binned, { ...wish, confirmName: 'web' }))).toEqual(['INVALID_INPUT']);
    expect(codes(decidePurge({ ...binned, deletionProtected: true }, wish))).toEqual([
      'NOT_PERMITTED DELETION_PROTECTED',
    ]);
  });
});

describe('lifeActions', () => {
  const thing = { deletionProtected: false, temporaryUntil: null, binCause: null, openChangeCode: null };
  const shown = (over: object, may = { release: true, edit: true }) =>
    lifeActions({ ...thing, state: 'IN_USE', ...over }, may).map(({ action, disabled }) =>
      disabled ? `(${action})` : action,
    );
  it('offers what the state and the term allow', () => {
    expect(shown({})).toEqual(['REVIEW', 'RELEASE', 'PROTECT']);
    expect(shown({ temporaryUntil: '2026-12-31' })).toEqual(['EXTEND', 'RELEASE', 'PROTECT']);
    expect(shown({ state: 'IN_BIN' })).toEqual(['RESTORE', 'PURGE']);
    expect(shown({ state: 'IN_BIN', binCause: 'RECLAIM' })).toEqual(['(RESTORE)', 'PURGE']);
    expect(shown({ state: 'IN_BIN', deletionProtected: true })).toEqual(['RESTORE', '(PURGE)', 'UNPROTECT']);
    expect(shown({ deletionProtected: true })).toEqual(['REVIEW', '(RELEASE)', 'UNPROTECT']);
    expect(shown({ openChangeCode: 'SQ-2026-000001' })).toEqual(['REVIEW', '(RELEASE)', 'PROTECT']);
    expect(shown({ state: 'RELEASED' })).toEqual(['(RELEASE)']);
    expect(shown({}, { release: false, edit: false })).toEqual(['(RELEASE)']);
  });
});
