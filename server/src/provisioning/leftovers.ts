import type { ResourceDesired } from '../resources/resources.types.js';
import type { ClusterView } from './cluster-view.js';
import type { ClusterObject, ObjectKey } from './domain/cluster-object.js';
import { diskNameOf, namespaceOf } from './domain/desired-manifests.js';
import { isLeftBehind, isLeftover } from './domain/leftover.js';
import type { ClusterGateway } from './domain/ports.js';
import type { FencedWrites } from './fenced-writes.js';

type Judge = (object: ClusterObject, desired: ResourceDesired) => boolean;

/** Takes away what a late write made of a machine after its release, or its leaving, was recorded; whatever else has its name is left alone. */
export class Leftovers {
  constructor(
    private readonly gateway: Pick<ClusterGateway, 'get'>,
    private readonly view: Pick<ClusterView, 'seen'>,
    private readonly writes: FencedWrites,
  ) {}

  take(released: ResourceDesired): Promise<void> {
    return this.both(released, isLeftover, released.keepDiskDays === null);
  }

  /** Of a machine that is elsewhere now. */
  takeLeftBehind(moved: ResourceDesired): Promise<void> {
    return this.both(moved, isLeftBehind, true);
  }

  private async both(desired: ResourceDesired, judge: Judge, takesDisk: boolean): Promise<void> {
    const { departmentCode, management, objectName } = desired;
    if (management !== 'DRIVEN') return;
    const namespace = namespaceOf(departmentCode);
    const { disk, machine } = this.view.seen(namespace, objectName);
    // The machine first: a disk that is in use would only wait for it.
    if (machine) await this.one({ kind: 'VirtualMachine', namespace, name: objectName }, desired, judge);
    else if (disk && takesDisk)
      await this.one({ kind: 'DataVolume', namespace, name: diskNameOf(objectName) }, desired, judge);
  }

  /** Judged by the object itself, not by what is kept of it. */
  private async one(key: ObjectKey, desired: ResourceDesired, judge: Judge): Promise<void> {
    const object = await this.gateway.get(key);
    if (object && judge(object, desired)) await this.writes.remove(key, object.metadata.uid);
  }
}
