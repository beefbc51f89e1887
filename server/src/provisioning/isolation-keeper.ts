import type { DepartmentNamespaces } from './department-namespaces.js';
import { isFailure } from './domain/cluster-failure.js';
import { type PolicyView, saysTheSame } from './domain/desired-policy.js';
import { policiesOf } from './domain/desired-tenancy.js';
import type { ClusterWatch } from './domain/ports.js';
import { LeaseLost } from './lease-guard.js';

/**
 * Sees within a beat that a wall between departments was taken down or changed, and puts it up again; level-triggered, so
 * that one that could not be put up is tried with the next beat.
 */
export class IsolationKeeper {
  constructor(
    private readonly namespaces: Pick<DepartmentNamespaces, 'departments' | 'forget' | 'ensure'>,
    private readonly seen: Pick<ClusterWatch<PolicyView>, 'complete' | 'get'>,
    private readonly trouble: (error: unknown) => void,
  ) {}

  async run(): Promise<void> {
    // From half a list nothing is concluded.
    if (!this.seen.complete) return;
    for (const departmentCode of await this.namespaces.departments()) {
      if (this.stands(departmentCode)) continue;
      this.namespaces.forget(departmentCode);
      try {
        await this.namespaces.ensure(departmentCode, performance.now());
      } catch (error) {
        if (error instanceof LeaseLost || isFailure(error, 'UNREACHABLE')) throw error;
        // One that is in trouble does not leave the others open.
        this.trouble(error);
      }
    }
  }

  private stands(departmentCode: string): boolean {
    return policiesOf(departmentCode).every((manifest) => {
      const view = this.seen.get(manifest.metadata.namespace ?? null, manifest.metadata.name);
      return view !== undefined && saysTheSame(view, manifest);
    });
  }
}
