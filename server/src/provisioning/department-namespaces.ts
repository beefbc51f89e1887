import type { Manifest } from './domain/cluster-object.js';
import type { DepartmentCommitment } from './domain/desired-machine.js';
import { departmentManifests } from './domain/desired-tenancy.js';
import type { ClusterGateway } from './domain/ports.js';
import { FencedWrites } from './fenced-writes.js';
import type { LeaseGuard } from './lease-guard.js';

/** So often they are applied again though nothing changed, so that what others did to them is undone. */
const HEALING_MS = 30 * 60_000;
/** Which departments have machines may be known this late: a new one's walls go up with its first machine anyway. */
const DEPARTMENTS_KNOWN_MS = 60_000;

interface Reading {
  readonly beganAt: number;
  readonly commitments: Promise<readonly DepartmentCommitment[]>;
}

/** Makes sure of each department's namespace, its walls and its quota before a machine goes in; shared by all its machines. */
export class DepartmentNamespaces {
  private readonly writes: FencedWrites;
  private readonly applied = new Map<string, { readonly text: string; readonly at: number }>();
  /** What was noticed to be gone: applied again whatever was applied before. */
  private readonly missing = new Set<string>();
  private readonly applying = new Map<string, Promise<void>>();
  private reading: Reading | undefined;

  constructor(
    gateway: ClusterGateway,
    guard: LeaseGuard,
    private readonly readCommitments: () => Promise<readonly DepartmentCommitment[]>,
    /** Takes out of a manifest what is left as it was found. */
    private readonly leaveAlone: (manifest: Manifest) => Promise<Manifest> = async (manifest) => manifest,
  ) {
    this.writes = new FencedWrites(gateway, guard);
  }

  /** The quota counts every machine whose record was there at `since` (by performance.now()). */
  async ensure(departmentCode: string, since: number): Promise<void> {
    const commitments = await this.commitments(since);
    const commitment = commitments.find((each) => each.departmentCode === departmentCode);
    const manifests = departmentManifests(departmentCode, commitment);
    const text = JSON.stringify(manifests);
    while (this.applying.has(departmentCode)) await this.applying.get(departmentCode)?.catch(() => undefined);
    const known = this.applied.get(departmentCode);
    const isMissing = this.missing.has(departmentCode);
    if (!isMissing && known?.text === text && performance.now() - known.at < HEALING_MS) return;
    const work = this.apply(departmentCode, manifests, text).finally(() => this.applying.delete(departmentCode));
    this.applying.set(departmentCode, work);
    await work;
  }

  /** Departments that have machines here, and those whose namespaces this term has made sure of. */
  async departments(): Promise<readonly string[]> {
    const commitments = await this.commitments(performance.now() - DEPARTMENTS_KNOWN_MS);
    return [...new Set([...commitments.map((each) => each.departmentCode), ...this.applied.keys()])];
  }

  /** Its absence was noticed: it is applied again before the next machine, and until that has succeeded. */
  forget(departmentCode: string): void {
    this.missing.add(departmentCode);
  }

  private async apply(departmentCode: string, manifests: readonly Manifest[], text: string): Promise<void> {
    const wasMissing = this.missing.delete(departmentCode);
    try {
      await this.applyAll(manifests);
    } catch (error) {
      if (wasMissing) this.missing.add(departmentCode);
      throw error;
    }
    this.applied.set(departmentCode, { text, at: performance.now() });
  }

  private async applyAll(manifests: readonly Manifest[]): Promise<void> {
    for (const manifest of manifests) {
      await this.writes.applyBlindly(await this.leaveAlone(manifest));
    }
  }

  /** One reading serves everyone who asked before it began, be they hundreds. */
  private commitments(since: number): Promise<readonly DepartmentCommitment[]> {
    if (this.reading === undefined || this.reading.beganAt < since) {
      const reading: Reading = { beganAt: performance.now(), commitments: this.readCommitments() };
      reading.commitments.catch(() => {
        if (this.reading === reading) this.reading = undefined;
      });
      this.reading = reading;
    }
    return this.reading.commitments;
  }
}
