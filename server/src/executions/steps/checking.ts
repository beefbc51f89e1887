import { type Bilingual, counted, say } from '../../kernel/bilingual.js';
import { named } from '../../kernel/said.js';
import { textAt } from '../../provisioning/domain/cluster-object.js';
import type { Clusters } from '../../provisioning/domain/ports.js';
import { isOver } from '../domain/execution-state.js';
import type { ExecutionGrounds } from '../execution-grounds.service.js';
import type { ExecutionsRepository } from '../executions.repository.js';
import type { FenceRow } from '../executions.types.js';
import { WHOLE_CENTER } from '../fence-subjects.js';
import { type StepHandler, type StepLook, StepRefused, type StepWorld } from '../step-handlers.service.js';
import { type Lifting, toldToFence } from './lifting.js';
import { notCarried } from './replicating.js';
import { carriersOfMove, type Site, sideOf, stillThere, waitsFor } from './site.js';

/** 检查切换条件: what must be so before anything is touched. What is not stops the execution; nothing is only warned of. */
export class CheckPrerequisites implements StepHandler {
  constructor(
    private readonly clusters: Clusters,
    private readonly grounds: ExecutionGrounds,
    private readonly repository: ExecutionsRepository,
    private readonly lifting: Lifting,
  ) {}

  async look(world: StepWorld): Promise<StepLook> {
    const { execution, ground } = world;
    const target = sideOf(world, this.clusters, 'TARGET');
    await target.gateway.probe().catch(() => {
      throw new StepRefused(
        say(
          `目标中心 ${target.center.name} 的集群没有应答`,
          `The cluster of the target center ${target.center.name} does not answer`,
        ),
      );
    });
    const coming = target.machines.filter(({ there }) => !there);
    if (coming.length > 0)
      throw new StepRefused(
        say(
          `目标中心有 ${coming.length} 台虚拟机尚未建成`,
          `${counted(coming.length, 'machine', 'machines')} of the target center ${coming.length === 1 ? 'is' : 'are'} still being made`,
        ),
      );
    const fenced = (await this.repository.fences([execution.groupId, WHOLE_CENTER])).filter(
      ({ centerId }) => centerId === target.center.id,
    );
    try {
      await this.refuseHalfWay(world);
      const waits = await this.letBack(world, target, fenced);
      if (waits !== null) return { done: false, note: waits };
    } catch (error) {
      const note = waitsFor(error);
      if (note === null) throw error;
      return { done: false, note };
    }
    const loss = this.grounds.lossOf(ground, execution.kind, target.center.id);
    return {
      done: true,
      output: {
        ...{ target: target.center.code, machines: target.machines.length, lossSeconds: loss.seconds },
        lifted: fenced.length,
      },
      finish: async (tx) => {
        for (const { id } of fenced) await this.repository.liftFence(tx, id);
      },
    };
  }

  /** What an earlier failover left fenced comes back once it is read to stand still; another's fence is another's. */
  private async letBack(world: StepWorld, target: Site, fenced: readonly FenceRow[]): Promise<Bilingual | null> {
    if (fenced.length === 0) return null;
    const before = new Map(
      (await this.repository.byIds(fenced.map(({ executionId }) => executionId)))
        .filter(({ groupId, state }) => groupId === world.execution.groupId && isOver(state))
        .map((row) => [row.id, row]),
    );
    if (fenced.some(({ executionId }) => !before.has(executionId)))
      throw new StepRefused(
        say(
          `目标中心 ${target.center.name} 已被隔离，须先解除`,
          `The target center ${target.center.name} is fenced: lift that first`,
        ),
      );
    const left = await stillThere(target);
    if (left.length > 0)
      throw new StepRefused(
        say(
          `目标中心 ${target.center.name} 仍被隔离，且还有 ${left.length} 台在运行：${named(left).zh}；停机之后才能解除`,
          `The target center ${target.center.name} is fenced still, and ${counted(left.length, 'machine runs', 'machines run')} there: ${named(left).en}; the fence is lifted once they have stopped`,
        ),
      );
    for (const { centerId, executionId, subject } of fenced) {
      const by = before.get(executionId);
      const waits = by && subject === WHOLE_CENTER ? await this.lifting.letIn(world, centerId, by) : null;
      if (waits !== null) return waits;
    }
    return null;
  }

