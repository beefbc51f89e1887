import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { Node } from '../platform/graphql/relay.js';
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
  type Pool,
} from './domain/facility.js';

const CenterRoleEnum = enumOf(CENTER_ROLES);
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

  readonly uuid: string;

  constructor(center: Center) {
    super();
    this.id = toNodeId('Center', center.id);
    this.code = center.code;
    this.name = center.name;
    this.role = center.role;
    this.life = center.life;
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

@ObjectType('Pool', {
  implements: () => [Node],
  description: "资源池: a cluster's countable capacity per architecture and network zone.",
})
export class PoolNode extends Node {
  @Field(() => String)
  code: string;

  @Field(() => ArchitectureEnum)
  architecture: Architecture;

  @Field(() => NetworkZoneEnum)
  zone: NetworkZone;

  readonly uuid: string;
  readonly centerId: string;

  constructor(pool: Pool) {
    super();
    this.id = toNodeId('Pool', pool.id);
    this.code = pool.code;
    this.architecture = pool.architecture;
    this.zone = pool.zone;
    this.uuid = pool.id;
    this.centerId = pool.centerId;
  }
}
