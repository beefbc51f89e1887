import { passOver, type SeenObject } from '../quarantine/domain/quarantine-pass.js';
import { isToBeHalted } from '../quarantine/domain/quarantine-state.js';
import type { Quarantine } from '../quarantine/quarantine.service.js';
import type { QuarantineRow } from '../quarantine/quarantine.types.js';
import type { ClusterView } from './cluster-view.js';
import { ClusterFailure } from './domain/cluster-failure.js';
import { type ClusterKind, keyText, type ObjectKey } from './domain/cluster-object.js';
import { isOfDepartment } from './domain/desired-manifests.js';
import { opensNothing } from './domain/desired-policy.js';
import type { ClusterGateway } from './domain/ports.js';
import { type LeaseGuard, LeaseLost } from './lease-guard.js';
import type { StrayPolicy } from './policy-reconciler.js';
import type { Records } from './provisioning.types.js';
import type { Orphan } from './resync.js';

const POLICY: ClusterKind = 'NetworkPolicy';

export type QuarantineRecords = Pick<Quarantine, 'standingOf' | 'nameOf' | 'record' | 'halted'>;

/** What one complete look at everything has found. */
export interface WholeLook {
  readonly orphans: readonly Orphan[];
  /** Machines by "namespace/name" that a record only observes. */
  readonly observed: ReadonlyMap<string, string>;
  /** Records of the center that were read. */
  readonly records: number;
}

/**
 * Keeps the list of what the cluster has and no record tells of, and stops a machine, or closes a network policy, there when a
 * person has said so.
 * Called after complete looks alone: from half a list nothing is concluded. Nothing is ever deleted.
 */
export class QuarantineKeeper {
  constructor(
    private readonly center: { readonly id: string },
    private readonly gateway: ClusterGateway,
    private readonly view: ClusterView,
    private readonly guard: LeaseGuard,
    private readonly records: Pick<Records, 'unitOfWork' | 'leases'> & { readonly quarantine: QuarantineRecords },
    /** Network policies without a record; undefined = nothing is known of them now. */
    private readonly strays: () => readonly StrayPolicy[] | undefined = () => undefined,
  ) {}

  async look({ observed, orphans, records }: WholeLook): Promise<void> {
    const { quarantine } = this.records;
    const strays = this.strays();
    const standing = await quarantine.standingOf(this.center.id);
    // Where nobody has looked at policies, nothing is concluded of theirs.
    const known = strays === undefined ? standing.filter(({ objectKind }) => objectKind !== POLICY) : standing;
    const seen = [...this.ofNoRecord(orphans), ...this.unlabelled(observed), ...this.ofPolicies(strays ?? [])];
    const pass = passOver(known, seen, (object) => this.uidOf(object) === object.uid);
    if (pass.fresh.length + pass.again.length + pass.ended.length > 0) {
      const center = { id: this.center.id, name: await quarantine.nameOf(this.center.id) };
      await this.write((tx) => quarantine.record(tx, center, pass));
    }
    for (const row of await quarantine.standingOf(this.center.id))
      if (isToBeHalted(row, records) && !this.isHalted(row)) await this.halt(row);
  }

  /** An instance goes with its machine; it is an object of its own only where that is not there. */
  private ofNoRecord(orphans: readonly Orphan[]): SeenObject[] {
    const machines = new Set(orphans.filter(({ key }) => key.kind === 'VirtualMachine').map(({ key }) => keyText(key)));
    return orphans.flatMap(({ key, resourceId }) => {
      if (key.kind === 'VirtualMachineInstance' && machines.has(keyText(key))) return [];
      const object = this.objectOf(key);
      return object ? { ...object, cause: 'NO_RECORD' as const, claimedId: resourceId } : [];
    });
  }

  private unlabelled(observed: ReadonlyMap<string, string>): SeenObject[] {
    return [...this.view.machinesSeen()].flatMap(({ key, machine }) => {
      if (machine.owner !== undefined || !isOfDepartment(key.namespace) || observed.has(keyText(key))) return [];
      const object = this.objectOf(key);
      return object ? { ...object, cause: 'UNLABELLED' as const, claimedId: null } : [];
    });
  }

  private ofPolicies(strays: readonly StrayPolicy[]): SeenObject[] {
    return strays.flatMap(({ key, policyId, uid }) => {
      const object = this.objectOf(key);
      return object?.uid === uid ? { ...object, cause: 'NO_RECORD' as const, claimedId: policyId } : [];
    });
  }

  private objectOf(key: ObjectKey): Omit<SeenObject, 'cause' | 'claimedId'> | undefined {
    const found = this.view.objectSeen(key);
    return (
      found && {
        ...{ objectKind: key.kind, objectNamespace: key.namespace ?? '', objectName: key.name },
        ...{ uid: found.uid, power: found.power },
      }
    );
  }

  private uidOf(object: SeenObject): string | undefined {
    return this.view.objectSeen(keyOf(object))?.uid;
  }

  private isHalted({ objectKind, objectName, objectNamespace, uid }: QuarantineRow): boolean {
    if (objectKind === POLICY) {
      const policy = this.view.policies.get(objectNamespace, objectName);
      return policy === undefined || policy.uid !== uid || opensNothing(policy);
    }
    const { machine } = this.view.seen(objectNamespace, objectName);
    return machine === undefined || machine.uid !== uid || machine.halted;
  }

  private async halt(row: QuarantineRow): Promise<void> {
    this.guard.assertHeld();
    let trouble: string | null = null;
    try {
      const stillMay = () => this.guard.assertHeld();
      if ((await this.gateway.halt(keyOf(row), { uid: row.uid }, { stillMay })) === 'NOT_THERE') return;
    } catch (error) {
      // What may pass by itself is tried again with the next look.
      if (!(error instanceof ClusterFailure) || error.failureClass === 'UNREACHABLE') throw error;
      trouble = error.message;
    }
    await this.write((tx) => this.records.quarantine.halted(tx, row, trouble));
  }

  /** In a transaction that holds only while the lease is this term's. */
  private async write(work: (tx: Parameters<QuarantineRecords['record']>[0]) => Promise<void>): Promise<void> {
    await this.records.unitOfWork.run(async (tx) => {
      if (!(await this.records.leases.stillHeld(tx, this.guard.lease))) throw new LeaseLost(this.guard.lease);
      await work(tx);
    });
  }
}

function keyOf({ objectKind, objectName, objectNamespace }: SeenObject): ObjectKey {
  return { kind: objectKind as ClusterKind, namespace: objectNamespace, name: objectName };
}
