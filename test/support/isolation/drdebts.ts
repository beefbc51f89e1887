import { toNodeId, uuidOf } from '../../../server/src/kernel/node-id.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import type { TestConsole } from '../console.ts';
import {
  type Case,
  type Cases,
  CLOSED,
  type Clients,
  type Foreign,
  listed,
  type NodeIds,
  RESOURCES_OF_ALL,
} from './case.ts';

/** Who settles and waives, and says what may be owed. */
const SETTLES = ['allocator'];
const LINE = '外单位欠账';

const saysCode = (code: string) => (answer: { data?: unknown }) => JSON.stringify(answer.data).includes(code);
const nothing = () => toNodeId('DrDebt', newId());
const searched =
  (field: string, of: string): Case['ask'] =>
  (_f, exists) => ({
    query: `query D($filter: DrDebtFilter) { ${field}(filter: $filter) { ${of} } }`,
    variables: { filter: { search: exists ? LINE : 'no such line' } },
  });

export const drDebtCases: Cases = {
  'Query.drDebts': { ask: searched('drDebts', 'totalCount'), seen: RESOURCES_OF_ALL, shows: listed('drDebts') },
  'Query.drDebtTotals': {
    ask: searched('drDebtTotals', 'debts'),
    seen: RESOURCES_OF_ALL,
    shows: ({ data }) => ((data as { drDebtTotals?: unknown[] } | null)?.drDebtTotals?.length ?? 0) > 0,
  },
  'Query.drDebtPolicies': {
    ...CLOSED,
    ask: () => ({ query: '{ drDebtPolicies { number rules { departmentCount } } }' }),
  },
  'Mutation.changeDrDebtPolicy': {
    ...CLOSED,
    ask: () => ({
      query:
        'mutation M($input: ChangeDrDebtPolicyInput!) { changeDrDebtPolicy(input: $input) { errors { code message path } } }',
      variables: { input: { idempotencyKey: newId(), expectedVersion: 99, reason: '说明', rules: [] } },
    }),
  },
  // Its version is never what is said here: who may act is told so, everybody else that there is none.
  'Mutation.waiveDrDebt': {
    ask: (f, exists) => ({
      query:
        'mutation M($input: WaiveDrDebtInput!) { waiveDrDebt(input: $input) { debt { id } errors { code message path } } }',
      variables: {
        input: { id: exists ? f.drDebtId : nothing(), expectedVersion: 99, reason: '说明', idempotencyKey: newId() },
      },
    }),
    seen: SETTLES,
    shows: saysCode('VERSION_CONFLICT'),
  },
  'Mutation.settleDrDebts': {
    ask: (f, exists) => ({
      query:
        'mutation M($input: SettleDrDebtsInput!) { settleDrDebts(input: $input) { results { errors { code message path } } errors { code message path } } }',
      variables: {
        input: { idempotencyKey: newId(), items: [{ id: exists ? f.drDebtId : nothing(), expectedVersion: 99 }] },
      },
    }),
    seen: SETTLES,
    shows: saysCode('VERSION_CONFLICT'),
  },
};

export async function drDebtNodes(_clients: Clients, foreign: Foreign): Promise<NodeIds> {
  return { DrDebt: [foreign.drDebtId, RESOURCES_OF_ALL] };
}

/** What the foreign department is owed of the recovery center, as a hold and a grant leave it. */
export async function foreignDebt({ test }: TestConsole, requestNodeId: string): Promise<Pick<Foreign, 'drDebtId'>> {
  const id = newId();
  const requestId = uuidOf('Request', requestNodeId);
  const thing = { kind: 'VM', vcpu: 1, memoryMib: 1024, diskGib: 20, storageTier: 'SSD', standbyRatioPercent: 50 };
  await test.db.query(
    `insert into dr_debt (id, request_id, request_code, line_id, line_name, department_id, system_id, kind, share, standing,
       role, thing, item_count, machines, vcpu, memory_mib, storage_gib, servers, half_units, power_w, state, since, firm_at, version, live)
     select ?, r.id, r.code, l.id, ?, r.department_id, r.system_id, 'VM', 'RECOVERY', 'STANDBY',
       'RECOVERY', ?, 1, 1, 1, 512, 20, 0, 0, 0, 'OPEN', now(), now(), 1, 1
     from request r join request_line l on l.request_id = r.id where r.id = ? limit 1`,
    [id, LINE, JSON.stringify(thing), requestId],
  );
  return { drDebtId: toNodeId('DrDebt', id) };
}
