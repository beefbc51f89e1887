import { describe, expect, it } from '@jest/globals';
import { mayApprove } from './may-approve';

const viewer = { displayName: '王伟', departmentId: 'center' };
const asked = (...approvals: { by: string; departmentId: string }[]) => ({ maySignOff: true, approvals });

describe('whoever looks at an execution that waits for signatures', () => {
  it('approves it though a namesake of another department has, or has asked for it', () => {
    expect(mayApprove(asked(), viewer, true)).toBe('FREE');
    expect(mayApprove(asked({ by: '王伟', departmentId: 'bureau' }), viewer, true)).toBe('FREE');
  });

  it('is told why he may not: he has asked for it, or somebody of his department has approved', () => {
    expect(mayApprove({ ...asked(), maySignOff: false }, viewer, true)).toBe('OWN_REQUEST');
    expect(mayApprove(asked({ by: '李娜', departmentId: 'center' }), viewer, true)).toBe('SAME_DEPARTMENT');
  });

  it('has no button where he has approved already, or approves nothing', () => {
    expect(mayApprove(asked({ by: '王伟', departmentId: 'center' }), viewer, true)).toBe('NO_BUTTON');
    expect(mayApprove({ ...asked(), maySignOff: false }, viewer, false)).toBe('NO_BUTTON');
  });

  it('of no department is told by the server, and not by others without one', () => {
    expect(mayApprove(asked({ by: '李娜', departmentId: 'center' }), { displayName: '张' }, true)).toBe('FREE');
  });
});
