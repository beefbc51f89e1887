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

/** Who has a shift, or leads one. */
const ON_DUTY = ['recovery', 'duty', 'leader'];
/** Who says what tiers and targets are. */
const SAYS = ['recovery'];
const NAME = '外单位容灾组';
const KEYS = [
  ...(['drGroupId', 'drTierId', 'drLinkId', 'drSignalId', 'drProbeId'] as const),
  ...(['drAlertId', 'dutyShiftId', 'handOverId', 'freezeId'] as const),
] as const;

const saysCode = (code: string) => (answer: { data?: unknown }) => JSON.stringify(answer.data).includes(code);
const group = () => toNodeId('DrGroup', newId());
const tier = () => toNodeId('DrTier', newId());
const freeze = () => toNodeId('ChangeFreeze', newId());
const alert = () => toNodeId('DrAlert', newId());
const shift = () => toNodeId('DutyShift', newId());
const handOver = () => toNodeId('DutyHandOver', newId());
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
  'Query.drAlerts': {
    ask: (_f, exists) => ({
      query: 'query A($filter: DrAlertFilter) { drAlerts(filter: $filter) { totalCount } }',
      variables: { filter: { search: exists ? NAME : 'no such alert' } },
    }),
    seen: RESOURCES_OF_ALL,
    shows: listed('drAlerts'),
  },
  // Numbers of what the viewer may see; the list's own case says of whom.
  'Query.drAlertCounts': { ...CLOSED, ask: () => ({ query: '{ drAlertCounts { alerts } }' }) },
  'Query.drAlert': {
    ask: byId('drAlert', (f) => f.drAlertId, alert),
    seen: RESOURCES_OF_ALL,
    shows: has('drAlert', 'id'),
  },
  // A hint that something of DR may be otherwise; it names nothing.
  'Subscription.drChanged': { ...CLOSED, ask: () => ({ query: 'subscription { drChanged { __typename } }' }) },
  'Mutation.acknowledgeDrAlert': {
    ask: act('acknowledgeDrAlert', 'AcknowledgeDrAlertInput', (f, exists) => ({
      ...{ id: exists ? f.drAlertId : alert(), expectedVersion: 99, note: '' },
    })),
    seen: ON_DUTY,
    shows: saysCode('ILLEGAL_TRANSITION'),
  },
  // The roster is nobody's but the province's: names and hours of its own people.
  'Query.dutyRoster': {
    ask: (_f, exists) => ({
      query: 'query R($from: DateTime!, $to: DateTime!) { dutyRoster(from: $from, to: $to) { shifts { id } } }',
      variables: exists
        ? { from: '2030-01-01T00:00:00Z', to: '2030-01-03T00:00:00Z' }
        : { from: '2020-01-01T00:00:00Z', to: '2020-01-03T00:00:00Z' },
    }),
    seen: RESOURCES_OF_ALL,
    shows: ({ data }) => ((data as { dutyRoster?: { shifts: unknown[] } } | null)?.dutyRoster?.shifts ?? []).length > 0,
  },
  'Mutation.addDutyShifts': {
    ...CLOSED,
    ask: act('addDutyShifts', 'AddDutyShiftsInput', () => ({ rows: [] })),
  },
  'Mutation.removeDutyShift': {
    ask: act('removeDutyShift', 'RemoveDutyShiftInput', (f, exists) => ({
      ...{ id: exists ? f.dutyShiftId : shift(), expectedVersion: 99 },
    })),
    seen: SAYS,
    shows: saysCode('VERSION_CONFLICT'),
  },
  'Mutation.offerHandOver': {
    ask: act('offerHandOver', 'OfferHandOverInput', (f, exists) => ({
      ...{
        id: exists ? f.dutyShiftId : shift(),
        expectedVersion: 99,
        note: '说明',
        toUserId: toNodeId('User', newId()),
      },
    })),
    seen: ON_DUTY,
    shows: saysCode('VERSION_CONFLICT'),
  },
  'Mutation.takeHandOver': {
    ask: act('takeHandOver', 'EndHandOverInput', (f, exists) => ({ id: exists ? f.handOverId : handOver() })),
    seen: RESOURCES_OF_ALL,
    shows: saysCode('NOT_PERMITTED'),
  },
  'Mutation.withdrawHandOver': {
    ask: act('withdrawHandOver', 'EndHandOverInput', (f, exists) => ({ id: exists ? f.handOverId : handOver() })),
    seen: ON_DUTY,
    shows: saysCode('NOT_PERMITTED'),
  },
  // Announced to everybody: of no department.
  'Query.changeFreezes': { ...CLOSED, ask: () => ({ query: '{ changeFreezes { id } }' }) },
  'Mutation.setChangeFreeze': {
    ...CLOSED,
    ask: act('setChangeFreeze', 'SetChangeFreezeInput', () => ({
      ...{ title: '', reason: '', from: '2020-01-01T00:00:00Z', to: '2020-01-02T00:00:00Z' },
    })),
  },
  'Mutation.endChangeFreeze': {
    ask: act('endChangeFreeze', 'EndChangeFreezeInput', (f, exists) => ({
      ...{ id: exists ? f.freezeId : freeze(), expectedVersion: 99 },
    })),
    // Whoever set it, before it runs; a leader, whenever.
    seen: [...SAYS, 'leader'],
    shows: saysCode('VERSION_CONFLICT'),
  },
  'Mutation.releaseFromFreeze': {
    ask: act('releaseFromFreeze', 'ReleaseFromFreezeInput', (f, exists) => ({
      ...{ id: exists ? f.freezeId : freeze(), subjectType: 'System', subject: f.systemCode, reason: '说明' },
      until: '2020-01-01T00:00:00Z',
    })),
    seen: ['leader'],
    shows: saysCode('ILLEGAL_TRANSITION'),
  },
  'Mutation.setDrLinkPaths': {
    ask: act('setDrLinkPaths', 'SetDrLinkPathsInput', (f, exists) => ({
      ...{ id: exists ? f.drLinkId : toNodeId('DrLink', newId()), expectedVersion: 99, arbiterPaths: [] },
    })),
    seen: SAYS,
    shows: saysCode('VERSION_CONFLICT'),
  },
  'Mutation.askDrLinkMode': {
    ask: act('askDrLinkMode', 'AskDrLinkModeInput', (f, exists) => ({
      ...{
        id: exists ? f.drLinkId : toNodeId('DrLink', newId()),
        expectedVersion: 99,
        toMode: 'ASYNC',
        reason: '说明',
      },
    })),
    seen: SAYS,
    shows: saysCode('VERSION_CONFLICT'),
  },
  'Mutation.agreeDrLinkMode': {
    ask: act('agreeDrLinkMode', 'DrLinkInput', (f, exists) => ({
      ...{ id: exists ? f.drLinkId : toNodeId('DrLink', newId()), expectedVersion: 99 },
    })),
    seen: ['authority', 'leader'],
    shows: saysCode('VERSION_CONFLICT'),
  },
  'Mutation.withdrawDrLinkMode': {
    ask: act('withdrawDrLinkMode', 'DrLinkInput', (f, exists) => ({
      ...{ id: exists ? f.drLinkId : toNodeId('DrLink', newId()), expectedVersion: 99 },
    })),
    seen: SAYS,
    shows: saysCode('VERSION_CONFLICT'),
  },
};

