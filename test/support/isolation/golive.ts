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
  listed,
  type NodeIds,
  RESOURCES_OF_ALL,
} from './case.ts';

const NO_CASE = toNodeId('GoLiveCase', newId());
const NO_SYSTEM = toNodeId('System', newId());
/** Nothing has come so far: who may act is told so, and nothing is changed. */
const FAR_VERSION = 9_999;

/** An act of the department and of the company bound to the system: nobody else may, whoever sees the case. */
const onTrial = (mutation: string, input: string, fields: object): Case => ({
  ...CLOSED,
  ask: (f, exists) => ({
    query: `mutation M($input: ${input}!) { ${mutation}(input: $input) { case { id } errors { code message path } } }`,
    variables: {
      input: {
        id: exists ? f.goLiveCaseId : NO_CASE,
        expectedVersion: FAR_VERSION,
        idempotencyKey: newId(),
        ...fields,
      },
    },
  }),
});

/** Whoever sees the case is told that it is not being accepted. */
const onAcceptance = (mutation: string, input: string, fields: object): Case => ({
  ask: (f, exists) => ({
    query: `mutation M($input: ${input}!) { ${mutation}(input: $input) { case { id } errors { code message path } } }`,
    variables: { input: { id: exists ? f.goLiveCaseId : NO_CASE, idempotencyKey: newId(), ...fields } },
  }),
  seen: RESOURCES_OF_ALL,
  shows: (answer) => JSON.stringify(answer.data).includes('ILLEGAL_TRANSITION'),
});

export const goLiveCases: Cases = {
  'Query.goLiveCases': {
    ask: (f, exists) => ({
      query: 'query G($filter: GoLiveCaseFilter) { goLiveCases(filter: $filter) { totalCount } }',
      variables: { filter: { search: exists ? f.goLiveCaseCode : 'no such code' } },
    }),
    seen: RESOURCES_OF_ALL,
    shows: listed('goLiveCases'),
  },
  'Query.goLiveCase': {
    ask: byId(
      'goLiveCase',
      (f) => f.goLiveCaseId,
      () => NO_CASE,
    ),
    seen: RESOURCES_OF_ALL,
    shows: (answer) => (answer.data as { goLiveCase?: object } | null)?.goLiveCase != null,
  },
  'Query.goLivePolicy': { ...CLOSED, ask: () => ({ query: '{ goLivePolicy { number } }' }) },
  'Mutation.publishGoLivePolicy': {
    ...CLOSED,
    ask: () => ({
      query:
        'mutation M($input: PublishGoLivePolicyInput!) { publishGoLivePolicy(input: $input) { errors { code message path } } }',
      variables: {
        input: {
          expectedNumber: FAR_VERSION,
          idempotencyKey: newId(),
          content: {
            trialDays: 30,
            trialDayKind: 'CALENDAR',
            retrialDays: 7,
            beginBackDays: 7,
            beginAheadDays: 30,
            presentWorkingDays: 20,
            signWorkingDays: 10,
            parties: [
              { party: 'DEPARTMENT', fromLevel: 1 },
              { party: 'CENTER', fromLevel: 1 },
            ],
            documents: [],
          },
        },
      },
    }),
  },
  'Mutation.beginTrial': {
    ...CLOSED,
    ask: (f, exists) => ({
      query:
        'mutation M($input: BeginTrialInput!) { beginTrial(input: $input) { case { id } errors { code message path } } }',
      variables: {
        input: {
          systemId: exists ? f.content.systemId : NO_SYSTEM,
          begunOn: '1999-01-01',
          idempotencyKey: newId(),
        },
      },
    }),
  },
  'Mutation.recordTrial': onTrial('recordTrial', 'RecordTrialInput', {
    kind: 'RECORD',
    day: '2026-11-01',
    text: 'x',
    fileIds: [],
  }),
  'Mutation.resolveTrialIncident': onTrial('resolveTrialIncident', 'ResolveTrialIncidentInput', {
    entryId: toNodeId('GoLiveEntry', newId()),
    resolution: 'x',
  }),
  'Mutation.addGoLiveDocument': onTrial('addGoLiveDocument', 'AddGoLiveDocumentInput', {
    kind: 'PROTECTION_REPORT',
    reference: 'x',
  }),
  'Mutation.removeGoLiveDocument': onTrial('removeGoLiveDocument', 'RemoveGoLiveDocumentInput', {
    documentId: toNodeId('GoLiveDocument', newId()),
  }),
  // An id that its viewer sees and may not lead is one more that names nothing.
  'Mutation.presentGoLive': onTrial('presentGoLive', 'GoLiveActInput', {}),
  'Mutation.stopGoLive': onTrial('stopGoLive', 'StopGoLiveInput', { reason: 'x' }),
  'Mutation.openGoLiveFacts': onAcceptance('openGoLiveFacts', 'OpenGoLiveFactsInput', {}),
  'Mutation.signGoLive': onAcceptance('signGoLive', 'SignGoLiveInput', {
    round: 1,
    party: 'CENTER',
    decision: 'ACCEPT',
    opinion: 'x',
  }),
};

export async function goLiveNodes(_clients: Clients, foreign: Foreign): Promise<NodeIds> {
  return { GoLiveCase: [foreign.goLiveCaseId, RESOURCES_OF_ALL] };
}

/** The trial of the foreign system. */
export async function foreignGoLive(
  { test }: TestConsole,
  systemNodeId: string,
  departmentNodeId: string,
): Promise<Pick<Foreign, 'goLiveCaseId' | 'goLiveCaseCode'>> {
  const [id, code] = [newId(), `SX-1999-${newId().slice(-6)}`];
  await test.db.query(
    `insert into go_live_case (id, code, system_id, system_name, department_id, state, policy_number, level, begun_on,
       over_on, round, opened_by_id, opened_by_name, opened_at, version, open)
     values (?, ?, ?, '外单位系统', ?, 'TRIAL', 1, 1, '2026-11-01', '2026-12-01', 0, ?, '外单位', now(), 1, 1)`,
    [id, code, uuidOf('System', systemNodeId), uuidOf('Department', departmentNodeId), newId()],
  );
  return { goLiveCaseId: toNodeId('GoLiveCase', id), goLiveCaseCode: code };
}
