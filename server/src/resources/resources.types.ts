import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { StorageTierEnum } from '../allocation/allocation.types.js';
import type { MachineSize } from '../allocation/domain/capacity.js';
import type { Bilingual } from '../kernel/bilingual.js';
import type { CalendarDate } from '../kernel/calendar.js';
import { toNodeId } from '../kernel/node-id.js';
import type { ZoneNic } from '../networks/domain/zone-nic.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { RESOURCE_ACTIONS, type ResourceAction } from './domain/life-actions.js';
import type { LiveRoom } from './domain/live-resize.js';
import {
  MATCHES,
  type Match,
  matchOf,
  type Presence,
  RESOURCE_MANAGEMENTS,
  RESOURCE_ORIGINS,
  type ResourceManagement,
  type ResourceOrigin,
} from './domain/management.js';
import { type ObservedPhase, RESOURCE_STATES, type ResourceState } from './domain/resource-state.js';
import type { OffReason } from './domain/term.js';
import type { ResourceLifeFacts } from './resource-life.types.js';
import { ResourceAcceleratorNode } from './resource-parts.graphql.js';

export const ResourceStateEnum = enumOf(RESOURCE_STATES);
registerEnumType(ResourceStateEnum, { name: 'ResourceState' });
export const ResourceKindEnum = { VM: 'VM' } as const;
registerEnumType(ResourceKindEnum, { name: 'ResourceKind' });
export const ResourceManagementEnum = enumOf(RESOURCE_MANAGEMENTS);
registerEnumType(ResourceManagementEnum, {
  name: 'ResourceManagement',
  valuesMap: {
    DRIVEN: { description: 'The console makes and keeps its object.' },
    OBSERVED: { description: '只读纳管: the object was there before; the console reads it only.' },
    RECORDED: { description: '台账登记: no cluster tells of it.' },
  },
});
export const ResourceOriginEnum = enumOf(RESOURCE_ORIGINS);
registerEnumType(ResourceOriginEnum, {
  name: 'ResourceOrigin',
  valuesMap: { INTAKE: { description: '期初: it ran before the console knew of it.' } },
});
export const MatchEnum = enumOf(MATCHES);
registerEnumType(MatchEnum, { name: 'ResourceMatch' });
export const PowerStateEnum = {
  RUNNING: 'RUNNING',
  STARTING: 'STARTING',
  STOPPED: 'STOPPED',
  STOPPING: 'STOPPING',
  UNKNOWN: 'UNKNOWN',
} as const;
export type PowerState = keyof typeof PowerStateEnum;
registerEnumType(PowerStateEnum, { name: 'PowerState' });
export const ResourceActionEnum = enumOf(RESOURCE_ACTIONS);
registerEnumType(ResourceActionEnum, { name: 'ResourceAction' });
export const ResourceOrderEnum = { NEWEST: 'NEWEST', NAME: 'NAME' } as const;
export type ResourceOrder = keyof typeof ResourceOrderEnum;
registerEnumType(ResourceOrderEnum, { name: 'ResourceOrder' });

/** A condition as the cluster reports it; times as ISO text, because it is kept as JSON. */
export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string | null;
  readonly message: string | null;
  readonly since: string | null;
}

/** What provisioning drives a cluster toward. */
export interface ResourceDesired
  extends Pick<
    ResourceLifeFacts,
    | 'formerVcpu'
    | 'formerMemoryMib'
    | 'restartAgreed'
    | 'liveRoom'
    | 'instanceUid'
    | 'restartUid'
    | 'restoringSnapshotId'
    | 'takenOver'
    | 'keepDiskDays'
    | 'attachedDisks'
    | 'diskSnapshot'
    | 'tornDiskUid'
    | 'leavingCenterId'
  > {
  readonly resourceId: string;
  readonly code: string;
  readonly name: string;
  readonly generation: number;
  readonly observedGeneration: number;
  readonly placementEpoch: number;
  readonly intention: 'PRESENT' | 'ABSENT';
  /** Why it is kept off; null = it runs. */
  readonly off: OffReason | null;
  readonly standby: boolean;
  readonly management: ResourceManagement;
  readonly departmentCode: string;
  readonly objectNamespace: string;
  readonly objectName: string;
  /** null = in no center of ours: nobody drives it. */
  readonly centerId: string | null;
  readonly poolId: string;
  readonly claimId: string;
  readonly architecture: 'AMD64' | 'ARM64';
  readonly zone: string;
  readonly vcpu: number;
  readonly memoryMib: number;
  readonly diskGib: number;
  readonly storageTier: 'SSD' | 'HDD';
  readonly accelerators: { readonly [name: string]: number } | null;
  readonly imageSource: unknown;
  /** A VirtualMachineClusterPreference; absent or null = its devices are written out. */
  readonly devicePreference?: string | null;
  readonly firmwareUuid: string;
  readonly macAddress: string;
  /** Addresses that were claimed for it, IPv4 first. */
  readonly claimedAddresses: readonly string[];
  /** Cards on the networks that they belong to, where these know their VLAN. */
  readonly zoneNics: readonly ZoneNic[];
  readonly requestCode: string;
  readonly systemCode: string;
  readonly requestId: string;
  readonly state: ResourceState;
  /** The last reading that was recorded, so that a new one can be seen to say nothing new. */
  readonly recorded: Pick<
    ResourceObservation,
    'power' | 'nodeName' | 'addresses' | 'conditions' | 'statusText' | 'progressPercent' | 'actual'
  >;
}

