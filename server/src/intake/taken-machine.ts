import type { PastClaim } from '../allocation/domain/claim.js';
import { say } from '../kernel/bilingual.js';
import { macAddressOf } from '../resources/domain/identity-of-machine.js';
import type { PastResource, PastResourceEvent } from '../resources/resources.types.js';
import { type IntakeItemDraft, type MachineContent, usageFrom } from './domain/intake-item.js';
import type { ItemOwner } from './intake-quotas.service.js';

export type MachineEntry = IntakeItemDraft & { readonly id: string; readonly content: MachineContent };

/** Whose machine it becomes: one whose system somebody pays for. */
export type MachineOwner = ItemOwner & { readonly projectId: string };

/** What the books call it, and what such a machine costs a month today. */
export interface BookEntry {
  readonly code: string;
  readonly monthlyFen: bigint;
}

export interface TakenMachine {
  readonly claim: PastClaim;
  readonly resource: PastResource;
  readonly events: readonly PastResourceEvent[];
}

/** Where a machine runs that no cluster tells of; with its code it is the name that no other has. */
const NO_NAMESPACE = 'recorded';

/** A machine of the time before as the books have it from now on. `newId` makes an id that carries the given time. */
export function takenMachine(
  batch: { readonly id: string; readonly code: string },
  item: MachineEntry,
  owner: MachineOwner,
  { code, monthlyFen }: BookEntry,
  act: { readonly now: Date; readonly actorName: string; readonly newId: (timeMs: number) => string },
): TakenMachine {
  const { now, actorName, newId } = act;
  const { content } = item;
  const since = usageFrom(item.startedOn);
  const id = newId(now.getTime());
  const { vcpu, memoryMib, diskGib, storageTier } = content;
  const size = { vcpu, memoryMib, diskGib, storageTier };
  const claim: PastClaim = {
    ...size,
    claimId: newId(now.getTime()),
    requestId: batch.id,
    lineId: item.id,
    poolId: content.poolId,
    share: 'MAIN',
    standing: 'RUNNING',
    departmentId: item.departmentId,
    quotaIds: owner.levels.map((level) => level.id),
    state: 'ALLOCATED',
    createdAt: now,
    expiresAt: null,
    allocatedAt: now,
    releasedAt: null,
  };
  const memory = memoryMib % 1024 === 0 ? `${memoryMib / 1024} GiB` : `${memoryMib} MiB`;
  const text = say(
    `期初纳管：${vcpu} 核 ${memory}，磁盘 ${diskGib} GiB，原平台 ${item.sourcePlatform}，自 ${item.startedOn} 起使用`,
    `Taken in: ${vcpu} vCPU ${memory}, disk ${diskGib} GiB, from ${item.sourcePlatform}, in use since ${item.startedOn}`,
  );
  const resource: PastResource = {
    ...size,
    accelerators: null,
    id,
    code,
    kind: 'VM',
    name: item.name,
    departmentId: item.departmentId,
    departmentCode: owner.departmentCode,
    systemId: item.systemId,
    systemCode: owner.systemCode,
    projectId: owner.projectId,
    requestId: batch.id,
    requestCode: batch.code,
    lineId: item.id,
    standby: false,
    offerId: null,
    imageId: null,
    centerId: content.centerId,
    poolId: content.poolId,
    claimId: claim.claimId,
    architecture: content.architecture,
    zone: content.zone,
    imageSource: {},
    objectNamespace: content.object?.namespace ?? NO_NAMESPACE,
    objectName: content.object?.name ?? code.toLowerCase(),
    management: content.object ? 'OBSERVED' : 'RECORDED',
    origin: 'INTAKE',
    sourcePlatform: item.sourcePlatform,
    presence: 'UNKNOWN',
    actualVcpu: null,
    actualMemoryMib: null,
    monthlyFen,
    firmwareUuid: newId(now.getTime()),
    macAddress: macAddressOf(id),
    state: 'IN_USE',
    power: 'UNKNOWN',
    generation: 1,
    observedGeneration: 1,
    placementEpoch: 1,
    version: 1,
    nodeName: null,
    addresses: content.addresses,
    conditions: [],
    statusText: content.object
      ? say('已纳管，等待读取集群', 'Taken in; waiting for its cluster to be read')
      : say('台账登记，无集群状态', 'On record only; no cluster tells of it'),
    progressPercent: null,
    observedAt: null,
    createdAt: now,
    deliveredAt: since,
    releasedAt: null,
  };
  const event = { resourceId: id, text, actorName };
  return {
    claim,
    resource,
    events: [
      { ...event, id: newId(since.getTime()), at: since, kind: 'TAKEN_IN', size },
      {
        ...event,
        id: newId(now.getTime()),
        at: now,
        kind: 'IN_USE',
        text: say(`由纳管批次 ${batch.code} 记账`, `Entered in the books by intake ${batch.code}`),
        size: null,
      },
    ],
  };
}
