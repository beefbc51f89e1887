import { describe, expect, it } from '@jest/globals';
import type { Role } from '../../kernel/viewer.js';
import {
  type FenceStatement,
  forcingProblems,
  SIGNATURE_LIFE_MS,
  type Signature,
  signedText,
  signingProblem,
  statementProblems,
} from './fence-statement.js';

const CENTERS = ['center-a', 'center-b', 'center-c'];
const now = new Date('2026-11-30T08:00:00.000Z');
const statement: FenceStatement = {
  epoch: 1,
  center: 'center-c',
  lastCommitted: 4_711,
  newestActAt: '2026-11-30T07:30:00.000Z',
  fenced: [
    { center: 'center-a', fence: 'POWER_OFF', evidence: '机房断电，张三现场确认 08:01' },
    { center: 'center-b', fence: 'NETWORK_OFF', evidence: '汇聚交换机已下电，李四现场确认' },
  ],
  reason: '同城双中心失效',
  drawnAt: now.toISOString(),
};

function by(userId: string, roles: readonly Role[], ageMs = 0): Signature {
  return {
    ...{ userId, username: userId, name: userId, departmentId: null, roles },
    signedAt: new Date(now.getTime() - ageMs).toISOString(),
    ...{ keyId: 'mac-1', mac: '' },
  };
}

describe('a fence statement', () => {
  it('says of each other center how it was fenced', () => {
    expect(statementProblems(statement, CENTERS)).toEqual([]);
    expect(statementProblems({ ...statement, fenced: statement.fenced.slice(1) }, CENTERS)).toHaveLength(1);
    expect(statementProblems({ ...statement, center: 'center-d' }, CENTERS).length).toBeGreaterThan(0);
    const [first, second] = statement.fenced as [FenceStatement['fenced'][0], FenceStatement['fenced'][0]];
    expect(statementProblems({ ...statement, fenced: [first, second, second] }, CENTERS)).toHaveLength(1);
    expect(statementProblems({ ...statement, fenced: [first, { ...second, evidence: '断了' }] }, CENTERS)).toHaveLength(
      1,
    );
    expect(statementProblems({ ...statement, reason: ' ' }, CENTERS)).toHaveLength(1);
  });

  it('is signed by people of operations and authority, each once', () => {
    const signed = { signatures: [by('duty', ['DUTY_ENGINEER'])] };
    expect(signingProblem(by('leader', ['LEADER']), signed)).toBeNull();
    expect(signingProblem(by('duty', ['DUTY_ENGINEER']), signed)).not.toBeNull();
    expect(signingProblem(by('applicant', ['APPLICANT']), signed)).not.toBeNull();
    expect(signingProblem(by('officer', ['SYSTEM_ADMINISTRATOR']), signed)).not.toBeNull();
  });

  it('is acted upon only with two fresh signatures, one of them of somebody who may decide', () => {
    const problems = (...signatures: Signature[]) => forcingProblems({ statement, signatures }, now).length;
    expect(problems(by('duty', ['DUTY_ENGINEER']), by('leader', ['LEADER']))).toBe(0);
    expect(problems(by('leader', ['LEADER']))).toBe(1);
    expect(problems(by('duty', ['DUTY_ENGINEER']), by('dr', ['DR_OPERATOR']))).toBe(1);
    expect(problems(by('leader', ['LEADER']), by('leader', ['LEADER']))).toBe(1);
    expect(problems(by('duty', ['DUTY_ENGINEER'], SIGNATURE_LIFE_MS + 1), by('leader', ['LEADER']))).toBe(2);
    // A clock that was turned back makes nobody's signature fresh.
    expect(problems(by('duty', ['DUTY_ENGINEER'], -60_000), by('leader', ['LEADER']))).toBe(2);
  });

  it('has other bytes when anything of it, or of who signed it, is another', () => {
    const signature = by('duty', ['DUTY_ENGINEER']);
    const text = signedText(statement, signature);
    const others = [
      signedText({ ...statement, epoch: 2 }, signature),
      signedText({ ...statement, lastCommitted: 1 }, signature),
      signedText({ ...statement, fenced: statement.fenced.slice(1) }, signature),
      signedText(statement, { ...signature, userId: 'other' }),
      signedText(statement, { ...signature, roles: ['LEADER'] }),
      signedText(statement, { ...signature, signedAt: now.toISOString().replace('08', '09') }),
    ];
    expect(new Set([text, ...others]).size).toBe(others.length + 1);
  });
});
