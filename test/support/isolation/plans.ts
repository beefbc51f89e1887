import { toNodeId } from '../../../server/src/kernel/node-id.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import type { ConsoleClient, GraphqlAnswer } from '../console-client.ts';
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

/** Who sees every department's plans: those who work on everyone's requests. */
const PLANS_OF_ALL = REQUESTS_OF_ALL;
const YEAR = new Date().getFullYear();

const noPlan = toNodeId('Plan', newId());
const says = (code: string) => (answer: GraphqlAnswer<Record<string, never>>) =>
  JSON.stringify(answer.data ?? null).includes(code);
const planOf = (f: Foreign, exists: boolean) => (exists ? f.planId : noPlan);

const mutation =
  (name: string, input: string, fields: (f: Foreign, exists: boolean) => Record<string, unknown>): Case['ask'] =>
  (f, exists) => ({
    query: `mutation M($input: ${input}!) { ${name}(input: $input) { plan { id } errors { code message path } } }`,
    variables: { input: { idempotencyKey: newId(), ...fields(f, exists) } },
  });
const line = {
  systemId: toNodeId('System', newId()),
  kind: 'VM',
  count: 1,
  localMode: 'SINGLE',
  remoteMode: 'NONE',
  month: 1,
  reason: 'x',
};

export const planCases: Cases = {
  'Query.planYears': { ...CLOSED, ask: () => ({ query: '{ planYears { year } }' }) },
  'Query.plans': {
    ask: (f, exists) => ({
      query: 'query P($filter: PlanFilter) { plans(filter: $filter) { totalCount } }',
      variables: { filter: { departmentId: exists ? f.departmentId : toNodeId('Department', newId()) } },
    }),
    seen: PLANS_OF_ALL,
    shows: listed('plans'),
  },
  'Query.plan': {
    ask: byId(
      'plan',
      (f) => f.planId,
      () => noPlan,
    ),
    seen: PLANS_OF_ALL,
    shows: has('plan', 'id'),
  },
  // Sums of what is in one's own sight.
  'Query.planOverview': {
    ...CLOSED,
    ask: () => ({
      query: 'query O($year: Int!) { planOverview(year: $year) { departments } }',
      variables: { year: YEAR },
    }),
  },
  'Query.planUse': {
    ask: (f, exists) => ({
      query:
        'query U($year: Int!, $departmentId: ID) { planUse(year: $year, level: SYSTEM, departmentId: $departmentId) { totalCount } }',
      variables: { year: YEAR, departmentId: exists ? f.departmentId : toNodeId('Department', newId()) },
    }),
    seen: PLANS_OF_ALL,
    shows: listed('planUse'),
  },
  'Query.plansOver': {
    ...CLOSED,
    ask: () => ({
      query: 'query O($year: Int!) { plansOver(year: $year, level: DEPARTMENT) { name } }',
      variables: { year: YEAR },
    }),
  },
  'Query.planDemand': {
    ...CLOSED,
    ask: () => ({ query: 'query D($year: Int!) { planDemand(year: $year) { systems } }', variables: { year: YEAR } }),
  },
  // No year is that, so that asking changes nothing.
  'Mutation.savePlanYear': {
    ...CLOSED,
    ask: () => ({
      query:
        'mutation M($input: SavePlanYearInput!) { savePlanYear(input: $input) { planYear { year } errors { code path } } }',
      variables: {
        input: {
          idempotencyKey: newId(),
          expectedVersion: 0,
          year: 1,
          opensOn: '2026-01-01',
          closesOn: '2026-02-01',
          additionFrom: '0',
          note: '',
        },
      },
    }),
  },
  // A plan is written by its own department only.
  'Mutation.createPlan': {
    ...CLOSED,
    ask: mutation('createPlan', 'CreatePlanInput', (f, exists) => ({
      kind: 'ANNUAL',
      year: 1,
      departmentId: exists ? f.departmentId : toNodeId('Department', newId()),
    })),
  },
  'Mutation.savePlanLine': {
    ...CLOSED,
    ask: mutation('savePlanLine', 'SavePlanLineInput', (f, exists) => ({
      planId: planOf(f, exists),
      expectedVersion: 1,
      line,
    })),
  },
  'Mutation.removePlanLines': {
    ...CLOSED,
    ask: mutation('removePlanLines', 'RemovePlanLinesInput', (f, exists) => ({
      planId: planOf(f, exists),
      expectedVersion: 1,
      lineIds: [],
    })),
  },
  'Mutation.reducePlanLine': {
    ask: mutation('reducePlanLine', 'ReducePlanLineInput', (f, exists) => ({
      planId: planOf(f, exists),
      expectedVersion: 1,
      lineId: toNodeId('PlanLine', newId()),
      acceptedCount: 0,
      reason: 'x',
    })),
    seen: ['reviewer'],
    // It is approved already: whoever reviews for the province is told so.
    shows: says('ILLEGAL_TRANSITION'),
  },
  'Mutation.decidePlan': {
    ask: mutation('decidePlan', 'DecidePlanInput', (f, exists) => ({
      id: planOf(f, exists),
      expectedVersion: 1,
      action: 'RETURN',
      opinion: 'x',
    })),
    seen: PLANS_OF_ALL,
    shows: says('ILLEGAL_TRANSITION'),
  },
  'Mutation.approvePlans': {
    ask: (f, exists) => ({
      query:
        'mutation M($input: ApprovePlansInput!) { approvePlans(input: $input) { results { plan { id } errors { code message path } } } }',
      variables: { input: { idempotencyKey: newId(), items: [{ id: planOf(f, exists), expectedVersion: 1 }] } },
    }),
    seen: ['authority'],
    shows: says('ILLEGAL_TRANSITION'),
  },
  'Mutation.setPlanQuotas': {
    ask: mutation('setPlanQuotas', 'SetPlanQuotasInput', (f, exists) => ({
      id: planOf(f, exists),
      expectedVersion: 1,
    })),
    seen: ['reviewer'],
    shows: says('ILLEGAL_TRANSITION'),
  },
};

/** This year's approved plan of the foreign department. */
export async function foreignPlanId(clients: Clients, departmentId: string): Promise<string> {
  const { plans } = await (clients.get('authority') as ConsoleClient).data(
    'query P($filter: PlanFilter) { plans(first: 1, filter: $filter) { nodes { id } } }',
    { filter: { departmentId, year: YEAR, kind: 'ANNUAL' } },
  );
  return plans.nodes[0].id;
}

export async function planNodes(_clients: Clients, foreign: Foreign): Promise<NodeIds> {
  return { Plan: [foreign.planId, PLANS_OF_ALL] };
}
