import { type Bilingual, counted, say } from '../../kernel/bilingual.js';
import { named, namedEach } from '../../kernel/said.js';
import { textAt } from '../../provisioning/domain/cluster-object.js';
import { diskNameOf } from '../../provisioning/domain/desired-manifests.js';
import type { ResourceStanding } from '../../resources/resource-standing.service.js';
import { hasReceivedSince, isHeldSinceBefore, isTorn, standOfDisk, wholeImageOf } from '../domain/received-copy.js';
import type { EvidenceRepository } from '../evidence.repository.js';
import { StepRefused, type StepWorld } from '../step-handlers.service.js';
import { type CarriedDisk, type Site, stillThere } from './site.js';

export interface Rebuilt {
  readonly disk: string;
  readonly snapshot: string;
}

/**
 * Of disks that a cut transfer tore. Nothing is started from half a disk: the record names the torn one and the snapshot of
 * what arrived whole, and the cluster is driven there like any other wish; whoever dies in between is followed by one who
 * finds the same record.
 */
export class Rebuilding {
  constructor(
    private readonly standing: Pick<ResourceStanding, 'rebuildDisk'>,
    private readonly evidence: Pick<EvidenceRepository, 'servedBy'>,
  ) {}

  /**
   * Those whose disk may be half of two copies. None on the way back: what served until now writes its disk itself. Of a
   * planned move none that has received to its end since the halt, for nobody sends after that: VolSync only listens, and calls
   * that synchronizing as well.
   */
  async suspects(
    world: Pick<StepWorld, 'execution' | 'step' | 'steps'>,
    { center }: Pick<Site, 'center'>,
    receivers: readonly CarriedDisk[],
    epoch: number,
  ): Promise<readonly CarriedDisk[]> {
    if (world.step.params.back === true || receivers.length === 0) return [];
    const servedBy = await this.evidence.servedBy(world.execution.groupId);
    const haltedAt = isPlanned(world)
      ? (world.steps.find(({ action }) => action === 'HALT_SOURCE')?.finishedAt ?? null)
      : null;
    return receivers.filter(
      ({ object }) =>
        isTorn(object) &&
        !isHeldSinceBefore(object, epoch, servedBy, center.id) &&
        !(haltedAt !== null && hasReceivedSince(object, haltedAt)),
    );
  }

  /** @param suspects those of the receivers whose word of a cut transfer counts. */
  async look(
    world: StepWorld,
    target: Site,
    receivers: readonly CarriedDisk[],
    suspects: readonly CarriedDisk[],
  ): Promise<{
    readonly rebuilt: readonly Rebuilt[];
    /** Machines whose disk stands that was made anew. */
    readonly madeIds: readonly string[];
    readonly waits: Bilingual | null;
  }> {
    const rebuilt: Rebuilt[] = [];
    const madeIds: string[] = [];
    const waiting: Bilingual[] = [];
    const byPeople: CarriedDisk[] = [];
    for (const one of receivers) {
      const { machine, object } = one;
      const torn = suspects.includes(one);
      if (!torn && !machine.tornDiskUid) continue;
      const name = diskNameOf(machine.objectName);
      const key = { kind: 'DataVolume', namespace: machine.objectNamespace, name } as const;
      const disk = await target.gateway.get(key);
      const wish = { snapshot: machine.diskSnapshot ?? null, tornDiskUid: machine.tornDiskUid ?? null };
      const stand = standOfDisk(disk, object, wish, torn);
      const snapshot = wholeImageOf(object);
      if (stand === 'WHOLE') {
        madeIds.push(machine.id);
        if (torn) rebuilt.push({ disk: name, snapshot: snapshot ?? '' });
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
      const phase = textAt(disk, 'status', 'phase');
      waiting.push(say(`${name}（${phase ?? '待建'}）`, `${name} (${phase ?? 'to be made'})`));
    }
    if (byPeople.length > 0) throw new StepRefused(tornText(byPeople));
    const disks = namedEach(waiting);
    const waits =
      waiting.length === 0
        ? null
        : say(
            `等待 ${waiting.length} 块磁盘从快照重建：${disks.zh}`,
            `Waits for ${counted(waiting.length, 'disk', 'disks')} to be made anew of a snapshot: ${disks.en}`,
          );
    return { rebuilt, madeIds, waits };
  }

  private async ask(
    world: StepWorld,
    { gateway }: Site,
    { machine }: CarriedDisk,
    of: { readonly snapshot: string; readonly tornDiskUid: string },
  ): Promise<boolean> {
    if ((await stillThere({ gateway, machines: [machine] })).length > 0)
      throw new StepRefused(
        say(
          `虚拟机 ${machine.name} 正在运行，其磁盘内容不完整，停机之前不能重建`,
          `The machine ${machine.name} runs, and its disk is not whole: it is not made anew before the machine has stopped`,
        ),
      );
    return world.write((tx) => this.standing.rebuildDisk(tx, machine.id, of, world.execution.code));
  }
}

export const isPlanned = ({ execution }: Pick<StepWorld, 'execution'>) => execution.kind !== 'FAILOVER';

/**
 * A snapshot of before the halt lacks the last writes, and nobody has accepted to lose them: nothing is made anew of it.
 */
export function notReceived(receivers: readonly CarriedDisk[]): StepRefused {
  const disks = named(receivers.map(({ object }) => object.metadata.name));
  return new StepRefused(
    say(
      `${receivers.length} 块磁盘的接收端没有停机之后完成的同步：${disks.zh}；停机之前的快照缺少最后的写入，不用来重建，磁盘未作更改。请等接收端同步完成后重试，或回退；由别的方式同步的，请移除其接收对象后重试`,
      `${counted(receivers.length, 'receiver has', 'receivers have')} ended no sync since the halt: ${disks.en}. A snapshot of before it lacks the last writes, so that no disk was made anew of one, nor changed. Try again when they have received, or roll back; remove the receiver of what is synchronized otherwise, and try again`,
    ),
  );
}

function tornText(torn: readonly CarriedDisk[]): Bilingual {
  const disks = namedEach(
    torn.map(({ object }) => {
      const { name } = object.metadata;
      const image = wholeImageOf(object);
      return say(
        `${name}（快照 ${image ?? '无'}）`,
        `${name} (${image === null ? 'no snapshot' : `snapshot ${image}`})`,
      );
    }),
  );
  return say(
    `${torn.length} 块磁盘的上一次 VolSync 同步没有完成，内容不完整，且集云不能重建：${disks.zh}；请从快照恢复这些磁盘并移除其接收对象后重试`,
    `VolSync did not end the last sync of ${counted(torn.length, 'disk', 'disks')}: what is on ${torn.length === 1 ? 'it is' : 'them is'} not whole, and the console cannot make ${torn.length === 1 ? 'it' : 'them'} anew: ${disks.en}. Restore from snapshots, remove the receivers, and try again`,
  );
}
