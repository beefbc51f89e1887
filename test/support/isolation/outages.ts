import { FacilitiesService } from '../../../server/src/facilities/facilities.service.js';
import { toNodeId } from '../../../server/src/kernel/node-id.js';
import { Outages } from '../../../server/src/outages/outages.service.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { viewerWith } from '../application.ts';
import type { TestConsole } from '../console.ts';
import type { GraphqlAnswer } from '../console-client.ts';
import { idOf } from '../request-journey.ts';
import { type Case, type Cases, type Clients, type Foreign, listed, type NodeIds, RESOURCES_OF_ALL } from './case.ts';

/** The book of outages is the house's: no department, city, vendor or provider ever reads a line of it. */
const OUTAGE_READERS = [...RESOURCES_OF_ALL];
const OUTAGE_KEEPERS = ['facility', 'duty'];

const refused = (answer: GraphqlAnswer<Record<string, never>>) => JSON.stringify(answer.data ?? null).includes('code');
const act = (mutation: string, input: string, values: Record<string, unknown>): Case => ({
  ask: () => ({
    query: `mutation M($input: ${input}!) { ${mutation}(input: $input) { outage { id } errors { code message path } } }`,
    variables: { input: { idempotencyKey: newId(), ...values } },
  }),
  seen: OUTAGE_KEEPERS,
  shows: refused,
});
const facts = {
  ...{ layer: 'PLATFORM', centerId: toNodeId('Center', newId()), title: '', from: '2026-10-01T00:00:00.000Z' },
  ...{ liability: 'PROVIDER', source: '' },
};
const named = { id: toNodeId('Outage', newId()), expectedVersion: 1 };

export const outageCases: Cases = {
  'Query.outages': {
    ask: (_f, exists) => ({
      query: `{ outages(filter: { search: ${exists ? 'null' : '"nothing"'} }) { totalCount } }`,
    }),
    seen: OUTAGE_READERS,
    shows: listed('outages'),
  },
  'Mutation.recordOutage': act('recordOutage', 'RecordOutageInput', facts),
  'Mutation.correctOutage': act('correctOutage', 'CorrectOutageInput', { ...facts, ...named }),
  'Mutation.withdrawOutage': act('withdrawOutage', 'WithdrawOutageInput', { ...named, reason: 'x' }),
};

/** One outage of a center of the province. */
export async function foreignOutage({ application }: TestConsole): Promise<Pick<Foreign, 'outageId'>> {
  const get = <T>(type: new (...args: never[]) => T): T => application.get(type, { strict: false });
  const [center] = await get(FacilitiesService).centers();
  const from = new Date(Math.floor(Date.now() / 60_000) * 60_000 - 3_600_000);
  const id = idOf(
    await get(Outages).record(viewerWith(['DUTY_ENGINEER'], null), {
      ...{ idempotencyKey: newId(), layer: 'PLATFORM', centerId: center?.id, poolId: null, title: '隔离测试' },
      ...{ fromAt: from, toAt: null, liability: 'PROVIDER', excuse: null, source: '监控', orderCode: null },
      ...{ windowCode: null, systemIds: [], fileIds: [] },
    }),
  );
  return { outageId: toNodeId('Outage', id) };
}

export async function outageNodes(_clients: Clients, foreign: Foreign): Promise<NodeIds> {
  return { Outage: [foreign.outageId, OUTAGE_READERS] };
}
