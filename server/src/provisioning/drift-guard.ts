import type { MachineLogin } from '../documents/machine-logins.service.js';
import { isLeftAlone, isToBePutBack } from '../drift/domain/drift-state.js';
import type { DriftObject, DriftRow } from '../drift/drift.types.js';
import type { DriftPolicies } from '../drift/drift-policies.service.js';
import type { Drifts } from '../drift/drifts.service.js';
import { SharedRead } from '../platform/concurrency/shared-read.js';
import type { ResourcesService } from '../resources/resources.service.js';
import type { ResourceDesired } from '../resources/resources.types.js';
import type { Manifest } from './domain/cluster-object.js';
import { keyOf } from './domain/cluster-object.js';
import { diskManifest } from './domain/desired-manifests.js';
import { differences, type ForeignEdit, foreignEdits, leaving, type Said, wantsStill } from './domain/drift.js';
import type { Decision } from './domain/next-phase.js';
import type { Seen } from './domain/observe.js';
import { wantedMachine } from './domain/owned-machine.js';
import type { ClusterGateway } from './domain/ports.js';
import type { Situation } from './domain/situation.js';
import { type LeaseGuard, LeaseLost } from './lease-guard.js';
import type { Records } from './provisioning.types.js';

/** What it asks of the record of drift. */
export interface DriftRecords {
  readonly drifts: Pick<Drifts, 'see' | 'standingOfResources' | 'standingOfKind'>;
  readonly policies: Pick<DriftPolicies, 'inForce'>;
  readonly owners: Pick<ResourcesService, 'rows'>;
}

/** In these the machine's objects are the console's and finished; in the others the console is at work on them itself. */
const SETTLED: ReadonlySet<Situation> = new Set<Situation>([
  'IMPORT_FAILED',
  'IMPORT_WAITING',
  'IMPORTING',
  'DISK_TROUBLE',
  'UNSCHEDULABLE',
  'START_FAILED',
  'STARTING',
  'STOPPING',
  'STOPPED',
  'NODE_LOST',
  'PAUSED',
  'MIGRATING',
  'RUNNING_WITHOUT_ADDRESS',
  'RUNNING',
]);

interface Look {
  readonly desired: ResourceDesired;
  readonly namespace: string;
  readonly seen: Seen;
  readonly decision: Decision;
}

interface Standing {
  readonly resourceId: string;
  readonly rows: readonly DriftRow[];
}

interface Compared {
  readonly machine: string | undefined;
  readonly disk: string | undefined;
  readonly generation: number;
}

/**
 * Sees what somebody else wrote into the fields of a machine's objects, writes it down before anything is put back, and
 * says which of it is. What it has seen to be right is not looked at again until the object changes.
 */
export class DriftGuard {
  private readonly standing: SharedRead<Standing>;
  private readonly right = new Map<string, Compared>();

  constructor(
    private readonly center: { readonly id: string },
    private readonly gateway: ClusterGateway,
    private readonly guard: LeaseGuard,
    private readonly records: Pick<Records, 'clock' | 'leases' | 'logins' | 'unitOfWork'>,
    private readonly drift: DriftRecords | undefined,
  ) {
    this.standing = new SharedRead(
      async (ids): Promise<Standing[]> => {
        const rows = Map.groupBy((await drift?.drifts.standingOfResources(ids)) ?? [], (row) => row.resourceId ?? '');
        return [...rows].map(([resourceId, of]) => ({ resourceId, rows: of }));
      },
      ({ resourceId }) => resourceId,
    );
  }

  forget(resourceId: string): void {
    this.right.delete(resourceId);
  }

