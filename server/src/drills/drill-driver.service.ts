import { Injectable, Logger } from '@nestjs/common';
import { DepartmentsService } from '../departments/departments.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { say } from '../kernel/bilingual.js';
import { eachAlone } from '../platform/concurrency/each-alone.js';
import { HeldLease } from '../platform/database/held-lease.js';
import { newId } from '../platform/database/ids.js';
import { Leases } from '../platform/database/lease.js';
import { ClusterFailure } from '../provisioning/domain/cluster-failure.js';
import type { ObjectKey } from '../provisioning/domain/cluster-object.js';
import type { ClusterGateway, Clusters } from '../provisioning/domain/ports.js';
import { atHand } from './domain/drill-items.js';
import {
  carried,
  copyName,
  diskManifestOf,
  drillNamespace,
  insideManifest,
  insideName,
  isShut,
  machineManifestOf,
  placeManifests,
  snapshotManifestOf,
  volumesOf,
} from './domain/isolation.js';
import { type CopyStand, isReached, makes, standOf } from './domain/rehearsal.js';
import { DrillCluster, machineGone, NO_CLUSTER, NOT_SHUT, saidOf } from './drill-cluster.js';
import { DrillRecord, type DrillTerm } from './drill-record.service.js';
import { DrillsRepository } from './drills.repository.js';
import type { CopyRow, DrillRow, ItemRow } from './drills.types.js';

/** Longer than any call to a cluster may take, so that a holder that lives keeps it from one drill to the next. */
const LEASE_LIFE_MS = 60_000;
/** Disks of hundreds of GiB are let go within some minutes; what is not gone then is a person's business. */
export const CLEANUP_LIMIT_MS = 15 * 60_000;

interface OnCluster {
  readonly row: DrillRow;
  readonly cluster: DrillCluster;
  readonly ground: { readonly code: string; readonly departmentCode: string };
  readonly term: DrillTerm;
}

/** Drives the copies of drills, level-triggered: each round looks at what stands there, does the next thing, and writes down what it saw. */
@Injectable()
export class DrillDriver {
  private readonly log = new Logger(DrillDriver.name);
  private readonly holder = newId();
  /** By center: who has no way to one leaves its drills to others. */
  private readonly held = new Map<string, HeldLease>();

  constructor(
    private readonly repository: DrillsRepository,
    private readonly record: DrillRecord,
    private readonly facilities: FacilitiesService,
    private readonly departments: DepartmentsService,
    private readonly leases: Leases,
  ) {}

  async run(clusters: Pick<Clusters, 'of'>, now: Date): Promise<void> {
    const centers = await this.facilities.centers();
    await eachAlone(centers, async ({ code, id }) => {
      const gateway = clusters.of(code);
      const rows = await this.repository.inCluster(id);
      // Who has no way to the cluster leaves its drills to whoever has, until a cleanup is so late that nobody has.
      const own = gateway ? rows : rows.filter((row) => isLate(row, now));
      await eachAlone(own, (row) => this.one(code, gateway, row));
    });
  }

  /** At the end of this process, so that another need not wait. */
  async release(): Promise<void> {
    await Promise.all([...this.held.values()].map((lease) => lease.release()));
  }

  private leaseOf(centerCode: string): HeldLease {
    const lease =
      this.held.get(centerCode) ?? new HeldLease(this.leases, `drills/${centerCode}`, this.holder, LEASE_LIFE_MS);
    this.held.set(centerCode, lease);
    return lease;
  }

