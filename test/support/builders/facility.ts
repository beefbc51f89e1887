import type { Center, Cluster, Pool } from '../../../server/src/facilities/domain/facility.js';
import { newId } from '../../../server/src/platform/database/ids.js';

export function center(more: Partial<Center> = {}): Center {
  return {
    id: newId(),
    code: 'center-a',
    name: '同城主中心',
    role: 'ACTIVE_A',
    life: 'IN_SERVICE',
    opensOn: null,
    version: 1,
    ...more,
  };
}

export function cluster(center: Center, more: Partial<Cluster> = {}): Cluster {
  return { id: newId(), centerId: center.id, name: `${center.code}-k8s`, reach: 'UNKNOWN', observedAt: null, ...more };
}

export function pool(cluster: Cluster, more: Partial<Pool> = {}): Pool {
  return {
    id: newId(),
    code: 'a-arm64-extranet',
    centerId: cluster.centerId,
    clusterId: cluster.id,
    kind: 'DRIVEN',
    architecture: 'ARM64',
    zone: 'GOVERNMENT_EXTRANET',
    processor: '鲲鹏 920',
    domesticCpu: true,
    protectionLevelMax: 3,
    vcpuOvercommitPercent: 100,
    reserve: { percent: 0, nodes: 0 },
    size: null,
    inMaintenance: false,
    platformName: null,
    cloud: null,
    version: 1,
    present: {
      nodes: 1,
      vcpu: 100,
      memoryMib: 409_600,
      storageGib: { SSD: 10_000, HDD: 20_000 },
      largestMachine: null,
    },
    ...more,
  };
}
