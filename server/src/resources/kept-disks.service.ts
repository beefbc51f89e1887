import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import type { Done } from '../audit/audit.types.js';
import { FreezeGate } from '../freezes/freeze-gate.service.js';
import { say } from '../kernel/bilingual.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { TenantScope, Viewer } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { attachRefusal, detachRefusal, freeSlot, giveUpRefusal } from './domain/kept-disks.js';
import { diskDone, KeptDiskTime, unknownDisk } from './kept-disk-time.service.js';
import { type KeptDiskFilter, type KeptDiskRow, KeptDisksRepository } from './kept-disks.repository.js';
import { LifePolicies } from './life-policies.service.js';
import { changeOf, unknownResource } from './resource-life.service.js';
import { type LockedResource, ResourceMoves } from './resource-moves.service.js';
import type { ResourceRow } from './resources.types.js';

export interface OnDisk {
  readonly diskId: string | undefined;
  readonly idempotencyKey: string;
  readonly expectedVersion: number;
}
type Answer = Promise<Result<{ id: string }, readonly Refusal[]>>;
type Decided = Promise<Result<Done<{ id: string }>, readonly Refusal[]>>;

const DAY_MS = 86_400_000;

/** What is done to disks that outlived their machines: a machine gets one, lets it go, or it is given up. */
@Injectable()
export class KeptDisks {
  constructor(
    private readonly disks: KeptDisksRepository,
    private readonly moves: ResourceMoves,
    private readonly policies: LifePolicies,
    private readonly acts: Acts,
    private readonly time: KeptDiskTime,
    private readonly freezes: FreezeGate,
  ) {}

  page(scope: TenantScope, filter: KeptDiskFilter, page: PageRequest): Promise<Page<KeptDiskRow>> {
    return this.disks.page(scope, filter, page);
  }

  inScope(scope: TenantScope, id: string): Promise<KeptDiskRow | null> {
    return this.disks.inScope(scope, id);
  }

  /** Batch for loaders: those that each machine has, and the one that was kept of it. */
  readonly around = async (resourceIds: readonly string[]): Promise<KeptDiskRow[][]> => {
    const rows = await this.disks.around(resourceIds);
    return resourceIds.map((id) => rows.filter((row) => row.attachedToId === id || row.resourceId === id));
  };

  targets(disk: KeptDiskRow): Promise<ResourceRow[]> {
    return this.disks.targets(disk);
  }

  attach(viewer: Viewer, scope: TenantScope, wish: OnDisk & { readonly resourceId: string | undefined }): Answer {
    return this.onDisk(viewer, scope, 'keptDisk.attach', wish, wish.resourceId, async (tx, disk, machine, former) => {
      if (!machine) return refuse([unknownResource()]);
      const refusal = attachRefusal(disk, machine);
      if (refusal) return refuse([refusal]);
      const attached = machine.attachedDisks ?? [];
      const entry = { keptDiskId: disk.id, slot: freeSlot(attached), dataVolume: `${former.objectName}-root` };
      await this.disks.update(tx, disk, { state: 'ATTACHED', attachedToId: machine.id, untilAt: null });
      const text = say(
        `挂载保留的磁盘 ${disk.diskGib} GiB（原 ${former.name}），下次开机生效`,
        `Has the kept disk of ${former.name}, ${disk.diskGib} GiB, from its next start on`,
      );
      const said = { text, by: viewer.name };
      await this.moves.operate(tx, machine, 'DISK_ATTACHED', said, { attachedDisks: [...attached, entry] });
      await this.moves.note(tx, former, 'DISK_ATTACHED', {
        text: say(`保留的磁盘挂载到 ${machine.name}`, `Its disk is ${machine.name}'s now`),
        by: viewer.name,
      });
      return ok(
        diskDone(
          disk,
          say(`挂载 ${former.name} 的磁盘到 ${machine.name}`, `Attach the disk of ${former.name} to ${machine.name}`),
          {
            state: 'ATTACHED',
            attachedToId: machine.id,
          },
        ),
      );
    });
  }

