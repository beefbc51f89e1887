import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { CalendarDate } from '../kernel/calendar.js';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { Node } from '../platform/graphql/relay.js';
import { CENTER_ACTIONS, type CenterAction, centerLifeTable, takesPromises } from './domain/center-life.js';
import { CLOUD_KINDS, type CloudKind } from './domain/consolidation.js';
import {
  ARCHITECTURES,
  type Architecture,
  CENTER_LIVES,
  CENTER_ROLES,
  type Center,
  type CenterLife,
  type CenterRole,
  CLUSTER_REACHES,
  type Cluster,
  type ClusterReach,
  NETWORK_ZONES,
  type NetworkZone,
  POOL_KINDS,
  type Pool,
  type PoolKind,
} from './domain/facility.js';

export const CenterRoleEnum = enumOf(CENTER_ROLES);
registerEnumType(CenterRoleEnum, {
  name: 'CenterRole',
  valuesMap: {
    ACTIVE_A: { description: '同城双活 A' },
    ACTIVE_B: { description: '同城双活 B' },
    RECOVERY: { description: '异地灾备' },
  },
});

const CenterLifeEnum = enumOf(CENTER_LIVES);
registerEnumType(CenterLifeEnum, { name: 'CenterLife' });

export const CenterActionEnum = enumOf(CENTER_ACTIONS);
registerEnumType(CenterActionEnum, { name: 'CenterAction' });

export const PoolKindEnum = enumOf(POOL_KINDS);
registerEnumType(PoolKindEnum, {
  name: 'PoolKind',
  valuesMap: {
    DRIVEN: { description: 'By Kubernetes.' },
    RECORDED: { description: 'A foreign platform or cloud: fulfilled by work order.' },
  },
});

export const CloudKindEnum = enumOf(CLOUD_KINDS);
registerEnumType(CloudKindEnum, {
  name: 'CloudKind',
  valuesMap: {
    CITY_CLOUD: { description: '城市云' },
    DEPARTMENT_CLOUD: { description: '部门云' },
    DEPARTMENT_DATA_CENTER: { description: '部门数据中心' },
    PRIVATE_NETWORK: { description: '专有网' },
    FOREIGN_PLATFORM: { description: '异构平台' },
  },
});

export const ArchitectureEnum = enumOf(ARCHITECTURES);
registerEnumType(ArchitectureEnum, {
  name: 'Architecture',
  valuesMap: { AMD64: { description: '海光, 兆芯' }, ARM64: { description: '鲲鹏, 飞腾' } },
});

export const NetworkZoneEnum = enumOf(NETWORK_ZONES);
registerEnumType(NetworkZoneEnum, {
  name: 'NetworkZone',
  valuesMap: {
    GOVERNMENT_EXTRANET: { description: '政务外网区' },
    INTERNET: { description: '互联网区' },
    BUSINESS_LINE: { description: '业务专网区' },
  },
});

const ClusterReachEnum = enumOf(CLUSTER_REACHES);
registerEnumType(ClusterReachEnum, { name: 'ClusterReach' });

@ObjectType('Center', { implements: () => [Node], description: '数据中心: a site.' })
export class CenterNode extends Node {
  @Field(() => String)
  code: string;

  @Field(() => String)
  name: string;

  @Field(() => CenterRoleEnum)
  role: CenterRole;

  @Field(() => CenterLifeEnum)
  life: CenterLife;

  @Field(() => String, { nullable: true, description: 'The day on which it is to open, while it is not.' })
  opensOn: CalendarDate | null;

  @Field(() => [CenterActionEnum], { description: 'What its life allows next, whoever asks.' })
  nextActions: CenterAction[];

  @Field(() => Int)
  version: number;

  readonly uuid: string;

  constructor(center: Center) {
    super();
    this.id = toNodeId('Center', center.id);
    this.code = center.code;
    this.name = center.name;
    this.role = center.role;
    this.life = center.life;
    this.opensOn = takesPromises(center.life) ? null : (center.opensOn ?? null);
    this.nextActions = Object.keys(centerLifeTable.transitions[center.life]) as CenterAction[];
    this.version = center.version;
    this.uuid = center.id;
  }
}

