import { Inject, Injectable, Optional } from '@nestjs/common';
import { stringify } from 'yaml';
import { MachineLogins } from '../documents/machine-logins.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { ResourcesService } from '../resources/resources.service.js';
import type { ResourceDesired } from '../resources/resources.types.js';
import { HostRecords } from '../servers/host-records.service.js';
import type { ServerRow } from '../servers/servers.types.js';
import { ClusterFailure } from './domain/cluster-failure.js';
import { type ClusterObject, keyOf, type Manifest, type ObjectKey } from './domain/cluster-object.js';
import { wantedHost } from './domain/desired-host.js';
import { diskManifest, diskNameOf, machineManifest, namespaceOf } from './domain/desired-manifests.js';
import { type ForeignEdit, foreignEdits } from './domain/drift.js';
import { diskView } from './domain/observe.js';
import { wantedMachine } from './domain/owned-machine.js';
import { CLUSTERS, type ClusterGateway, type Clusters } from './domain/ports.js';
import { shownObject } from './domain/shown-object.js';

/**
 * READ         as the cluster said a moment ago.
 * UNREACHABLE  the cluster did not answer; what is wanted is told all the same.
 * NO_CLUSTER   nothing of it stands in a cluster that this process knows.
 */
export const OBJECT_READS = ['READ', 'UNREACHABLE', 'NO_CLUSTER'] as const;
export type ObjectRead = (typeof OBJECT_READS)[number];

export interface LiveObject {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** YAML; null = it is not there. */
  readonly live: string | null;
  /** YAML; null = the console only reads it. */
  readonly wanted: string | null;
  readonly differences: readonly ForeignEdit[];
  readonly managers: readonly string[];
}

export interface LiveObjectsOfResource {
  readonly read: ObjectRead;
  readonly readAt: Date;
  readonly objects: readonly LiveObject[];
}

interface Asked {
  readonly key: ObjectKey;
  readonly wanted: (live: ClusterObject | undefined) => Manifest | null;
}

/** What its cluster has of a machine or a server, read at this moment and shown; nothing is ever changed here. */
@Injectable()
export class LiveObjects {
  constructor(
    private readonly resources: ResourcesService,
    private readonly logins: MachineLogins,
    private readonly facilities: FacilitiesService,
    private readonly hosts: HostRecords,
    @Inject(CLOCK) private readonly clock: Clock,
    @Optional() @Inject(CLUSTERS) private readonly clusters: Clusters | undefined,
  ) {}

  async of(resourceId: string): Promise<LiveObjectsOfResource> {
    const readAt = this.clock.now();
    const [desired] = await this.resources.desiredOf([resourceId]);
    const gateway = desired && (await this.gatewayOf(desired.centerId));
    if (!desired || !gateway || desired.management === 'RECORDED') return { read: 'NO_CLUSTER', readAt, objects: [] };
    return this.read(gateway, await this.askedOf(desired), readAt);
  }

  /** Its BareMetalHost, whoever made it. */
  async ofServer({
    centerId,
    clusterHost,
    id,
  }: Pick<ServerRow, 'id' | 'centerId' | 'clusterHost'>): Promise<LiveObjectsOfResource> {
    const readAt = this.clock.now();
    const gateway = clusterHost === null ? undefined : await this.gatewayOf(centerId);
    if (!gateway || clusterHost === null) return { read: 'NO_CLUSTER', readAt, objects: [] };
    const [desired] = await this.hosts.desiredOf([id]);
    const { name, namespace } = clusterHost;
    const wanted = desired ? wantedHost(desired) : null;
    return this.read(gateway, [{ key: { kind: 'BareMetalHost', namespace, name }, wanted: () => wanted }], readAt);
  }

  private async read(gateway: ClusterGateway, asked: readonly Asked[], readAt: Date): Promise<LiveObjectsOfResource> {
    try {
      return { read: 'READ', readAt, objects: await Promise.all(asked.map((each) => readOne(gateway, each))) };
    } catch (error) {
      if (!(error instanceof ClusterFailure)) throw error;
      return { read: 'UNREACHABLE', readAt, objects: asked.map((each) => shown(each, undefined)) };
    }
  }

  private async gatewayOf(centerId: string | null): Promise<ClusterGateway | undefined> {
    if (centerId === null || !this.clusters) return undefined;
    const center = (await this.facilities.centers()).find(({ id }) => id === centerId);
    return center && this.clusters.of(center.code);
  }

  /** A secret is no part of it: the console may not even read one. */
  private async askedOf(desired: ResourceDesired): Promise<Asked[]> {
    const { objectName, objectNamespace } = desired;
    if (desired.management === 'OBSERVED')
      return [{ key: { kind: 'VirtualMachine', namespace: objectNamespace, name: objectName }, wanted: () => null }];
    if (desired.takenOver)
      return [
        {
          key: { kind: 'VirtualMachine', namespace: objectNamespace, name: objectName },
          wanted: () => wantedMachine(desired, null),
        },
      ];
    const login = await this.logins.loginOf(desired.resourceId, false);
    const namespace = namespaceOf(desired.departmentCode);
    return [
      {
        key: { kind: 'VirtualMachine', namespace, name: objectName },
        wanted: () => machineManifest(desired, login),
      },
      {
        key: { kind: 'DataVolume', namespace, name: diskNameOf(objectName) },
        // As big as it was made: it grows by its claim.
        wanted: (live) => diskManifest(desired, (live && diskView(live).gib) ?? desired.diskGib),
      },
    ];
  }
}

async function readOne(gateway: ClusterGateway, asked: Asked): Promise<LiveObject> {
  return shown(asked, await gateway.get(asked.key));
}

function shown({ key, wanted }: Asked, live: ClusterObject | undefined): LiveObject {
  const manifest = wanted(live);
  const there = live && shownObject(live);
  return {
    ...{ kind: key.kind, namespace: key.namespace ?? '', name: key.name },
    live: there ? yamlOf(there.fields) : null,
    wanted: manifest && yamlOf(shownObject(manifest).fields),
    differences: live && manifest && keyOf(live).name === key.name ? foreignEdits(manifest, live) : [],
    managers: there?.managers ?? [],
  };
}

/** Not folded and without anchors: people search in it and copy from it. */
function yamlOf(fields: unknown): string {
  return stringify(fields, { lineWidth: 0, aliasDuplicateObjects: false });
}
