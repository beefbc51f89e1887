import { say } from '../kernel/bilingual.js';
import { memoryWords } from '../kernel/quantity.js';
import { liveMigration } from './domain/live-migration.js';
import { phaseOf, stateAfter } from './domain/resource-state.js';
import type { ResourceEntity } from './resources.entity.js';
import type { NewResourceEvent } from './resources.repository.js';
import type { ResourceObservation } from './resources.types.js';

/** What is read, and locked, of a resource whose machine was looked at. */
export const BEFORE_OBSERVATION = [
  'id',
  'state',
  'generation',
  'version',
  'standby',
  'claimId',
  'requestId',
  'monthlyFen',
  'vcpu',
  'memoryMib',
  'diskGib',
  'storageTier',
  'deliveredAt',
  'releasedAt',
  'temporaryUntil',
  'reviewFrom',
  'restartUid',
  'formerVcpu',
  'formerMemoryMib',
  'nodeName',
  'instanceUid',
  'leavingCenterId',
  'leftAt',
] as const satisfies readonly (keyof ResourceEntity)[];

export type RowBefore = Pick<ResourceEntity, (typeof BEFORE_OBSERVATION)[number]>;

/** What a look may change: written whole, in one statement for all machines of a transaction. */
export const OBSERVED_COLUMNS = [
  'state',
  'live',
  'version',
  'observedGeneration',
  'power',
  'nodeName',
  'instanceUid',
  'addresses',
  'conditions',
  'statusText',
  'progressPercent',
  'presence',
  'actualVcpu',
  'actualMemoryMib',
  'observedAt',
  'deliveredAt',
  'releasedAt',
  'reviewFrom',
  'restartUid',
  'formerVcpu',
  'formerMemoryMib',
  'liveRoom',
  'leavingCenterId',
  'leftAt',
] as const satisfies readonly (keyof ResourceEntity)[];

export type ObservedRow = Readonly<Pick<ResourceEntity, 'id'>> &
  Readonly<Record<(typeof OBSERVED_COLUMNS)[number], unknown>>;

export interface AfterObservation {
  readonly row: ObservedRow;
  readonly to: RowBefore['state'];
  /** A resize that was under way has just been carried out. */
  readonly resized: boolean;
  readonly events: readonly NewResourceEvent[];
}

const BY = 'Kubernetes';

/** What a resource's record says once its machine was looked at. */
export function afterObservation(before: RowBefore, o: ResourceObservation, now: Date): AfterObservation {
  const isNewest = o.generation === before.generation;
  const to = stateAfter(before.state, phaseOf(before, o.phase), isNewest);
  const delivered = before.deliveredAt === null && to === 'IN_USE';
  const resized = before.formerVcpu !== null && o.resized === true && isNewest;
  // Another runs: what was to end has ended.
  const restarted = before.restartUid !== null && o.instanceUid && o.instanceUid !== before.restartUid;
  const left = before.leavingCenterId !== null && o.hasLeft === true && isNewest;
  const row: ObservedRow = {
    id: before.id,
    state: to,
    live: to === 'RELEASED' ? null : 1,
    version: before.version + (to === before.state ? 0 : 1),
    observedGeneration: o.generation,
    power: o.power,
    nodeName: o.nodeName,
    instanceUid: o.instanceUid ?? null,
    addresses: o.addresses,
    conditions: o.conditions,
    statusText: o.statusText,
    progressPercent: o.progressPercent,
    presence: o.actual.presence,
    actualVcpu: o.actual.vcpu,
    actualMemoryMib: o.actual.memoryMib,
    observedAt: o.observedAt,
    deliveredAt: delivered ? now : before.deliveredAt,
    releasedAt: to === 'RELEASED' ? now : before.releasedAt,
    reviewFrom: delivered && before.temporaryUntil === null ? now : before.reviewFrom,
    restartUid: restarted ? null : before.restartUid,
    formerVcpu: resized ? null : before.formerVcpu,
    formerMemoryMib: resized ? null : before.formerMemoryMib,
    liveRoom: o.liveRoom ?? null,
    leavingCenterId: left ? null : before.leavingCenterId,
    leftAt: left ? now : before.leftAt,
  };
  const of = { resourceId: before.id, actorName: BY };
  const migrated = liveMigration(before, o);
  const events = [
    ...(to === before.state ? [] : [{ ...of, kind: to, text: o.statusText }]),
    ...(left ? [{ ...of, kind: 'LEFT', text: o.statusText }] : []),
    ...(migrated === null ? [] : [{ ...of, kind: 'MIGRATED', text: migrated }]),
    ...(resized ? [resizedEvent(before, o.statusText)] : []),
  ];
  return { row, to, resized, events };
}

function resizedEvent(before: RowBefore, where: ResourceObservation['statusText']): NewResourceEvent {
  const { vcpu, memoryMib, diskGib, storageTier } = before;
  return {
    resourceId: before.id,
    kind: 'RESIZED',
    text: say(
      `变更已完成：${vcpu} 核 ${memoryWords(memoryMib)}，磁盘 ${diskGib} GiB（${where.zh}）`,
      `Resized: ${vcpu} vCPU ${memoryWords(memoryMib)}, disk ${diskGib} GiB (${where.en})`,
    ),
    actorName: BY,
    size: { vcpu, memoryMib, diskGib, storageTier },
  };
}
