import { toNodeId, uuidOf } from '../../../server/src/kernel/node-id.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import type { TestConsole } from '../console.ts';
import {
  byId,
  type Case,
  type Cases,
  CLOSED,
  type Clients,
  type Foreign,
  has,
  listed,
  type NodeIds,
  REQUESTS_OF_ALL,
} from './case.ts';

const nothing = (type: string) => toNodeId(type, newId());
const EDITION = { id: nothing('PerformanceEdition'), expectedVersion: 1 };
const RULE = {
  indicators: [],
  ...{ excellentFrom: 90, goodFrom: 75, fairFrom: 60, leastEvidencePercent: 40, level2Days: 730, level3Days: 365 },
  ...{ cryptoDays: 365, availabilityTarget: 99_900, appealWorkingDays: 10, poorOpensCases: true },
  ...{ excellentQuotaPercent: 10, selfEvaluationFromMonths: 12, selfEvaluationToMonths: 24 },
};

const asked = (query: string): Case => ({ ...CLOSED, ask: () => ({ query }) });
const pressed = (
  mutation: string,
  input: string,
  of: string,
  variables: (f: Foreign, exists: boolean) => object,
): Case => ({
  ...CLOSED,
  ask: (f, exists) => ({
    query: `mutation M($input: ${input}!) { ${mutation}(input: $input) { ${of} errors { code message path } } }`,
    variables: { input: { ...variables(f, exists), idempotencyKey: newId() } },
  }),
});
const onEdition = (mutation: string, input: string, more: object) =>
  pressed(mutation, input, 'edition { id }', () => more);
const list = (field: string, filter: string, search: (f: Foreign) => string): Case => ({
  ask: (f, exists) => ({
    query: `query L($filter: ${filter}) { ${field}(filter: $filter) { totalCount } }`,
    variables: { filter: { search: exists ? search(f) : 'no such name' } },
  }),
  seen: REQUESTS_OF_ALL,
  shows: listed(field),
});
const one = (field: string, pick: (f: Foreign) => string, type: string): Case => ({
  ask: byId(field, pick, () => nothing(type)),
  seen: REQUESTS_OF_ALL,
  shows: has(field),
});

export const performanceCases: Cases = {
  'Query.performanceEditions': asked('{ performanceEditions { number } }'),
  // A draft without a word of why is refused, so that asking changes nothing.
  'Mutation.beginPerformanceDraft': onEdition('beginPerformanceDraft', 'BeginPerformanceDraftInput', { note: '' }),
  'Mutation.savePerformanceDraft': onEdition('savePerformanceDraft', 'SavePerformanceDraftInput', {
    ...{ ...EDITION, note: '', effectiveFrom: '2099-01-01', rule: RULE },
  }),
  'Mutation.discardPerformanceDraft': onEdition('discardPerformanceDraft', 'PerformanceEditionActInput', EDITION),
  'Mutation.publishPerformanceEdition': onEdition('publishPerformanceEdition', 'PerformanceEditionActInput', EDITION),
  // Runs are the province's: who does not see all of it is told of none.
  'Query.performanceRuns': asked('{ performanceRuns { nodes { opinion } } }'),
  'Mutation.beginPerformanceRun': pressed('beginPerformanceRun', 'BeginPerformanceRunInput', 'run { id }', () => ({
    period: '2099',
  })),
  'Mutation.decidePerformanceRun': pressed('decidePerformanceRun', 'DecidePerformanceRunInput', 'run { id }', () => ({
    ...{ id: nothing('PerformanceRun'), expectedVersion: 1, decision: 'RETURN', opinion: 'x' },
  })),
  // Who evaluates sees every system; the month is wrong in both, so that nothing is written.
  'Mutation.recordAvailability': {
    ...pressed('recordAvailability', 'RecordAvailabilityInput', 'recorded', (f, exists) => ({
      ...{ systemId: exists ? f.content.systemId : nothing('System'), month: '2099-01' },
      ...{ downMinutes: 0, excusedMinutes: 0, source: 'x' },
    })),
    seen: ['reviewer', 'authority'],
    shows: (answer) => answer.data != null && !JSON.stringify(answer.data).includes('"systemId"'),
  },
  'Query.systemAvailability': {
    ask: (f, exists) => ({
      query: 'query A($search: String) { systemAvailability(month: "2026-10", search: $search) { totalCount } }',
      variables: { search: exists ? f.systemCode : 'no such system' },
    }),
    seen: REQUESTS_OF_ALL,
    shows: listed('systemAvailability'),
  },
  'Query.performanceEvaluations': list('performanceEvaluations', 'PerformanceFilter', (f) => f.evaluationCode),
  'Query.performanceEvaluation': one('performanceEvaluation', (f) => f.evaluationId, 'PerformanceEvaluation'),
  'Mutation.appealGrade': pressed('appealGrade', 'AppealGradeInput', 'evaluation { id }', (f, exists) => ({
    ...{ id: exists ? f.evaluationId : nothing('PerformanceEvaluation'), reason: 'x' },
  })),
  'Mutation.withdrawAppeal': pressed('withdrawAppeal', 'WithdrawAppealInput', 'evaluation { id }', () => ({
    ...{ id: nothing('PerformanceAppeal'), expectedVersion: 1 },
  })),
  'Mutation.answerAppeal': pressed('answerAppeal', 'AnswerAppealInput', 'evaluation { id }', () => ({
    ...{ id: nothing('PerformanceAppeal'), expectedVersion: 1, answer: 'x', corrections: [] },
  })),
  'Query.usageNotices': list('usageNotices', 'UsageNoticeFilter', (f) => f.usageNoticeName),
  'Query.usageNotice': one('usageNotice', (f) => f.usageNoticeId, 'UsageNotice'),
  'Mutation.acknowledgeUsageNotice': pressed(
    'acknowledgeUsageNotice',
    'AcknowledgeUsageNoticeInput',
    'notice { id }',
    (f, exists) => ({ id: exists ? f.usageNoticeId : nothing('UsageNotice') }),
  ),
  'Query.selfEvaluations': list('selfEvaluations', 'SelfEvaluationFilter', (f) => f.usageNoticeName),
  'Query.selfEvaluation': one('selfEvaluation', (f) => f.selfEvaluationId, 'SelfEvaluation'),
  'Mutation.handInSelfEvaluation': pressed(
    'handInSelfEvaluation',
    'HandInSelfEvaluationInput',
    'selfEvaluation { id }',
    (f, exists) => ({
      ...{ id: exists ? f.selfEvaluationId : nothing('SelfEvaluation'), expectedVersion: 9_999, statement: 'x' },
    }),
  ),
};

