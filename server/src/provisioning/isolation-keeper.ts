import type { DepartmentNamespaces } from './department-namespaces.js';
import { type PolicyView, saysTheSame } from './domain/desired-policy.js';
import { policiesOf } from './domain/desired-tenancy.js';
import type { ClusterWatch } from './domain/ports.js';

/** Sees within a beat that a wall between departments was taken down or changed, and puts it up again. */
export class IsolationKeeper {
  constructor(
    private readonly namespaces: Pick<DepartmentNamespaces, 'departments' | 'forget' | 'ensure'>,
    private readonly seen: Pick<ClusterWatch<PolicyView>, 'complete' | 'get'>,
  ) {}

  async run(): Promise<void> {
    // From half a list nothing is concluded.
    if (!this.seen.complete) return;
    for (const departmentCode of this.namespaces.departments) {
      const stands = policiesOf(departmentCode).every((manifest) => {
        const view = this.seen.get(manifest.metadata.namespace ?? null, manifest.metadata.name);
        return view !== undefined && saysTheSame(view, manifest);
      });
      if (stands) continue;
      this.namespaces.forget(departmentCode);
      await this.namespaces.ensure(departmentCode, performance.now());
    }
  }
}
