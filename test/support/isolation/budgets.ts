import { toNodeId } from '../../../server/src/kernel/node-id.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import type { ConsoleClient, GraphqlAnswer } from '../console-client.ts';
import { byId, type Cases, CLOSED, type Clients, type Foreign, has, listed, type NodeIds } from './case.ts';

/** Who may see every department's budgets, and who may change them. */
const BUDGETS_OF_ALL = ['authority', 'leader', 'finance'];
const BUDGET_KEEPERS = ['finance'];

const noBudget = toNodeId('Budget', newId());
const ofDepartment = (f: Foreign, exists: boolean) => ({
  filter: { departmentId: exists ? f.departmentId : toNodeId('Department', newId()) },
});
const says = (code: string) => (answer: GraphqlAnswer<Record<string, never>>) =>
  JSON.stringify(answer.data ?? null).includes(code);

export const budgetCases: Cases = {
  'Query.budgets': {
    ask: (f, exists) => ({
      query: 'query B($filter: BudgetFilter) { budgets(filter: $filter) { totalCount } }',
      variables: ofDepartment(f, exists),
    }),
    seen: BUDGETS_OF_ALL,
    shows: listed('budgets'),
  },
  'Query.budgetTotals': {
    ask: (f, exists) => ({
      query: 'query B($filter: BudgetFilter) { budgetTotals(filter: $filter) { figures { amount } } }',
      variables: ofDepartment(f, exists),
    }),
    seen: BUDGETS_OF_ALL,
    shows: (answer) => has('budgetTotals')(answer) && !says('"amount":"0"')(answer),
  },
  'Query.budgetUse': {
    ask: (f, exists) => ({
      query: 'query U($id: ID) { budgetUse(year: 2026, departmentId: $id) { figures { amount } mostUsed { id } } }',
      variables: { id: exists ? f.departmentId : toNodeId('Department', newId()) },
    }),
    seen: BUDGETS_OF_ALL,
    shows: (answer) => has('budgetUse')(answer) && !says('"amount":"0"')(answer),
  },
  'Query.budget': {
    ask: byId(
      'budget',
      (f) => f.budgetId,
      () => noBudget,
    ),
    seen: BUDGETS_OF_ALL,
    shows: has('budget', 'id'),
  },
  'Query.budgetEntries': {
    ask: (f, exists) => ({
      query: 'query E($id: ID!) { budgetEntries(budgetId: $id) { totalCount } }',
      variables: { id: exists ? f.budgetId : noBudget },
    }),
    seen: BUDGETS_OF_ALL,
    shows: listed('budgetEntries'),
  },
  'Mutation.createBudget': {
    ask: (f, exists) => ({
      query:
        'mutation C($input: CreateBudgetInput!) { createBudget(input: $input) { budget { id } errors { code message path } } }',
      variables: {
        input: {
          idempotencyKey: newId(),
          departmentId: exists ? f.departmentId : toNodeId('Department', newId()),
          year: 2026,
          name: '',
          fundNature: 'OWN_FUNDS',
          budgetLevel: 'PROVINCE',
          amount: '1',
        },
      },
    }),
    seen: BUDGET_KEEPERS,
    // It has no name, so nobody opens it; whose department it is not hears so beside that.
    shows: (answer) => says('INVALID_INPUT')(answer) && !says('UNKNOWN_REFERENCE')(answer),
  },
  'Mutation.requestBudgetAdjustment': {
    ask: (f, exists) => ({
      query:
        'mutation A($input: RequestBudgetAdjustmentInput!) { requestBudgetAdjustment(input: $input) { budget { id } errors { code message path } } }',
      variables: {
        input: {
          idempotencyKey: newId(),
          id: exists ? f.budgetId : noBudget,
          // Less than it has: nobody can give that.
          change: '-999999999999999',
          reason: '无',
        },
      },
    }),
    seen: BUDGET_KEEPERS,
    shows: says('BUDGET_SHORTAGE'),
  },
  'Mutation.decideBudgetAdjustment': {
    ...CLOSED,
    ask: () => ({
      query:
        'mutation A($input: DecideBudgetAdjustmentInput!) { decideBudgetAdjustment(input: $input) { budget { id } errors { code path } } }',
      variables: {
        input: { idempotencyKey: newId(), id: toNodeId('BudgetAdjustment', newId()), decision: 'APPROVE', note: '' },
      },
    }),
  },
  'Mutation.nameCentralBudget': {
    ...CLOSED,
    ask: () => ({
      query:
        'mutation N($input: NameCentralBudgetInput!) { nameCentralBudget(input: $input) { budget { id } errors { code path } } }',
      variables: { input: { idempotencyKey: newId(), id: noBudget } },
    }),
  },
  'Query.budgetAdjustments': {
    ...CLOSED,
    ask: (f, exists) => ({
      query: 'query A($filter: BudgetAdjustmentFilter) { budgetAdjustments(filter: $filter) { totalCount } }',
      variables: { filter: { budgetId: exists ? f.budgetId : noBudget } },
    }),
  },
  'Query.budgetThresholds': { ...CLOSED, ask: () => ({ query: '{ budgetThresholds { inForce { blockPercent } } }' }) },
  'Mutation.setBudgetThresholds': {
    ...CLOSED,
    ask: () => ({
      query:
        'mutation T($input: SetBudgetThresholdsInput!) { setBudgetThresholds(input: $input) { errors { code path } } }',
      // Without a reason, so that asking changes nothing.
      variables: { input: { idempotencyKey: newId(), from: '2026-01-01', warnPercents: [], reason: '' } },
    }),
  },
  // Sums of the whole province, for those who keep its budgets.
  'Query.budgetYear': { ...CLOSED, ask: () => ({ query: '{ budgetYear(year: 1) { year } }' }) },
  'Query.budgetYearPreview': { ...CLOSED, ask: () => ({ query: '{ budgetYearPreview(year: 1) { uses } }' }) },
  'Query.budgetYearEndPreview': { ...CLOSED, ask: () => ({ query: '{ budgetYearEndPreview(year: 1) { budgets } }' }) },
  // No year is that, so that asking changes nothing.
  'Mutation.openBudgetYear': {
    ...CLOSED,
    ask: () => ({
      query: 'mutation O($input: BudgetYearInput!) { openBudgetYear(input: $input) { errors { code path } } }',
      variables: { input: { idempotencyKey: newId(), year: 1 } },
    }),
  },
  'Mutation.endBudgetYear': {
    ...CLOSED,
    ask: () => ({
      query: 'mutation E($input: BudgetYearInput!) { endBudgetYear(input: $input) { errors { code path } } }',
      variables: { input: { idempotencyKey: newId(), year: 9999 } },
    }),
  },
  'Mutation.setBudgetCarryRule': {
    ...CLOSED,
    ask: () => ({
      query:
        'mutation C($input: SetBudgetCarryRuleInput!) { setBudgetCarryRule(input: $input) { errors { code path } } }',
      variables: {
        input: { idempotencyKey: newId(), fromYear: 1, fundNature: 'OWN_FUNDS', action: 'CARRY', reason: '' },
      },
    }),
  },
};

/** A budget of the foreign department. */
export async function foreignBudgetId(clients: Clients, departmentId: string): Promise<string> {
  const { budgets } = await (clients.get('finance') as ConsoleClient).data(
    'query B($filter: BudgetFilter) { budgets(first: 1, filter: $filter) { nodes { id } } }',
    { filter: { departmentId } },
  );
  return budgets.nodes[0].id;
}

export async function budgetNodes(_clients: Clients, foreign: Foreign): Promise<NodeIds> {
  return { Budget: [foreign.budgetId, BUDGETS_OF_ALL] };
}