  /** The source is fenced by being halted; beside the other of its city, which is fenced still, that is refused, and would be only then. */
  private async refuseBeside(world: StepWorld, source: Site): Promise<void> {
    const { execution, ground } = world;
    if (source.center.role === 'RECOVERY') return;
    const beside = ground.centers.filter(
      ({ id, role }) => role !== 'RECOVERY' && id !== source.center.id && id !== execution.toCenterId,
    );
    const live = await this.repository.fences([execution.groupId, WHOLE_CENTER]);
    const other = beside.find(({ id }) => live.some(({ centerId }) => centerId === id));
    if (other)
      throw new StepRefused(
        say(
          `同城另一中心 ${other.name} 仍被隔离，计划内切换不能再隔离 ${source.center.name}；请先回切到 ${other.name}（回切的检查会解除隔离），或按灾难切换预案执行`,
          `The other center of the city, ${other.name}, is fenced still: a planned switchover cannot fence ${source.center.name} as well. Go back to ${other.name} first (its check lifts the fence), or carry out a failover`,
        ),
      );
  }

  /** What could only be found wrong when everything has moved. */
  private async refuseHalfWay(world: StepWorld): Promise<void> {
    if (world.execution.kind === 'FAILOVER') return;
    const source = sideOf(world, this.clusters, 'SOURCE');
    const unseen = source.machines.filter(({ management }) => management === 'RECORDED');
    if (unseen.length > 0)
      throw new StepRefused(
        say(
          `原中心有 ${unseen.length} 台不在集群中运行，无法由集云停机并读取；只能按灾难切换预案由两人签署声明`,
          `${counted(unseen.length, 'machine', 'machines')} of the old center run${unseen.length === 1 ? 's' : ''} in no cluster, so that the console can neither halt nor read ${unseen.length === 1 ? 'it' : 'them'}: only a failover, with a statement signed by two people, can move it`,
        ),
      );
    await this.refuseBeside(world, source);
    if (!world.steps.some(({ action, kind }) => action === 'FINAL_SYNC' && kind === 'AUTOMATIC')) return;
    // Its last sync would carry all of the disk, for hours, with everything halted.
    const { mirrors, sources } = await carriersOfMove(world, source, sideOf(world, this.clusters, 'TARGET'));
    const uncarried = notCarried(world, source, new Set([...sources, ...mirrors].map(({ machine }) => machine.id)));
    if (uncarried !== null) throw new StepRefused(uncarried);
    const never = [...sources, ...mirrors].filter(({ object }) => !textAt(object, 'status', 'lastSyncTime'));
    if (never.length > 0) {
      const disks = named(never.map(({ machine }) => machine.name));
      throw new StepRefused(
        say(
          `${never.length} 块磁盘从未完成过同步：${disks.zh}；请等首次同步完成后重试，存储不报告同步时间的，在预案中将「最后一次同步」改为人工步骤`,
          `${counted(never.length, 'disk has', 'disks have')} never ended a sync: ${disks.en}. Try again after the first one; where the storage tells no time of it, make “Last sync” a person’s step in the runbook`,
        ),
      );
    }
  }
}

/** 解除隔离: only of what this execution raised. */
export class LiftFence implements StepHandler {
  constructor(
    private readonly repository: ExecutionsRepository,
    private readonly lifting: Lifting,
  ) {}

  async look(world: StepWorld): Promise<StepLook> {
    const { execution, steps } = world;
    const live = (await this.repository.fencesOf(execution.id)).filter((fence) => fence.live === 1);
    const raised = live.filter(({ subject }) => subject === WHOLE_CENTER).map(({ centerId }) => centerId);
    const standing = await this.repository.fences([WHOLE_CENTER]);
    try {
      for (const centerId of new Set([...raised, ...toldToFence(steps, execution)])) {
        // Another had it fenced before, and lifts it.
        if (standing.some((one) => one.centerId === centerId && one.executionId !== execution.id)) continue;
        const waits = await this.lifting.letIn(world, centerId, execution);
        if (waits !== null) return { done: false, note: waits };
      }
    } catch (error) {
      const note = waitsFor(error);
      if (note === null) throw error;
      return { done: false, note };
    }
    return {
      done: true,
      output: { lifted: live.length },
      finish: async (tx) => {
        for (const { id } of live) await this.repository.liftFence(tx, id);
      },
    };
  }
}
