import { toNodeId } from '../../../server/src/kernel/node-id.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { type Cases, CLOSED, has } from './case.ts';

/** No worker runs here, so nothing is in the book: what of sums others see is costs/cost-pivot.spec and costchanges/cost-changes.spec (invariant 16). */
export const costCases: Cases = {
  'Query.costOverview': {
    ask: (f, exists) => ({
      query:
        'query O($id: ID) { costOverview(departmentId: $id) { departmentName monthToDate departments { movers { label } } } }',
      variables: { id: exists ? f.departmentId : toNodeId('Department', newId()) },
    }),
    seen: ['authority', 'leader', 'finance'],
    shows: has('costOverview', 'departmentName'),
  },
  'Query.costPivot': {
    ...CLOSED,
    ask: (f) => ({
      query:
        'query C($id: ID) { costPivot(rows: DEPARTMENT, columns: MONTH, from: "2026-09", to: "2026-11", departmentId: $id) { total narrowedTo { name } rows { key label total } } }',
      variables: { id: f.departmentId },
    }),
  },
  'Query.idleCost': {
    ...CLOSED,
    ask: (f) => ({
      query:
        'query I($id: ID) { idleCost(month: "2026-10", departmentId: $id) { amount total machines narrowedTo { name } groups { key label } dearest { code } } }',
      variables: { id: f.departmentId },
    }),
  },
  'Query.costChange': {
    ...CLOSED,
    ask: (f) => ({
      query:
        'query C($id: ID) { costChange(from: "2026-09", to: "2026-10", departmentId: $id) { before after rest narrowedTo { name } groups { key label after } } }',
      variables: { id: f.departmentId },
    }),
  },
  'Query.costChangeUses': {
    ...CLOSED,
    ask: (f) => ({
      query:
        'query C($id: ID) { costChangeUses(from: "2026-09", to: "2026-10", departmentId: $id) { totalCount nodes { id code departmentId } } }',
      variables: { id: f.departmentId },
    }),
  },
};