  private async one(centerCode: string, gateway: ClusterGateway | undefined, row: DrillRow): Promise<void> {
    const asked = performance.now();
    const lease = await this.leaseOf(centerCode).take();
    const [department] = await this.departments.departments([row.departmentId]);
    if (lease === undefined || !department) return;
    const term: DrillTerm = {
      lease,
      stillMay: () => {
        if (performance.now() - asked > LEASE_LIFE_MS) throw new Error(`the lease of ${row.code} is over`);
      },
    };
    if (!gateway) return this.record.waiting(row.id, [], CLEANUP_LIMIT_MS, term, NO_CLUSTER);
    const ground = { code: row.code, departmentCode: department.code };
    const on: OnCluster = { row, ground, term, cluster: new DrillCluster(gateway, ground, term.stillMay) };
    try {
      if (row.state === 'PRECHECKED') await this.isolate(on);
      else if (row.state === 'RUNNING') await this.goOn(on);
      else await this.cleanUp(on);
    } catch (error) {
      // A name that no object can have is as final as what a cluster refuses for good.
      const failure = error instanceof RangeError ? new ClusterFailure('PERMANENT', error.message) : error;
      if (!(failure instanceof ClusterFailure)) throw error;
      this.log.warn(`${row.code}: ${failure.message}`);
      await this.failed(on, failure);
    }
  }

  private async isolate(on: OnCluster): Promise<void> {
    if (await this.shut(on)) await this.record.isolated(on.row.id, on.term);
    else await this.record.trouble(on.row.id, NOT_SHUT, on.term);
  }

  /** Writes what keeps the place shut, and reads back whether it is: what somebody opened beside it is no fence. */
  private async shut({ cluster, ground }: OnCluster): Promise<boolean> {
    for (const manifest of placeManifests(ground)) await cluster.keep(manifest);
    await cluster.make(insideManifest(ground));
    return isShut(ground, await cluster.list('NetworkPolicy'));
  }

  private async goOn(on: OnCluster): Promise<void> {
    const item = atHand(await this.repository.items(on.row.id));
    if (item?.kind !== 'AUTOMATIC' || item.state !== 'WAITING') return;
    if (item.code === 'FENCE') {
      if (await this.shut(on)) await this.record.tick(on.row.id, item.number, null, on.term);
      else await this.record.trouble(on.row.id, NOT_SHUT, on.term);
      return;
    }
    const copies = await this.repository.copies(on.row.id);
    const stands = new Map<string, CopyStand>();
    for (const copy of copies) stands.set(copy.resourceId, await this.standOf(on, copy));
    const now = copies.map((copy) => ({ ...copy, state: stands.get(copy.resourceId)?.state ?? copy.state }));
    await this.record.seen(on.row.id, copies, stands, on.term);
    const broken = now.find(({ state }) => state === 'FAILED');
    if (broken) {
      const trouble = stands.get(broken.resourceId)?.trouble;
      const why = say(`${broken.name}：${trouble?.zh ?? ''}`, `${broken.name}: ${trouble?.en ?? ''}`);
      await this.record.tick(on.row.id, item.number, why, on.term);
      return;
    }
    if (isReached(item.code, now)) {
      await this.record.tick(on.row.id, item.number, null, on.term);
      return;
    }
    // Nothing is started where somebody has opened a way out since the fence was read.
    if (item.code === 'START' && !(await this.shut(on))) return this.record.trouble(on.row.id, NOT_SHUT, on.term);
    await this.makeFor(on, item, now);
  }

  private async makeFor(on: OnCluster, item: ItemRow, copies: readonly CopyRow[]): Promise<void> {
    const { cluster, ground } = on;
    for (const copy of copies) {
      const what = makes(item.code, copy, copies);
      if (what === null) continue;
      const live = await cluster.get(machineKey(copy));
      if (live === undefined) throw machineGone(copy.name);
      if (what === 'SNAPSHOT') {
        await this.record.volumes(
          on.row.id,
          copy,
          volumesOf(live).map(({ volume }) => volume),
          on.term,
        );
        await cluster.make(snapshotManifestOf(ground, copy));
      } else if (what === 'MACHINE') await cluster.make(machineManifestOf(ground, copy, live, copy.volumes ?? []));
      else {
        const snapshot = await cluster.get(keyOfSnapshot(on, copy));
        const snapshotUid = snapshot?.metadata.uid ?? '';
        // What was plugged in since is not in the snapshot, and not written down to be taken away.
        for (const { disk, volume } of volumesOf(live).filter((each) => copy.volumes?.includes(each.volume))) {
          const source = await cluster.get({ kind: 'DataVolume', namespace: copy.objectNamespace, name: disk });
          await cluster.make(diskManifestOf(ground, copy, { volume, snapshotUid, source }));
        }
      }
    }
  }