export async function drNodes(_clients: Clients, foreign: Foreign): Promise<NodeIds> {
  return {
    DrGroup: [foreign.drGroupId, RESOURCES_OF_ALL],
    DrAlert: [foreign.drAlertId, RESOURCES_OF_ALL],
    DrLink: [foreign.drLinkId, 'open'],
  };
}

/** A group of the foreign system with a tier that somebody composed, and a link, which is nobody's. */
export async function foreignGroup(
  { test }: TestConsole,
  systemNodeId: string,
): Promise<Pick<Foreign, (typeof KEYS)[number]>> {
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
  // Of an alert that has been open for long, and that nobody is called for: nothing moves it while the matrix is asked.
  const [alertId, shiftId, handOverId] = [newId(), newId(), newId()];
  await test.db.query(
    `insert into dr_alert (id, code, subject_kind, subject_id, rule, open_key, state, severity, calls_out, group_id, system_id,
       department_id, name, reason, seen_at, opened_at, closed_at, series, version)
     select ?, 'GJ-2026-900001', 'GROUP', g.id, 'MACHINES_MISSING', null, 'CLOSED', 'WARNING', 0, g.id, g.system_id, g.department_id,
       g.name, '{"code":"MACHINES_MISSING","grade":"BROKEN","tierId":null,"role":"ACTIVE_B","signal":null,"count":1,"of":2,"resourceIds":[]}',
       now(), now(), now(), 1, 1 from dr_group g where g.id = ?`,
    [alertId, groupId],
  );
  await test.db.query(
    `insert into duty_shift (id, center_id, role, user_id, from_at, to_at, made_by, made_at, version)
     select ?, c.id, 'ENGINEER', ?, '2030-01-01 00:00', '2030-01-02 00:00', '某人', now(), 1 from center c limit 1`,
    [shiftId, newId()],
  );
  await test.db.query(
    `insert into duty_hand_over (id, shift_id, open_key, to_user_id, note, open_alerts, given_by, given_at, withdrawn_at)
     values (?, ?, null, ?, '说明', 0, '某人', now(), now())`,
    [handOverId, shiftId, newId()],
  );
  // Long over: it forbids nothing that other cases do.
  const freezeId = newId();
  await test.db.query(
    `insert into change_freeze (id, code, title, reason, from_at, to_at, made_by, made_at, version)
     values (?, 'FW-2020-900001', '旧封网', '说明', '2020-01-01', '2020-01-02', '某人', '2020-01-01', 1)`,
    [freezeId],
  );
  const [link] = await test.db.query('select id from dr_link limit 1');
  return {
    drGroupId: toNodeId('DrGroup', groupId),
    drTierId: toNodeId('DrTier', tierId),
    drSignalId: toNodeId('DrSignal', signalId),
    drProbeId: toNodeId('DrProbe', probeId),
    drAlertId: toNodeId('DrAlert', alertId),
    dutyShiftId: toNodeId('DutyShift', shiftId),
    handOverId: toNodeId('DutyHandOver', handOverId),
    freezeId: toNodeId('ChangeFreeze', freezeId),
    drLinkId: toNodeId('DrLink', link.id),
  };
}
