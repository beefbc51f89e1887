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
  RESOURCES_OF_ALL,
} from './case.ts';

/** Who says what tiers and targets are. */
const SAYS = ['recovery'];
const NAME = '外单位容灾组';

const saysCode = (code: string) => (answer: { data?: unknown }) => JSON.stringify(answer.data).includes(code);
const group = () => toNodeId('DrGroup', newId());
const tier = () => toNodeId('DrTier', newId());
const TIER = { layer: 'STORAGE', dataKind: 'STATELESS', source: 'NONE', party: 'CENTER' };
const act =
  (name: string, type: string, input: (f: Foreign, exists: boolean) => object): Case['ask'] =>
  (f, exists) => ({
    query: `mutation M($input: ${type}!) { ${name}(input: $input) { errors { code message path } } }`,
    variables: { input: { idempotencyKey: newId(), ...input(f, exists) } },
  });

export const drCases: Cases = {
  'Query.drGroups': {
    ask: (_f, exists) => ({
      query: 'query D($filter: DrGroupFilter) { drGroups(filter: $filter) { totalCount } }',
      variables: { filter: { search: exists ? NAME : 'no such group' } },
    }),
    seen: RESOURCES_OF_ALL,
    shows: listed('drGroups'),
  },
  'Query.drGradeCounts': {
    ask: (_f, exists) => ({
      query: 'query D($filter: DrGroupFilter) { drGradeCounts(filter: $filter) { groups } }',
      variables: { filter: { search: exists ? NAME : 'no such group' } },
    }),
    seen: RESOURCES_OF_ALL,
    shows: ({ data }) =>
      ((data as { drGradeCounts?: { groups: number }[] } | null)?.drGradeCounts ?? []).some(({ groups }) => groups > 0),
  },
  'Query.drGroup': {
    ask: byId('drGroup', (f) => f.drGroupId, group),
    seen: RESOURCES_OF_ALL,
    shows: has('drGroup', 'id'),
  },
  // Of centers and counts only; the foreign group is in none of them by name.
  'Query.drPicture': { ...CLOSED, ask: () => ({ query: '{ drPicture { links { mode } } }' }) },
  'Query.drCenterLoss': {
    ...CLOSED,
    ask: () => ({
      query: 'query L($id: ID!) { drCenterLoss(centerId: $id) { groups { group { name } } } }',
      variables: { id: toNodeId('Center', newId()) },
    }),
  },
  'Mutation.composeDrTier': {
    ask: act('composeDrTier', 'ComposeDrTierInput', (f, exists) => ({
      ...{ ...TIER, name: '层', resourceIds: [], localMode: 'SINGLE', remoteMode: 'NONE' },
      systemId: exists ? f.content.systemId : toNodeId('System', newId()),
    })),
    seen: SAYS,
    shows: saysCode('INVALID_INPUT'),
  },
  'Mutation.editDrTier': {
    ask: act('editDrTier', 'EditDrTierInput', (f, exists) => ({
      ...{ ...TIER, id: exists ? f.drTierId : tier(), expectedVersion: 99 },
    })),
    seen: SAYS,
    shows: saysCode('VERSION_CONFLICT'),
  },
  'Mutation.dissolveDrTier': {
    ask: act('dissolveDrTier', 'DissolveDrTierInput', (f, exists) => ({
      ...{ id: exists ? f.drTierId : tier(), expectedVersion: 99, reason: '说明' },
    })),
    seen: SAYS,
    shows: saysCode('VERSION_CONFLICT'),
  },
  'Mutation.setDrTargets': {
    ask: act('setDrTargets', 'SetDrTargetsInput', (f, exists) => ({
      ...{ id: exists ? f.drGroupId : group(), expectedVersion: 99, elements: [], reason: '说明' },
    })),
    seen: SAYS,
    shows: saysCode('VERSION_CONFLICT'),
  },
  'Query.drSignalHistory': {
    ask: (f, exists) => ({
      query:
        'query H($group: ID!, $signal: ID!) { drSignalHistory(groupId: $group, signalId: $signal, hours: 24) { points { most } } }',
      variables: {
        group: exists ? f.drGroupId : group(),
        signal: exists ? f.drSignalId : toNodeId('DrSignal', newId()),
      },
    }),
    seen: RESOURCES_OF_ALL,
    shows: has('drSignalHistory', 'points'),
  },
  'Mutation.saveDrProbe': {
    ask: act('saveDrProbe', 'SaveDrProbeInput', (f, exists) => ({
      ...{ kind: 'TCP', name: '', target: 'x', family: 'ANY', everySeconds: 30, timeoutMs: 500, enabled: true },
      tierId: exists ? f.drTierId : tier(),
    })),
    seen: SAYS,
    shows: saysCode('INVALID_INPUT'),
  },
  'Mutation.removeDrProbe': {
    ask: act('removeDrProbe', 'RemoveDrProbeInput', (f, exists) => ({
      ...{ id: exists ? f.drProbeId : toNodeId('DrProbe', newId()), expectedVersion: 99, reason: '说明' },
    })),
    seen: SAYS,
    shows: saysCode('VERSION_CONFLICT'),
  },
  'Mutation.setDrLinkPaths': {
    ask: act('setDrLinkPaths', 'SetDrLinkPathsInput', (f, exists) => ({
      ...{ id: exists ? f.drLinkId : toNodeId('DrLink', newId()), expectedVersion: 99, arbiterPaths: [] },
    })),
    seen: SAYS,
    shows: saysCode('VERSION_CONFLICT'),
  },
};