  private async standOf(on: OnCluster, copy: CopyRow): Promise<CopyStand> {
    const { cluster, ground } = on;
    const inside = (kind: ObjectKey['kind'], volume?: string): ObjectKey => ({
      ...{ kind, namespace: drillNamespace(ground), name: copyName(ground, copy, volume) },
    });
    const [snapshot, machine, instance, ...disks] = await Promise.all([
      cluster.get(keyOfSnapshot(on, copy)),
      cluster.get(inside('VirtualMachine')),
      cluster.get(inside('VirtualMachineInstance')),
      ...(copy.volumes ?? []).map((volume) => cluster.get(inside('DataVolume', volume))),
    ]);
    return standOf({ snapshot, machine, instance, disks });
  }

  /** Machines before their disks, disks before what they were restored from; gone when all of it was read to be. */
  private async cleanUp(on: OnCluster): Promise<void> {
    const { cluster, ground, row } = on;
    const namespace = carried(() => drillNamespace(ground));
    const gone: string[] = [];
    const copies = await this.repository.copies(row.id);
    const remove = async (kind: ObjectKey['kind'], nameOf: () => string, where = namespace): Promise<boolean> => {
      const name = carried(nameOf);
      // Without a place nothing was ever made.
      return namespace === null || name === null || cluster.remove({ kind, namespace: where, name });
    };
    for (const copy of copies) {
      if (!(await remove('VirtualMachine', () => copyName(ground, copy)))) continue;
      const disks = await Promise.all(
        (copy.volumes ?? []).map((volume) => remove('DataVolume', () => copyName(ground, copy, volume))),
      );
      const snapshot = () => remove('VirtualMachineSnapshot', () => copyName(ground, copy), copy.objectNamespace);
      if (disks.every(Boolean) && (await snapshot())) gone.push(copy.resourceId);
    }
    const all = gone.length === copies.length;
    const inside = all && (await remove('NetworkPolicy', () => insideName(ground)));
    if (all && inside) await this.record.close(row.id, gone, on.term);
    else await this.record.waiting(row.id, gone, CLEANUP_LIMIT_MS, on.term);
  }

  /** What waiting does not cure stops the entry or the cleanup; a cluster that is silent is asked again. */
  private async failed(on: OnCluster, error: ClusterFailure): Promise<void> {
    const { row } = on;
    const isFinal = error.failureClass === 'PERMANENT';
    const said = saidOf(error);
    if (row.state === 'CLEANING_UP') {
      if (isFinal) await this.record.cleanupFailed(row.id, said, on.term);
      else await this.record.waiting(row.id, [], CLEANUP_LIMIT_MS, on.term, said);
      return;
    }
    const item = row.state === 'RUNNING' ? atHand(await this.repository.items(row.id)) : null;
    if (isFinal && item?.kind === 'AUTOMATIC') await this.record.tick(row.id, item.number, said, on.term);
    else await this.record.trouble(row.id, said, on.term);
  }
}

function isLate({ cleanupBegunAt, state }: DrillRow, now: Date): boolean {
  return (
    state === 'CLEANING_UP' && cleanupBegunAt !== null && now.getTime() - cleanupBegunAt.getTime() > CLEANUP_LIMIT_MS
  );
}

function machineKey({ objectName, objectNamespace }: CopyRow): ObjectKey {
  return { kind: 'VirtualMachine', namespace: objectNamespace, name: objectName };
}

function keyOfSnapshot({ ground }: OnCluster, copy: CopyRow): ObjectKey {
  return { kind: 'VirtualMachineSnapshot', namespace: copy.objectNamespace, name: copyName(ground, copy) };
}
