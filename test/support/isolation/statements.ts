import { toNodeId } from '../../../server/src/kernel/node-id.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { type Cases, CLOSED, has } from './case.ts';

/** Who may see every department's statements: whoever may see its budgets. */
const STATEMENTS_OF_ALL = ['authority', 'leader', 'finance'];
const MONTH = '2026-11';
const NO_DEPARTMENT = toNodeId('Department', newId());

/** No worker runs here, so nothing is on any statement: what of lines and sums others see is accounting/sweep.spec (invariant 16). */
export const statementCases: Cases = {
  'Query.statementsToConfirm': {
    ...CLOSED,
    ask: (f, exists) => ({
      query: 'query W($id: ID) { statementsToConfirm(departmentId: $id) { month amount department { id } } }',
      variables: { id: exists ? f.departmentId : NO_DEPARTMENT },
    }),
  },
  'Query.statementMonths': { ...CLOSED, ask: () => ({ query: '{ statementMonths }' }) },
  'Query.draftStatement': {
    ask: (f, exists) => ({
      query:
        'query S($id: ID, $month: String!) { draftStatement(month: $month, departmentId: $id) { month total { amount resources } department { id } bySystem { key amount } byMeter { key } byKind { key } byCenter { key } } }',
      variables: { month: MONTH, id: exists ? f.departmentId : NO_DEPARTMENT },
    }),
    seen: STATEMENTS_OF_ALL,
    shows: has('draftStatement', 'department', 'id'),
  },
  'Query.departmentStatements': {
    ...CLOSED,
    ask: () => ({
      query: `{ departmentStatements(month: "${MONTH}") { totalCount nodes { department { id } amount } } }`,
    }),
  },
  'Query.narrowedStatement': {
    ...CLOSED,
    ask: (f, exists) => ({
      query:
        'query N($id: ID, $month: String!) { narrowedStatement(month: $month, departmentId: $id, systemId: "NONE") { amount resources narrowedTo { side name } } }',
      variables: { month: MONTH, id: exists ? f.departmentId : NO_DEPARTMENT },
    }),
  },
  'Query.statementResources': {
    ...CLOSED,
    ask: (f, exists) => ({
      query:
        'query R($id: ID, $month: String!) { statementResources(month: $month, departmentId: $id) { totalCount nodes { useId code lines { amount } } } }',
      variables: { month: MONTH, id: exists ? f.departmentId : NO_DEPARTMENT },
    }),
  },
};