/** A machine that a cluster has and no record tells of. */
export interface SeenMachine {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly vcpu: number | null;
  readonly memoryMib: number | null;
  readonly power: PowerState;
  /** The resource that it says it is, which the database does not have; null = it names none. */
  readonly claimedResourceId: string | null;
}

export interface UnrecordedMachineRow extends SeenMachine {
  readonly id: string;
  readonly centerId: string;
  readonly firstSeenAt: Date;
}

/** What a department has in one center, for its namespace's quota. */
export interface NamespaceSum {
  readonly departmentCode: string;
  readonly vcpu: number;
  readonly memoryMib: number;
  readonly storageGib: number;
  readonly storageGibByClass: { readonly ssd: number; readonly hdd: number };
  readonly machines: number;
  /** Disks without a machine of their own. */
  readonly keptDisks: number;
  readonly largestVcpu: number;
  readonly largestMemoryMib: number;
}

/** What a cluster has of a machine that the console does not drive. */
export interface ActualMachine {
  readonly presence: Presence;
  readonly vcpu: number | null;
  readonly memoryMib: number | null;
}

/** Of what the console drives: it is put right, not compared. */
export const NOT_COMPARED: ActualMachine = { presence: 'UNKNOWN', vcpu: null, memoryMib: null };

/** One reading of a resource's objects in its cluster. */
export interface ResourceObservation {
  /** Generation of the desired state that the reading answers to. */
  readonly generation: number;
  readonly phase: ObservedPhase;
  readonly power: PowerState;
  readonly nodeName: string | null;
  /** Identity of what runs of it; missing = nothing does. */
  readonly instanceUid?: string | null;
  readonly addresses: readonly string[];
  readonly conditions: readonly Condition[];
  readonly statusText: Bilingual;
  readonly progressPercent: number | null;
  /** Of what is only observed: what the cluster has; vcpu and memoryMib null where its object does not say. */
  readonly actual: ActualMachine;
  /** Of a machine that is being resized: it has its new size, and runs again if it shall. */
  readonly resized?: boolean;
  /** What it may become while it runs; missing = any other size is a restart. */
  readonly liveRoom?: LiveRoom | null;
  /** Of a machine that is gone: its disk was seen to be there, marked as kept. */
  readonly diskKept?: boolean;
  /** Of a machine that was placed elsewhere: nothing of it is left where it was. */
  readonly hasLeft?: boolean;
  readonly observedAt: Date;
}

/** A machine to be made for an allocated claim. */
export interface NewResource {
  readonly code: string;
  readonly name: string;
  readonly objectName: string;
  readonly departmentId: string;
  readonly departmentCode: string;
  readonly systemId: string;
  readonly systemCode: string;
  readonly projectId: string;
  readonly requestId: string;
  readonly requestCode: string;
  readonly lineId: string;
  readonly offerId: string;
  readonly imageId: string;
  /** null = in a city's or department's own cloud, which stands in no center of ours. */
  readonly centerId: string | null;
  readonly poolId: string;
  readonly claimId: string;
  readonly architecture: 'AMD64' | 'ARM64';
  readonly zone: string;
  readonly vcpu: number;
  readonly memoryMib: number;
  readonly diskGib: number;
  readonly storageTier: 'SSD' | 'HDD';
  readonly accelerators: { readonly [name: string]: number } | null;
  readonly imageSource: unknown;
  /** A VirtualMachineClusterPreference; absent or null = its devices are written out. */
  readonly devicePreference?: string | null;
  readonly monthlyFen: bigint;
  /** Its last day; null = long-term. */
  readonly temporaryUntil: CalendarDate | null;
  /** 异地应用级: defined in the recovery center and halted until it is promoted. */
  readonly standby: boolean;
  /** RECORDED: on a foreign platform; people make it and say so. */
  readonly management: ResourceManagement;
}

/** A resource as the API shows it. */
export interface ResourceRow extends Omit<NewResource, 'offerId' | 'imageId'>, ResourceLifeFacts {
  readonly id: string;
  /** null = taken in. */
  readonly offerId: string | null;
  readonly imageId: string | null;
  readonly objectNamespace: string;
  readonly origin: ResourceOrigin;
  /** Where it ran until it was taken in. */
  readonly sourcePlatform: string | null;
  readonly presence: Presence;
  readonly actualVcpu: number | null;
  readonly actualMemoryMib: number | null;
  readonly kind: 'VM';
  readonly state: ResourceState;
  readonly power: PowerState;
  readonly version: number;
  readonly nodeName: string | null;
  readonly addresses: readonly string[];
  readonly conditions: readonly Condition[];
  readonly statusText: Bilingual;
  readonly progressPercent: number | null;
  readonly observedAt: Date | null;
  readonly createdAt: Date;
  readonly deliveredAt: Date | null;
  readonly releasedAt: Date | null;
}

