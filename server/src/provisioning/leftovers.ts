import type { ResourceDesired } from '../resources/resources.types.js';
import type { ClusterView } from './cluster-view.js';
import type { ObjectKey } from './domain/cluster-object.js';
import { diskNameOf, namespaceOf } from './domain/desired-manifests.js';
import { isLeftover } from './domain/leftover.js';
import type { ClusterGateway } from './domain/ports.js';
import type { FencedWrites } from './fenced-writes.js';

/** Takes away what a late write made of a machine after its release was recorded; whatever else has its name is left alone. */
export class Leftovers {
  constructor(
    private readonly gateway: Pick<ClusterGateway, 'get'>,
    private readonly view: Pick<ClusterView, 'seen'>,
    private readonly writes: FencedWrites,
  ) {}

  async take(released: ResourceDesired): Promise<void> {
    const { departmentCode, management, objectName } = released;
    if (management !== 'DRIVEN') return;
    const namespace = namespaceOf(departmentCode);
    const { disk, machine } = this.view.seen(namespace, objectName);
    // The machine first: a disk that is in use would only wait for it.
    if (machine) await this.one({ kind: 'VirtualMachine', namespace, name: objectName }, released);
    else if (disk) await this.one({ kind: 'DataVolume', namespace, name: diskNameOf(objectName) }, released);
  }

  /** Judged by the object itself, not by what is kept of it. */
  private async one(key: ObjectKey, released: ResourceDesired): Promise<void> {
    const object = await this.gateway.get(key);
    if (object && isLeftover(object, released)) await this.writes.remove(key, object.metadata.uid);
  }
}