  /** Whether something of the machine's is to be put back now. */
  async isToBePutBack(look: Look): Promise<boolean> {
    const { desired, seen } = look;
    if (this.drift === undefined || !isComparable(look)) return false;
    const compared = { machine: seen.machine?.said, disk: seen.disk?.said, generation: desired.generation };
    if (isSame(this.right.get(desired.resourceId), compared)) return false;
    const wanted = await this.wantedOf(look);
    const suspect = wanted.filter(({ manifest, said }) => differences(manifest, said).length > 0);
    const known = (await this.standing.get(desired.resourceId))?.rows ?? [];
    if (suspect.length === 0 && known.length === 0) {
      this.right.set(desired.resourceId, compared);
      return false;
    }
    const rows = await this.record(look, wanted, new Set(suspect.map(({ manifest }) => manifest)));
    // A webhook's word beside ours: nobody's edit, and no reason to ask the cluster again.
    if (rows.length === 0) this.right.set(desired.resourceId, compared);
    else this.right.delete(desired.resourceId);
    const now = this.records.clock.now();
    return rows.some((row) => isToBePutBack(row, now));
  }

  /**
   * The manifest, without the fields that are left as they were found. A field that the record now wants otherwise is not
   * left: the wish is newer than the edit.
   */
  async leaveAlone(desired: ResourceDesired, manifest: Manifest): Promise<Manifest> {
    if (this.drift === undefined) return manifest;
    const rows = (await this.standing.get(desired.resourceId))?.rows ?? [];
    const now = this.records.clock.now();
    const { kind, name } = keyOf(manifest);
    const left = rows.filter((row) => row.objectKind === kind && row.objectName === name && isLeftAlone(row, now));
    return leaving(
      manifest,
      left.filter((row) => wantsStill(manifest, row)).map(({ path }) => path),
    );
  }

  private async wantedOf({ desired, seen }: Look): Promise<{ manifest: Manifest; said: Said }[]> {
    const login: MachineLogin | null = await this.records.logins.loginOf(desired.resourceId, false);
    const { disk, machine } = seen;
    return [
      ...(machine?.said ? [{ manifest: wantedMachine(desired, login), said: JSON.parse(machine.said) as Said }] : []),
      ...(disk?.said && disk.owner === desired.resourceId
        ? [{ manifest: diskManifest(desired, disk.gib ?? desired.diskGib), said: JSON.parse(disk.said) as Said }]
        : []),
    ];
  }

  private async record(
    { desired }: Look,
    wanted: readonly { readonly manifest: Manifest }[],
    suspect: ReadonlySet<Manifest>,
  ): Promise<DriftRow[]> {
    const { drifts, owners, policies } = this.drift as DriftRecords;
    const edits: { manifest: Manifest; found: ForeignEdit[] }[] = [];
    for (const { manifest } of wanted) {
      // Who wrote it stands in the object itself; the watch does not keep that of ten thousand.
      const live = suspect.has(manifest) ? await this.gateway.get(keyOf(manifest)) : undefined;
      edits.push({ manifest, found: live ? foreignEdits(manifest, live) : [] });
    }
    const [{ rules }, [owner]] = await Promise.all([policies.inForce(), owners.rows([desired.resourceId])]);
    return this.records.unitOfWork.run(async (tx) => {
      if (!(await this.records.leases.stillHeld(tx, this.guard.lease))) throw new LeaseLost(this.guard.lease);
      const rows: DriftRow[] = [];
      for (const { found, manifest } of edits) {
        const { kind, name, namespace } = keyOf(manifest);
        const object: DriftObject = {
          centerId: this.center.id,
          resourceId: desired.resourceId,
          subjectCode: desired.code,
          departmentId: owner?.departmentId ?? null,
          systemId: owner?.systemId ?? null,
          ...{ objectKind: kind, objectNamespace: namespace ?? '', objectName: name },
        };
        rows.push(...(await drifts.see(tx, object, found, { rules })));
      }
      return rows;
    });
  }
}

function isComparable({ decision, desired, seen }: Look): boolean {
  const { machine } = seen;
  return (
    SETTLED.has(decision.situation) &&
    // KubeVirt is at its disks and would refuse it; when it is done, the machine is looked at again.
    !machine?.heldFor &&
    desired.intention === 'PRESENT' &&
    desired.formerVcpu === null &&
    machine?.generation === desired.generation &&
    (seen.disk === undefined || seen.disk.generation === desired.generation)
  );
}

function isSame(known: Compared | undefined, now: Compared): boolean {
  return known?.machine === now.machine && known?.disk === now.disk && known?.generation === now.generation;
}
