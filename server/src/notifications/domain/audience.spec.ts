import { describe, expect, it } from '@jest/globals';
import { hearersOf, NO_PREFERENCE, type Person, recipientOf } from './audience.js';

const people: Person[] = [
  { userId: 'head-a', roles: [{ role: 'DEPARTMENT_HEAD', departmentId: 'a' }] },
  { userId: 'head-b', roles: [{ role: 'DEPARTMENT_HEAD', departmentId: 'b' }] },
  // Head at b only as a member; applicant at a.
  {
    userId: 'member',
    roles: [
      { role: 'APPLICANT', departmentId: 'a' },
      { role: 'DEPARTMENT_HEAD', departmentId: 'b' },
    ],
  },
  { userId: 'reviewer', roles: [{ role: 'CENTER_REVIEWER', departmentId: 'dsj' }] },
  { userId: 'named', roles: [] },
];

describe('hearersOf', () => {
  it('takes a role where it is held, not where its holder has another', () => {
    expect(hearersOf({ roles: [{ role: 'DEPARTMENT_HEAD', departmentId: 'b' }] }, people)).toEqual([
      'head-b',
      'member',
    ]);
    expect(hearersOf({ roles: [{ role: 'DEPARTMENT_HEAD', departmentId: 'a' }] }, people)).toEqual(['head-a']);
  });

  it('takes a role everywhere without a department, each person once', () => {
    const audience = {
      roles: [{ role: 'DEPARTMENT_HEAD' as const, departmentId: null }],
      userIds: ['head-a', 'named'],
    };
    expect(hearersOf(audience, people)).toEqual(['head-a', 'head-b', 'member', 'named']);
  });

  it('leaves out who did it, also where they are named', () => {
    expect(hearersOf({ userIds: ['named', 'reviewer'], except: ['named'] }, people)).toEqual(['reviewer']);
  });

  it('is empty where nobody is meant', () => expect(hearersOf({}, people)).toEqual([]));
});

describe('recipientOf', () => {
  const asked = { sms: true, im: true, mail: true, mailAddress: 'a@example.gov.cn', quietKinds: [] };

  it('sends nobody anything unasked', () => {
    for (const channel of ['SMS', 'IM', 'MAIL', 'WEBHOOK'] as const)
      expect(recipientOf(channel, 'WORK_WAITING', { phone: '13800000000', preference: NO_PREFERENCE })).toBeNull();
  });

  it('finds the number or the address, and nothing where there is none', () => {
    const to = (channel: 'SMS' | 'IM' | 'MAIL', phone: string | null) =>
      recipientOf(channel, 'DEADLINE', { phone, preference: asked });
    expect([to('SMS', '13800000000'), to('IM', '13800000000'), to('MAIL', null)]).toEqual([
      '13800000000',
      '13800000000',
      'a@example.gov.cn',
    ]);
    expect([to('SMS', null), to('IM', '')]).toEqual([null, null]);
  });

  it('keeps quiet kinds in the console', () => {
    const preference = { ...asked, quietKinds: ['WORK_MOVED' as const] };
    expect(recipientOf('SMS', 'WORK_MOVED', { phone: '1', preference })).toBeNull();
    expect(recipientOf('SMS', 'WORK_WAITING', { phone: '1', preference })).toBe('1');
  });
});