@ObjectType('Cluster', { implements: () => [Node], description: 'The Kubernetes cluster of a center.' })
export class ClusterNode extends Node {
  @Field(() => String)
  name: string;

  @Field(() => ClusterReachEnum)
  reach: ClusterReach;

  @Field(() => Date, { nullable: true, description: 'When the cluster last said anything.' })
  observedAt: Date | null;

  constructor(cluster: Cluster) {
    super();
    this.id = toNodeId('Cluster', cluster.id);
    this.name = cluster.name;
    this.reach = cluster.reach;
    this.observedAt = cluster.observedAt;
  }
}

@ObjectType('PoolAccelerators', { description: 'Pieces of one class of accelerators.' })
export class PoolAcceleratorsNode {
  @Field(() => String)
  name!: string;
  @Field(() => Int)
  count!: number;
}

@ObjectType('PoolSize', { description: 'The hardware that the promise is reckoned from, before overcommit.' })
export class PoolSizeNode {
  @Field(() => Int, { nullable: true })
  nodes!: number | null;
  @Field(() => Number)
  vcpu!: number;
  @Field(() => Number)
  memoryMib!: number;
  @Field(() => Number)
  ssdGib!: number;
  @Field(() => Number)
  hddGib!: number;
}

@ObjectType('PoolSizing', { description: 'How much of a pool is promised, and why.' })
export class PoolSizingNode {
  @Field(() => Int)
  vcpuOvercommitPercent!: number;
  @Field(() => Int)
  reservePercent!: number;
  @Field(() => Int)
  reserveNodes!: number;
  @Field(() => PoolSizeNode, { nullable: true, description: 'Null = not sized yet: nothing is promised.' })
  size!: PoolSizeNode | null;
  @Field(() => PoolSizeNode, { nullable: true, description: 'What the cluster counts today.' })
  counted!: PoolSizeNode | null;
  @Field(() => [PoolAcceleratorsNode])
  accelerators!: PoolAcceleratorsNode[];
}

@ObjectType('Cloud', { description: 'What is not yet 集约: whose it is and how it comes into the centers.' })
export class CloudNode {
  @Field(() => CloudKindEnum)
  kind!: CloudKind;
  @Field(() => String, { nullable: true })
  migrationPlan!: string | null;
  @Field(() => String, { nullable: true, description: 'YYYY-MM-DD' })
  migrationTarget!: string | null;
  @Field(() => Int, { nullable: true })
  servers!: number | null;
  @Field(() => Int, { nullable: true })
  rackUnits!: number | null;
  readonly ownerDepartmentId!: string;
}

@ObjectType('Pool', {
  implements: () => [Node],
  description:
    "资源池: countable capacity per architecture and network zone, a cluster's (DRIVEN) or a foreign platform's (RECORDED).",
})
export class PoolNode extends Node {
  @Field(() => String)
  code: string;

  @Field(() => PoolKindEnum)
  kind: PoolKind;

  @Field(() => ArchitectureEnum)
  architecture: Architecture;

  @Field(() => NetworkZoneEnum)
  zone: NetworkZone;

  @Field(() => String)
  processor: string;

  @Field(() => Boolean, { description: '信创: its processors are domestic.' })
  domesticCpu: boolean;

  @Field(() => Int, { description: '等保: it carries systems of this level and below.' })
  protectionLevelMax: number;

  @Field(() => String, { nullable: true, description: 'Of a foreign platform.' })
  platformName: string | null;

  @Field(() => Boolean, { description: 'A running maintenance window takes all of it.' })
  inMaintenance: boolean;

  @Field(() => Int)
  version: number;

  readonly uuid: string;
  readonly centerId: string | null;
  readonly row: Pool;

  constructor(pool: Pool) {
    super();
    this.id = toNodeId('Pool', pool.id);
    this.code = pool.code;
    this.kind = pool.kind;
    this.architecture = pool.architecture;
    this.zone = pool.zone;
    this.processor = pool.processor;
    this.domesticCpu = pool.domesticCpu;
    this.protectionLevelMax = pool.protectionLevelMax;
    this.platformName = pool.platformName;
    this.inMaintenance = pool.inMaintenance;
    this.version = pool.version;
    this.uuid = pool.id;
    this.centerId = pool.centerId;
    this.row = pool;
  }
}