export async function drNodes(_clients: Clients, foreign: Foreign): Promise<NodeIds> {
  return { DrGroup: [foreign.drGroupId, RESOURCES_OF_ALL], DrLink: [foreign.drLinkId, 'open'] };
}

/** A group of the foreign system with a tier that somebody composed, and a link, which is nobody's. */
export async function foreignGroup(
  { test }: TestConsole,
  systemNodeId: string,
): Promise<Pick<Foreign, 'drGroupId' | 'drTierId' | 'drLinkId' | 'drSignalId' | 'drProbeId'>> {
  const systemId = uuidOf('System', systemNodeId);
  const [groupId, tierId, linkId, signalId, probeId] = [newId(), newId(), newId(), newId(), newId()];
  await test.db.query(
    `insert into dr_group (id, system_id, department_id, name, local_mode, remote_mode, elements, edition_number, grade,
       grade_since, reasons, created_at, version)
     select ?, id, department_id, ?, 'DUAL_ACTIVE', 'NONE', '{}', 2, 'UNKNOWN', now(), '[]', now(), 1
     from government_system where id = ?`,
    [groupId, NAME, systemId],
  );
  await test.db.query(
    `insert into dr_tier (id, group_id, name, origin, layer, data_kind, source, party, local_mode, remote_mode, created_at, version)
     values (?, ?, '层', 'COMPOSED', 'STORAGE', 'STATELESS', 'NONE', 'CENTER', 'DUAL_ACTIVE', 'NONE', now(), 1)`,
    [tierId, groupId],
  );
  await test.db.query(
    `insert ignore into dr_link (id, from_center_id, to_center_id, mode, arbiter_paths, version)
     select ?, a.id, b.id, 'SYNC', '[]', 1 from center a join center b on b.role = 'ACTIVE_B' where a.role = 'ACTIVE_A'`,
    [linkId],
  );
  await test.db.query(
    `insert into dr_probe (id, tier_id, name, kind, target, family, every_seconds, timeout_ms, enabled, next_at, version, changed_by, changed_at)
     values (?, ?, '门户', 'TCP', '10.0.0.1:443', 'ANY', 3600, 500, 1, now() + interval 1 day, 1, '某人', now())`,
    [probeId, tierId],
  );
  await test.db.query(
    `insert into dr_signal (id, subject_kind, subject_id, name, towards, source, value, observed_at, max_age_seconds, level, level_since)
     values (?, 'GROUP', ?, 'TARGET_CAPACITY', 'RECOVERY', '容量', 200, utc_timestamp(3), 86400, 'GOOD', utc_timestamp(3))`,
    [signalId, groupId],
  );
  const [link] = await test.db.query('select id from dr_link limit 1');
  return {
    drGroupId: toNodeId('DrGroup', groupId),
    drTierId: toNodeId('DrTier', tierId),
    drSignalId: toNodeId('DrSignal', signalId),
    drProbeId: toNodeId('DrProbe', probeId),
    drLinkId: toNodeId('DrLink', link.id),
  };
}