export async function performanceNodes(_clients: Clients, foreign: Foreign): Promise<NodeIds> {
  return {
    PerformanceEdition: [
      toNodeId('PerformanceEdition', '019ad000-0000-7000-8000-000000000040'),
      // By what systems are graded is read by whoever is graded, and by whoever works on everyone's business.
      ['applicant', 'head', 'city', ...REQUESTS_OF_ALL],
    ],
    PerformanceRun: [foreign.performanceRunId, REQUESTS_OF_ALL],
    PerformanceEvaluation: [foreign.evaluationId, REQUESTS_OF_ALL],
    UsageNotice: [foreign.usageNoticeId, REQUESTS_OF_ALL],
    SelfEvaluation: [foreign.selfEvaluationId, REQUESTS_OF_ALL],
  };
}

type ForeignPerformance = Pick<
  Foreign,
  'performanceRunId' | 'evaluationId' | 'evaluationCode' | 'usageNoticeId' | 'usageNoticeName' | 'selfEvaluationId'
>;

/** What was published, told and asked of the foreign system and its department. */
export async function foreignPerformance(
  { test: { db } }: TestConsole,
  systemNodeId: string,
  departmentNodeId: string,
): Promise<ForeignPerformance> {
  const [run, evaluation, notice, task] = [newId(), newId(), newId(), newId()];
  const [systemId, departmentId] = [uuidOf('System', systemNodeId), uuidOf('Department', departmentNodeId)];
  const tail = newId().slice(-6);
  const [code, name] = [`JX-1999-${tail}-0001`, `外单位 ${tail}`];
  await db.query(
    `insert into performance_run (id, code, period, from_day, to_day, edition_id, edition_number, state, version, subjects,
       prepared_by_id, prepared_by, prepared_at)
     values (?, ?, '1999', '1999-01-01', '2000-01-01', '019ad000-0000-7000-8000-000000000040', 1, 'PUBLISHED', 3, 1, ?, 'x', now())`,
    [run, `JX-1999-${tail}`, newId()],
  );
  const subject = { code: 'x', departmentName: 'x', systems: 1, machines: 0 };
  const period = { key: '1999', from: '1999-01-01', to: '2000-01-01' };
  const content = { subject, period, asOf: '2000-01-01', editionNumber: 1, evidence: [], marks: [], reasons: [] };
  await db.query(
    `insert into performance_evaluation (id, run_id, code, kind, subject_id, subject_name, department_id, version, grade, points,
       evidence_percent, content, hash, created_at, published_at, appeal_due_at, settled)
     values (?, ?, ?, 'SYSTEM', ?, ?, ?, 1, 'GOOD', 8000, 100, ?, repeat('0', 64), now(), now(), now(), 1)`,
    [evaluation, run, code, systemId, name, departmentId, JSON.stringify(content)],
  );
  const told = { systems: [], machines: 0, vcpu: 0, memoryMib: 0, cost: '0', costBefore: '0', openCases: 0 };
  await db.query(
    `insert into usage_notice (id, month, department_id, department_name, content, hash, made_at)
     values (?, '1999-01', ?, ?, ?, repeat('0', 64), now())`,
    [notice, departmentId, name, JSON.stringify(told)],
  );
  await db.query(
    `insert into self_evaluation (id, system_id, system_name, department_id, state, live_since, due_from, due_to, told_stage,
       opened_at, version)
     values (?, ?, ?, ?, 'OPEN', '1999-01-01', '2000-01-01', '2001-01-01', 6, now(), 1)`,
    [task, systemId, name, departmentId],
  );
  return {
    performanceRunId: toNodeId('PerformanceRun', run),
    ...{ evaluationId: toNodeId('PerformanceEvaluation', evaluation), evaluationCode: code },
    ...{ usageNoticeId: toNodeId('UsageNotice', notice), usageNoticeName: name },
    selfEvaluationId: toNodeId('SelfEvaluation', task),
  };
}
