import { isLeftAlone, isToBePutBack } from '../drift/domain/drift-state.js';
import type { DriftRow } from '../drift/drift.types.js';
import { isFailure } from './domain/cluster-failure.js';
import { type ClusterObject, keyOf, keyText, type Manifest } from './domain/cluster-object.js';
import { namespaceManifest, quotaManifest } from './domain/desired-manifests.js';
import { type ForeignEdit, foreignEdits, leaving, wantsStill } from './domain/drift.js';
import type { ClusterGateway } from './domain/ports.js';
import type { DriftRecords } from './drift-guard.js';
import { FencedWrites } from './fenced-writes.js';
import { type LeaseGuard, LeaseLost } from './lease-guard.js';
import type { Records } from './provisioning.types.js';

const KINDS = ['Namespace', 'ResourceQuota'] as const;

/**
 * Sees what somebody else wrote into departments' namespaces and their quotas. No watch: they are few, they change seldom,
 * and the console may get them but not list them. A department's place is nobody's resource, so the record names the object.
 */
export class NamespaceDrift {
  private readonly writes: FencedWrites;
  /** Of the look that runs. */
  private standing: ReadonlyMap<string, readonly DriftRow[]> = new Map();

  constructor(
    private readonly center: { readonly id: string },
    private readonly gateway: ClusterGateway,
    private readonly guard: LeaseGuard,
    private readonly records: Pick<Records, 'unitOfWork' | 'leases' | 'clock' | 'resources'>,
    private readonly drift: DriftRecords | undefined,
    private readonly trouble: (error: unknown) => void,
  ) {
    this.writes = new FencedWrites(gateway, guard);
  }

  async run(): Promise<void> {
    const { drift } = this;
    if (!drift) return;
    const rows = await Promise.all(KINDS.map((kind) => drift.drifts.standingOfKind(this.center.id, kind)));
    this.standing = Map.groupBy(rows.flat(), (row) =>
      nameOf(row.objectKind, row.objectNamespace === '' ? null : row.objectNamespace, row.objectName),
    );
    for (const commitment of await this.records.resources.namespacesOf(this.center.id))
      for (const manifest of [namespaceManifest(commitment.departmentCode), quotaManifest(commitment)]) {
        this.guard.assertHeld();
        try {
          await this.one(manifest, drift);
        } catch (error) {
          if (error instanceof LeaseLost || isFailure(error, 'UNREACHABLE')) throw error;
          // One that is in trouble does not keep the others waiting; the next look comes back to it.
          this.trouble(error);
        }
      }
  }

  /**
   * The manifest without what a person has still to decide on, or lets be, by what is on record now: a term applies its first
   * namespaces before it has looked at them. What the record wants otherwise by now is not left: the wish is newer.
   */
  async leaveAlone(manifest: Manifest): Promise<Manifest> {
    const { kind, name, namespace } = keyOf(manifest);
    if (!this.drift || !KINDS.some((each) => each === kind)) return manifest;
    const rows = await this.drift.drifts.standingOfKind(this.center.id, kind);
    return this.without(
      manifest,
      rows.filter((row) => row.objectName === name && row.objectNamespace === (namespace ?? '')),
    );
  }

  private without(manifest: Manifest, rows: readonly DriftRow[]): Manifest {
    const now = this.records.clock.now();
    const left = rows.filter((row) => isLeftAlone(row, now) && wantsStill(manifest, row));
    return leaving(
      manifest,
      left.map(({ path }) => path),
    );
  }

  private async one(manifest: Manifest, drift: DriftRecords): Promise<void> {
    const live = await this.gateway.get(keyOf(manifest));
    // It is made before the department's next machine.
    if (!live) return;
    const rows = await this.see(manifest, await this.withNewerWish(manifest, live), drift);
    const now = this.records.clock.now();
    if (!rows.some((row) => isToBePutBack(row, now))) return;
    await this.see(manifest, await this.writes.applyBlindly(this.without(manifest, rows)), drift);
  }

  /** Applied before the look is written down: that would take today's wish for the one that a person let be. */
  private async withNewerWish(manifest: Manifest, live: ClusterObject): Promise<ClusterObject> {
    const now = this.records.clock.now();
    const known = this.standing.get(nameOfManifest(manifest)) ?? [];
    const older = known.filter((row) => isLeftAlone(row, now) && !wantsStill(manifest, row)).map(({ path }) => path);
    if (older.length === 0) return live;
    // Whatever else was written into it is put on record first.
    const others = foreignEdits(manifest, live).filter(({ path }) => !older.includes(path));
    return this.writes.applyBlindly(
      leaving(
        manifest,
        others.map(({ path }) => path),
      ),
    );
  }

  private async see(manifest: Manifest, live: ClusterObject, drift: DriftRecords): Promise<readonly DriftRow[]> {
    const found = foreignEdits(manifest, live);
    if (found.length === 0 && !this.standing.has(nameOfManifest(manifest))) return [];
    const rows = await this.record(manifest, found, drift);
    this.standing = new Map([...this.standing, [nameOfManifest(manifest), rows]]);
    return rows;
  }

  private async record(manifest: Manifest, found: readonly ForeignEdit[], drift: DriftRecords): Promise<DriftRow[]> {
    const { kind, name, namespace } = keyOf(manifest);
    const { rules } = await drift.policies.inForce();
    return this.records.unitOfWork.run(async (tx) => {
      if (!(await this.records.leases.stillHeld(tx, this.guard.lease))) throw new LeaseLost(this.guard.lease);
      const object = {
        ...{ centerId: this.center.id, resourceId: null, departmentId: null, systemId: null },
        ...{ subjectCode: namespace ?? name, objectKind: kind, objectNamespace: namespace ?? '', objectName: name },
      };
      return drift.drifts.see(tx, object, found, { rules });
    });
  }
}

function nameOfManifest(manifest: Manifest): string {
  const { kind, name, namespace } = keyOf(manifest);
  return nameOf(kind, namespace, name);
}

function nameOf(kind: string, namespace: string | null, name: string): string {
  return `${kind} ${keyText({ namespace, name })}`;
}
