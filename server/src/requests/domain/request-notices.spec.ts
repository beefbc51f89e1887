import { describe, expect, it } from '@jest/globals';
import type { StepDefinition } from '../../approvals/domain/chain.js';
import { openRound, type Round, transfer } from '../../approvals/domain/round.js';
import type { StepRole } from '../../approvals/domain/step-roles.js';
import { reminded, requestMoved, stepIsLate, stepWaits } from './request-notices.js';

const REQUEST = { id: 'r', code: 'SQ-1', departmentId: 'dep', applicantId: 'applicant' };
const NOW = new Date('2026-11-30T02:00:00.000Z');

function roundAt(roles: readonly StepRole[], more: Partial<StepDefinition> = {}): Round {
  let ids = 0;
  const newId = () => {
    ids += 1;
    return `id-${ids}`;
  };
  const step: StepDefinition = {
    key: 'step',
    title: { zh: '环节', en: 'step' },
    roles,
    mode: 'ANY',
    count: 1,
    deadlineWorkingDays: 2,
    needsFile: false,
    needsSeal: false,
    holdsCapacity: false,
    escalatesTo: 'LEADER',
    ...more,
  };
  return openRound(
    {
      ...{ subjectId: 'r', number: 1, editionId: 'e', chainKey: 'c', chosenBy: '' },
      chainTitle: { zh: '流程', en: 'chain' },
      applicantId: 'applicant',
      steps: [step],
    },
    NOW,
    () => NOW,
    newId,
  );
}

describe('who hears of a step', () => {
  it('are the holders of its roles where they hold them, but nobody who has had a part', () => {
    expect(stepWaits(REQUEST, roundAt(['DEPARTMENT_HEAD']), null)).toMatchObject({
      kind: 'WORK_WAITING',
      subject: { type: 'Request', id: 'r' },
      audience: { userIds: [], roles: [{ role: 'DEPARTMENT_HEAD', departmentId: 'dep' }], except: ['applicant'] },
      text: { zh: '申请单 SQ-1 待您办理：环节' },
    });
    expect(stepWaits(REQUEST, roundAt(['CITY_ADMINISTRATOR']), 'city').audience.roles).toEqual([
      { role: 'CITY_ADMINISTRATOR', departmentId: 'city' },
    ]);
    const all = roundAt(['CENTER_REVIEWER', 'LEADER'], { mode: 'ALL' });
    expect(stepWaits(REQUEST, all, null).audience.roles).toEqual([
      { role: 'CENTER_REVIEWER', departmentId: null },
      { role: 'LEADER', departmentId: null },
    ]);
  });

  it('is the one to whom it was handed, and he alone', () => {
    const round = roundAt(['CENTER_REVIEWER']);
    const handed = transfer(round, round.steps[0]?.seats[0]?.id ?? '', { id: 'colleague', name: '同事' });
    expect(reminded(REQUEST, handed, null, '张三')).toMatchObject({
      kind: 'DEADLINE',
      audience: { userIds: ['colleague'], roles: [] },
      text: { zh: '张三 催办申请单 SQ-1：环节' },
    });
  });

  it('is its escalation role once it is late, and the applicant of what became of it', () => {
    expect(stepIsLate(REQUEST, roundAt(['CENTER_REVIEWER']), null)?.audience).toEqual({
      roles: [{ role: 'LEADER', departmentId: null }],
    });
    expect(requestMoved(REQUEST, 'RETURN')).toMatchObject({ kind: 'WORK_MOVED', audience: { userIds: ['applicant'] } });
  });
});
