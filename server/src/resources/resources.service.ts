import { Injectable } from '@nestjs/common';
import { say } from '../kernel/bilingual.js';
import type { Page, PageRequest } from '../kernel/page.js';
import { memoryWords } from '../kernel/quantity.js';
import type { TenantScope } from '../kernel/viewer.js';
import { AddressesService } from '../networks/addresses.service.js';
import { zoneNicsOf } from '../networks/domain/zone-nic.js';
import type { HeldAddress } from '../networks/networks.types.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import { macAddressOf } from './domain/identity-of-machine.js';
import type { Match } from './domain/management.js';
import type { ResourceState } from './domain/resource-state.js';
import { offReasonOf } from './domain/term.js';
import { afterObservation } from './observed-rows.js';
import type { ResourceEventRow } from './resource-events.graphql.js';
import type { ResourceEntity } from './resources.entity.js';
import {
  type MadeResource,
  type ObjectName,
  type ResourceListFilter,
  ResourcesRepository,
} from './resources.repository.js';
import type {
  NamespaceSum,
  NewResource,
  PastResource,
  PastResourceEvent,
  ResourceDesired,
  ResourceObservation,
  ResourceOrder,
  ResourceRow,
} from './resources.types.js';

/** What was seen of a resource. */
export interface Observed {
  readonly resourceId: string;
  readonly observation: ResourceObservation;
}

/** What became of a resource by what was seen of it. */
export interface Recorded {
  readonly from: ResourceState;
  readonly to: ResourceState;
  readonly claimId: string;
  readonly requestId: string;
  readonly monthlyFen: bigint;
  /** A resize that was under way has just been carried out. */
  readonly resized: boolean;
}

@Injectable()
export class ResourcesService {
  constructor(
    private readonly repository: ResourcesRepository,
    private readonly addresses: AddressesService,
  ) {}

  /** Makes the records of machines whose capacity is allocated; the worker drives the clusters toward them. Gives them with their ids. */
  async create(tx: Tx, resources: readonly NewResource[], actorName: string): Promise<readonly MadeResource[]> {
    const made: MadeResource[] = resources.map((r) => {
      const id = newId(tx.now.getTime());
      return { ...r, id, macAddress: macAddressOf(id), firmwareUuid: newId(tx.now.getTime()) };
    });
    await this.repository.insert(tx, made, say('已批准，等待开通', 'Approved, waiting to be provisioned'));
    await this.repository.appendEvents(
      tx,
      made.map((r) => ({
        resourceId: r.id,
        kind: 'ALLOCATED',
        text: say(
          `资源已分配：${r.vcpu} 核 ${memoryWords(r.memoryMib)}，磁盘 ${r.diskGib} GiB`,
          `Allocated: ${r.vcpu} vCPU ${memoryWords(r.memoryMib)}, disk ${r.diskGib} GiB`,
        ),
        actorName,
        size: { vcpu: r.vcpu, memoryMib: r.memoryMib, diskGib: r.diskGib, storageTier: r.storageTier },
      })),
    );
    for (const r of made) tx.changed('resource', r.id);
    return made;
  }

  /** Takes over resources with their lifecycle records; nothing is announced, because it is long past. */
  takeOver(tx: Tx, resources: readonly PastResource[], events: readonly PastResourceEvent[]): Promise<void> {
    return this.repository.insertPast(tx, resources, events);
  }

  /** Which of these objects are live resources' already, by "center namespace/name" with the resource's code. */
  objectsAmong(objects: readonly ObjectName[], tx?: Tx): Promise<ReadonlyMap<string, string>> {
    return this.repository.objectsAmong(objects, tx?.manager);
  }

  /** Which of these have ended for good, in no particular order. */
  releasedAmong(ids: readonly string[], tx?: Tx): Promise<string[]> {
    return this.repository.releasedAmong(ids, tx?.manager);
  }

  /** Batch for loaders. Unscoped: the caller sees every resource. */
  readonly rows = async (ids: readonly string[]): Promise<(ResourceRow | null)[]> =>
    inOrderOf(ids, await this.repository.byIds(ids), (row) => row.id);

  /** Of those that exist, in no particular order. */
  async desiredOf(resourceIds: readonly string[]): Promise<ResourceDesired[]> {
    const rows = await this.repository.byIds(resourceIds);
    const addresses = await this.addresses.ofSubjects(rows.map((row) => row.id));
    return rows.map((row, at) => toDesired(row, addresses[at] ?? []));
  }

  /** Ids of every resource of a center that has not ended, and of those that have not left it yet, in pages by id. */
  async idsToReconcile(centerId: string, afterId: string | null, limit: number): Promise<string[]> {
    return this.repository.idsToReconcile(centerId, afterId, limit);
  }

