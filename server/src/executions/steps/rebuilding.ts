import { textAt } from '../../provisioning/domain/cluster-object.js';
import { diskNameOf } from '../../provisioning/domain/desired-manifests.js';
import type { ResourceStanding } from '../../resources/resource-standing.service.js';
import { isTorn, standOfDisk, wholeImageOf } from '../domain/received-copy.js';
import { StepRefused, type StepWorld } from '../step-handlers.service.js';
import { type CarriedDisk, type Site, stillThere } from './site.js';

export interface Rebuilt {
  readonly disk: string;
  readonly snapshot: string;
}

const NAMED_MAX = 5;

/**
 * Of disks that a cut transfer tore. Nothing is started from half a disk: the record names the torn one and the snapshot of
 * what arrived whole, and the cluster is driven there like any other wish; whoever dies in between is followed by one who
 * finds the same record.
 */
export class Rebuilding {
  constructor(private readonly standing: Pick<ResourceStanding, 'rebuildDisk'>) {}

  async look(
    world: StepWorld,
    target: Site,
    receivers: readonly CarriedDisk[],
  ): Promise<{ readonly rebuilt: readonly Rebuilt[]; readonly waits: string | null }> {
    const rebuilt: Rebuilt[] = [];
    const waiting: string[] = [];
    const byPeople: CarriedDisk[] = [];
    for (const one of receivers) {
      const { machine, object } = one;
      if (!isTorn(object) && !machine.tornDiskUid) continue;
      const name = diskNameOf(machine.objectName);
      const key = { kind: 'DataVolume', namespace: machine.objectNamespace, name } as const;
      const disk = await target.gateway.get(key);
      const wish = { snapshot: machine.diskSnapshot ?? null, tornDiskUid: machine.tornDiskUid ?? null };
      const stand = standOfDisk(disk, object, wish);
      const snapshot = wholeImageOf(object);
      if (stand === 'WHOLE') {
        if (isTorn(object)) rebuilt.push({ disk: name, snapshot: snapshot ?? '' });
        continue;
      }
      const tornDiskUid = disk?.metadata.uid;
      if (stand === 'TORN') {
        const asked =
          snapshot !== null &&
          tornDiskUid !== undefined &&
          (await this.ask(world, target, one, { snapshot, tornDiskUid }));
        if (!asked) {
          byPeople.push(one);
          continue;
        }
      }
      waiting.push(`${name}（${textAt(disk, 'status', 'phase') ?? '待建'}）`);
    }
    if (byPeople.length > 0) throw new StepRefused(tornText(byPeople));
    const named = waiting.slice(0, NAMED_MAX).join('、');
    return { rebuilt, waits: waiting.length > 0 ? `等待 ${waiting.length} 块磁盘从快照重建：${named}` : null };
  }

  private async ask(
    world: StepWorld,
    { gateway }: Site,
    { machine }: CarriedDisk,
    of: { readonly snapshot: string; readonly tornDiskUid: string },
  ): Promise<boolean> {
    if ((await stillThere({ gateway, machines: [machine] })).length > 0)
      throw new StepRefused(`虚拟机 ${machine.name} 正在运行，其磁盘内容不完整，停机之前不能重建`);
    return world.write((tx) => this.standing.rebuildDisk(tx, machine.id, of, world.execution.code));
  }
}

function tornText(torn: readonly CarriedDisk[]): string {
  const named = torn
    .slice(0, NAMED_MAX)
    .map(({ object }) => `${object.metadata.name}（快照 ${wholeImageOf(object) ?? '无'}）`);
  return `${torn.length} 块磁盘的上一次 VolSync 同步没有完成，内容不完整，且集云不能重建：${named.join('、')}；请从快照恢复这些磁盘并移除其接收对象后重试`;
}
