import type { Clusters } from '../../provisioning/domain/ports.js';
import type { ExecutionGrounds } from '../execution-grounds.service.js';
import type { ExecutionsRepository } from '../executions.repository.js';
import { WHOLE_CENTER } from '../fences.service.js';
import { type StepHandler, type StepLook, StepRefused, type StepWorld } from '../step-handlers.service.js';
import { fenceName, networkFence } from './fencing.js';
import { sideOf, waitsFor } from './site.js';

/** 检查切换条件: what must be so before anything is touched. What is not stops the execution; nothing is only warned of. */
export class CheckPrerequisites implements StepHandler {
  constructor(
    private readonly clusters: Clusters,
    private readonly grounds: ExecutionGrounds,
    private readonly repository: ExecutionsRepository,
  ) {}

  async look(world: StepWorld): Promise<StepLook> {
    const { execution, ground } = world;
    const target = sideOf(world, this.clusters, 'TARGET');
    await target.gateway.probe().catch(() => {
      throw new StepRefused(`目标中心 ${target.center.name} 的集群没有应答`);
    });
    const fenced = await this.repository.fences([execution.groupId, WHOLE_CENTER]);
    if (fenced.some(({ centerId }) => centerId === target.center.id))
      throw new StepRefused(`目标中心 ${target.center.name} 已被隔离，须先解除`);
    const coming = target.machines.filter(({ there }) => !there);
    if (coming.length > 0) throw new StepRefused(`目标中心有 ${coming.length} 台虚拟机尚未建成`);
    const loss = this.grounds.lossOf(ground, execution.kind, target.center.id);
    return {
      done: true,
      output: { target: target.center.code, machines: target.machines.length, lossSeconds: loss.seconds },
    };
  }
}

/** 解除隔离: only of what this execution raised. */
export class LiftFence implements StepHandler {
  constructor(
    private readonly clusters: Clusters,
    private readonly repository: ExecutionsRepository,
  ) {}

  async look(world: StepWorld): Promise<StepLook> {
    const { execution, ground } = world;
    const live = (await this.repository.fencesOf(execution.id)).filter((fence) => fence.live === 1);
    try {
      for (const { centerId, subject } of live)
        if (subject === WHOLE_CENTER) {
          const center = ground.centers.find(({ id }) => id === centerId);
          const other = centerId === execution.fromCenterId ? 'TARGET' : 'SOURCE';
          const { gateway } = sideOf({ ...world, step: { ...world.step, params: {} } }, this.clusters, other);
          const name = fenceName(center?.code ?? '');
          const found = await gateway.get({ kind: 'NetworkFence', namespace: null, name });
          const spec = found?.spec as { cidrs?: string[]; networkFenceClassName?: string; fenceState?: string };
          if (found && spec.fenceState !== 'Unfenced') {
            world.assertMay();
            await gateway.apply(networkFence(name, spec.networkFenceClassName ?? '', spec.cidrs ?? [], 'Unfenced'), {
              stillMay: world.assertMay,
            });
            return { done: false, note: '等待存储解除隔离' };
          }
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