  /** Machines that were released in a center since then, or may have left it, in pages by id. */
  async goneSince(centerId: string, since: Date, afterId: string | null, limit: number): Promise<string[]> {
    return this.repository.goneSince(centerId, since, afterId, limit);
  }

  /** Objects of a center's cluster that the console did not make: what is only observed, and what was taken over. */
  observedObjects(centerId: string): Promise<{ resourceId: string; namespace: string; name: string }[]> {
    return this.repository.observedObjects(centerId);
  }

  async namespacesOf(centerId: string): Promise<NamespaceSum[]> {
    return this.repository.namespaceSums(centerId);
  }

  /**
   * The one status write of a reconcile, of all that are written down together. Says in their order from which state to
   * which each resource went; on RELEASED the caller returns its claim in the same transaction.
   */
  async recordObservations(tx: Tx, observed: readonly Observed[]): Promise<Recorded[]> {
    const ids = observed.map(({ resourceId }) => resourceId);
    const rows = new Map((await this.repository.lockedToObserve(tx, ids)).map((row) => [row.id, row]));
    const after = observed.map(({ observation, resourceId }) => {
      const before = rows.get(resourceId);
      if (!before) throw new Error(`resource ${resourceId} has gone while it was observed`);
      return { before, ...afterObservation(before, observation, tx.now) };
    });
    await this.repository.recordObservations(
      tx,
      after.map(({ row }) => row),
    );
    await this.repository.appendEvents(
      tx,
      after.flatMap(({ events }) => events),
    );
    const recorded: Recorded[] = [];
    for (const { before, resized, to } of after) {
      // The machine is gone: what it had as its own goes to rest.
      if (to === 'RELEASED' && before.state !== to) await this.addresses.release(tx, before.id);
      tx.changed('resource', before.id);
      tx.changed('request', before.requestId);
      const { claimId, requestId, monthlyFen } = before;
      recorded.push({ from: before.state, to, claimId, requestId, monthlyFen, resized });
    }
    return recorded;
  }

  /** States of all resources of a request, as this transaction sees them. */
  async statesOfRequest(tx: Tx, requestId: string): Promise<ResourceState[]> {
    return this.repository.liveStatesOfRequest(tx, requestId);
  }

  async inScope(scope: TenantScope, id: string): Promise<ResourceRow | null> {
    return this.repository.inScope(scope, id);
  }

  async page(
    scope: TenantScope,
    filter: ResourceListFilter,
    order: ResourceOrder,
    page: PageRequest,
  ): Promise<Page<ResourceRow>> {
    return this.repository.page(scope, filter, order, page);
  }

  matchCounts(): Promise<{ centerId: string | null; match: Match; count: number }[]> {
    return this.repository.matchCounts();
  }

  async countsByState(scope: TenantScope): Promise<{ state: ResourceState; count: number }[]> {
    return this.repository.countsByState(scope);
  }

  async monthlyFenInUse(scope: TenantScope): Promise<bigint> {
    return this.repository.monthlyFenInUse(scope);
  }

  /** Of these lines those that have not ended, by code. Unscoped: a line is one department's. */
  async ofLines(lineIds: readonly string[]): Promise<ResourceRow[]> {
    return this.repository.ofLines(lineIds);
  }

  /** The same, batch for loaders. */
  readonly mainsOfLines = async (lineIds: readonly string[]): Promise<ResourceRow[][]> => {
    const rows = Map.groupBy(await this.repository.ofLines(lineIds), (row) => row.lineId);
    return lineIds.map((id) => rows.get(id) ?? []);
  };

  /** Callers have already been let see the requests. */
  readonly ofRequests = async (requestIds: readonly string[]): Promise<ResourceRow[][]> => {
    const rows = await this.repository.ofRequests(requestIds);
    return requestIds.map((id) => rows.filter((r) => r.requestId === id));
  };

  readonly eventsOf = async (resourceIds: readonly string[]): Promise<ResourceEventRow[][]> => {
    const rows = await this.repository.eventsOf(resourceIds);
    return resourceIds.map((id) => rows.filter((r) => r.resourceId === id));
  };
}

function toDesired(row: ResourceEntity, claimed: readonly HeldAddress[]): ResourceDesired {
  const { id, power, nodeName, addresses, conditions, statusText, progressPercent, ...rest } = row;
  const actual = { presence: row.presence, vcpu: row.actualVcpu, memoryMib: row.actualMemoryMib };
  return {
    ...rest,
    resourceId: id,
    claimedAddresses: claimed.map(({ address }) => address),
    zoneNics: zoneNicsOf(claimed),
    recorded: { power, nodeName, addresses, conditions, statusText, progressPercent, actual },
    intention: row.state === 'RELEASING' || row.state === 'RELEASED' ? 'ABSENT' : 'PRESENT',
    off: offReasonOf(row),
  };
}