/** A resource with its life so far, as it is taken over from the time before this console. */
export interface PastResource extends Omit<ResourceRow, keyof ResourceLifeFacts> {
  /** Where it is not long-term from its taking over on. */
  readonly life?: Partial<ResourceLifeFacts>;
  readonly firmwareUuid: string;
  readonly macAddress: string;
  readonly generation: number;
  readonly observedGeneration: number;
  readonly placementEpoch: number;
}

/** One entry of such a life; `size` is what the resource was from then on, null where it did not change. */
export interface PastResourceEvent {
  readonly id: string;
  readonly resourceId: string;
  readonly at: Date;
  readonly kind: string;
  readonly text: Bilingual;
  readonly actorName: string;
  readonly size: MachineSize | null;
}

@ObjectType('ResourceActionAvailability')
export class ResourceActionAvailability {
  @Field(() => ResourceActionEnum)
  action!: ResourceAction;
  @Field(() => String, { nullable: true, description: 'null = may be done now.' })
  disabledReason!: string | null;
}

/** Fields of other features' nodes (department, offer, center …) are added by `resources.resolver.ts`. */
@ObjectType('Resource', { implements: () => [Node] })
export class ResourceNode extends Node {
  /** The row behind the node, for field resolvers; not part of the API. */
  row: ResourceRow;
  @Field(() => String)
  code: string;
  @Field(() => String)
  name: string;
  @Field(() => ResourceKindEnum)
  kind: 'VM';
  @Field(() => ResourceStateEnum)
  state: ResourceState;
  @Field(() => PowerStateEnum)
  power: PowerState;
  @Field(() => Int)
  version: number;
  @Field(() => Int)
  vcpu: number;
  @Field(() => Int)
  memoryMib: number;
  @Field(() => Int)
  diskGib: number;
  @Field(() => StorageTierEnum)
  storageTier: 'SSD' | 'HDD';
  @Field(() => [ResourceAcceleratorNode], { description: 'None for most.' })
  accelerators: ResourceAcceleratorNode[];
  @Field(() => String, { nullable: true, description: 'namespace/name in the cluster; null = no cluster knows it.' })
  clusterObject: string | null;
  @Field(() => ResourceManagementEnum)
  management: ResourceManagement;
  @Field(() => ResourceOriginEnum)
  origin: ResourceOrigin;
  @Field(() => MatchEnum, { description: '账实: how record and cluster stand to each other.' })
  match: Match;
  @Field(() => Int, {
    nullable: true,
    description: '实: what its cluster has; null = it does not say, or nobody looked.',
  })
  actualVcpu: number | null;
  @Field(() => Int, { nullable: true })
  actualMemoryMib: number | null;
  @Field(() => String, { nullable: true, description: 'Where it ran until it was taken in.' })
  sourcePlatform: string | null;
  @Field(() => String, { nullable: true })
  nodeName: string | null;
  @Field(() => [String])
  addresses: readonly string[];
  @Field(() => Int, { nullable: true, description: 'Provisioning progress 0-100 while it is known.' })
  progressPercent: number | null;
  @Field(() => Date, { nullable: true, description: 'When the cluster last reported it; null = never.' })
  observedAt: Date | null;
  @Field(() => Date)
  createdAt: Date;
  @Field(() => Date, { nullable: true })
  deliveredAt: Date | null;
  @Field(() => Date, { nullable: true })
  releasedAt: Date | null;

  constructor(row: ResourceRow) {
    super();
    this.row = row;
    this.id = toNodeId('Resource', row.id);
    this.code = row.code;
    this.name = row.name;
    this.kind = row.kind;
    this.state = row.state;
    this.power = row.power;
    this.version = row.version;
    this.vcpu = row.vcpu;
    this.memoryMib = row.memoryMib;
    this.diskGib = row.diskGib;
    this.storageTier = row.storageTier;
    this.accelerators = Object.entries(row.accelerators ?? {}).map(([name, count]) => ({ name, count }));
    this.clusterObject = row.management === 'RECORDED' ? null : `${row.objectNamespace}/${row.objectName}`;
    this.management = row.management;
    this.origin = row.origin;
    this.match = matchOf(row);
    this.actualVcpu = row.actualVcpu;
    this.actualMemoryMib = row.actualMemoryMib;
    this.sourcePlatform = row.sourcePlatform;
    this.nodeName = row.nodeName;
    this.addresses = row.addresses;
    this.progressPercent = row.progressPercent;
    this.observedAt = row.observedAt;
    this.createdAt = row.createdAt;
    this.deliveredAt = row.deliveredAt;
    this.releasedAt = row.releasedAt;
  }
}

export const ResourceConnection = connectionOf(ResourceNode, 'Resource');