  /** From the machine that has it to being kept again, for so many days. */
  async detach(viewer: Viewer, scope: TenantScope, wish: OnDisk & { readonly days: number }): Answer {
    const { DISK_KEEP_DAYS_MAX: most } = await this.policies.policy();
    const seen = wish.diskId === undefined ? null : await this.disks.inScope(scope, wish.diskId);
    return this.onDisk(
      viewer,
      scope,
      'keptDisk.detach',
      wish,
      seen?.attachedToId ?? undefined,
      async (tx, disk, machine, former) => {
        // Of another machine by now, or of none: the version says so, or the state does.
        if (!machine || machine.id !== disk.attachedToId) return refuse([changedMeanwhile(wish, disk)]);
        const refusals = detachRefusal(disk, machine, wish.days, most);
        if (refusals.length > 0) return refuse(refusals);
        const left = (machine.attachedDisks ?? []).filter(({ keptDiskId }) => keptDiskId !== disk.id);
        const untilAt = new Date(tx.now.getTime() + wish.days * DAY_MS);
        await this.disks.update(tx, disk, { state: 'KEPT', attachedToId: null, untilAt, remindedAt: null });
        const text = say(`卸下保留的磁盘（原 ${former.name}）`, `Has the kept disk of ${former.name} no longer`);
        const attachedDisks = left.length > 0 ? left : null;
        await this.moves.operate(tx, machine, 'DISK_DETACHED', { text, by: viewer.name }, { attachedDisks });
        await this.moves.note(tx, former, 'DISK_DETACHED', {
          text: say(
            `保留的磁盘从 ${machine.name} 卸下，再保留 ${wish.days} 天`,
            `Its disk left ${machine.name}, for ${wish.days} days`,
          ),
          by: viewer.name,
        });
        return ok(
          diskDone(
            disk,
            say(
              `从 ${machine.name} 卸下 ${former.name} 的磁盘`,
              `Detach the disk of ${former.name} from ${machine.name}`,
            ),
            {
              state: 'KEPT',
              untilAt: untilAt.toISOString(),
            },
          ),
        );
      },
    );
  }

  giveUp(viewer: Viewer, scope: TenantScope, wish: OnDisk & { readonly confirmName: string }): Answer {
    return this.onDisk(viewer, scope, 'keptDisk.giveUp', wish, undefined, async (tx, disk, _machine, former) => {
      if (wish.confirmName !== former.name)
        return refuse([
          {
            code: 'INVALID_INPUT',
            path: ['confirmName'],
            rule: 'confirmName',
            message: say(`请原样输入名称 ${former.name}`, `Type the name ${former.name} exactly`),
          },
        ]);
      const refusal = giveUpRefusal(disk);
      if (refusal) return refuse([refusal]);
      const text = say('放弃保留，正在删除磁盘', 'Its disk is given up and being deleted');
      return ok(await this.time.end(tx, disk, former, 'GIVEN_UP', { text, by: viewer.name }));
    });
  }

  /** The machine's row first, then the disk's, then that of the machine that is gone: in this order everywhere. */
  private onDisk(
    viewer: Viewer,
    scope: TenantScope,
    name: string,
    wish: OnDisk,
    machineId: string | undefined,
    work: (tx: Tx, disk: KeptDiskRow, machine: LockedResource | null, former: LockedResource) => Decided,
  ): Answer {
    const { idempotencyKey, ...input } = wish;
    return this.acts.perform({ name, actor: viewer, idempotencyKey, input }, async (tx) => {
      const { diskId } = wish;
      const machine = await this.moves.locked(tx, scope, machineId);
      const disk = diskId === undefined ? null : await this.disks.locked(tx, diskId);
      const former = disk && (await this.moves.locked(tx, scope, disk.resourceId));
      if (!disk || !former) return refuse([unknownDisk()]);
      if (disk.version !== wish.expectedVersion) return refuse([changedMeanwhile(wish, disk)]);
      // A disk that is given up is deleted, and a machine that gets or loses one is changed.
      const frozen = await this.freezes.refused(tx, changeOf(machine ?? former));
      return frozen.length > 0 ? refuse(frozen) : work(tx, disk, machine, former);
    });
  }
}

function changedMeanwhile({ expectedVersion }: OnDisk, { version }: KeptDiskRow): Refusal {
  return {
    code: 'VERSION_CONFLICT',
    path: ['expectedVersion'],
    expected: expectedVersion,
    current: version,
    message: say('这块磁盘刚刚变化，请核对后再操作', 'The disk has just changed; look again before you act'),
  };
}
