import type { DepartmentNamespaces } from './department-namespaces.js';
import { isFailure } from './domain/cluster-failure.js';
import { keyOf, keyText, type Manifest } from './domain/cluster-object.js';
import { type PolicyView, saysTheSame } from './domain/desired-policy.js';
import { policiesOf } from './domain/desired-tenancy.js';
import type { ClusterWatch } from './domain/ports.js';
import { LeaseLost } from './lease-guard.js';
import type { PolicyDrift } from './policy-drift.js';

/**
 * Sees within a beat that a wall between departments was taken down or changed, and puts it up again; level-triggered, so
 * that one that could not be put up is tried with the next beat. What it let through is on record first: somebody did it.
 */
export class IsolationKeeper {
  /** Of this term, by "namespace/name". */
  private readonly stood = new Set<string>();

  constructor(
    private readonly namespaces: Pick<DepartmentNamespaces, 'departments' | 'forget' | 'ensure'>,
    private readonly seen: Pick<ClusterWatch<PolicyView>, 'complete' | 'get'>,
    private readonly trouble: (error: unknown) => void,
    /** Left out where nobody asks who did it. */
    private readonly drift?: Pick<PolicyDrift, 'begin' | 'wallStands' | 'wallIsAnother'>,
  ) {}

  async run(): Promise<void> {
    // From half a list nothing is concluded.
    if (!this.seen.complete) return;
    await this.alone(async () => this.drift?.begin());
    for (const departmentCode of await this.namespaces.departments()) {
      const walls = policiesOf(departmentCode);
      // A record that cannot be written leaves no wall down.
      for (const wall of walls) await this.alone(() => this.record(wall));
      if (walls.every((wall) => this.stands(wall))) continue;
      this.namespaces.forget(departmentCode);
      await this.alone(() => this.namespaces.ensure(departmentCode, performance.now()));
    }
  }

  private async record(wall: Manifest): Promise<void> {
    const name = keyText(keyOf(wall));
    if (!this.stands(wall)) return this.drift?.wallIsAnother(wall, this.stood.has(name));
    this.stood.add(name);
    await this.drift?.wallStands(wall);
  }

  /** One that is in trouble does not leave the others open. */
  private async alone(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof LeaseLost || isFailure(error, 'UNREACHABLE')) throw error;
      this.trouble(error);
    }
  }

  private stands(wall: Manifest): boolean {
    const view = this.seen.get(wall.metadata.namespace ?? null, wall.metadata.name);
    return view !== undefined && saysTheSame(view, wall);
  }
}
