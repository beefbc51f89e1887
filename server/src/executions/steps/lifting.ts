import { type Bilingual, counted, say } from '../../kernel/bilingual.js';
import { named } from '../../kernel/said.js';
import { at, textAt } from '../../provisioning/domain/cluster-object.js';
import type { Clusters } from '../../provisioning/domain/ports.js';
import type { EvidenceRepository } from '../evidence.repository.js';
import type { ExecutionGrounds } from '../execution-grounds.service.js';
import type { ExecutionRow, StepRow } from '../executions.types.js';
import { StepRefused, type StepWorld } from '../step-handlers.service.js';
import { fenceName, networkFence } from './fencing.js';
import { noCluster, runningOf, stillThere } from './site.js';

const LIFT_AWAITED = say('等待存储解除隔离', 'Waits for the storage to lift the fence');

/** How a center is let in again that the storage keeps out: by whom it was fenced, and never while its machines still run. */
export class Lifting {
  constructor(
    private readonly clusters: Clusters,
    private readonly evidence: EvidenceRepository,
    private readonly grounds: Pick<ExecutionGrounds, 'machinesOf'>,
  ) {}

  /** @param by the execution that had it fenced. null = it is let in; else what is waited for. */
  async letIn(world: StepWorld, centerId: string, by: Pick<ExecutionRow, 'id' | 'fromCenterId' | 'toCenterId'>) {
    // The storage was told at the side that lived.
    const told = this.gatewayOf(world, centerId === by.fromCenterId ? by.toCenterId : by.fromCenterId);
    const code = world.ground.centers.find(({ id }) => id === centerId)?.code ?? '';
    const name = fenceName(code);
    const found = await told.get({ kind: 'NetworkFence', namespace: null, name });
    if (found === undefined) return null;
    if (at(found, 'spec', 'fenceState') === 'Unfenced') {
      const [result, message] = [textAt(found, 'status', 'result'), textAt(found, 'status', 'message') ?? ''];
      if (result === 'Failed' && /^unfencing/.test(message))
        throw new StepRefused(say(`存储未能解除隔离：${message}`, `The storage could not lift the fence: ${message}`));
      return result === 'Succeeded' && /^unfencing/.test(message) ? null : LIFT_AWAITED;
    }
    const others = await this.evidence.restingOn(centerId, [by.id, world.execution.id]);
    if (others.length > 0)
      return say(
        `等待 ${others.join('、')} 结束：也以该隔离为证明`,
        `Waits for ${others.join(', ')} to end: its proof is this fence as well`,
      );
    const behind = await this.runsBehind(world, centerId);
    if (behind !== null) return behind;
    if (!servesIn(world, centerId)) {
      const machines = world.ground.machines.filter((machine) => machine.centerId === centerId);
      const left = await stillThere({ gateway: this.gatewayOf(world, centerId), machines });
      if (left.length > 0)
        return say(
          `还有 ${left.length} 台在运行：${named(left).zh}；停机之前不解除隔离`,
          `${counted(left.length, 'machine runs', 'machines run')} there still: ${named(left).en}; the fence is not lifted before they have stopped`,
        );
    }
    const spec = found.spec as { cidrs?: string[]; networkFenceClassName?: string };
    world.assertMay();
    await told.apply(networkFence(name, spec.networkFenceClassName ?? '', spec.cidrs ?? [], 'Unfenced'), {
      stillMay: world.assertMay,
    });
    return LIFT_AWAITED;
  }

  /** Of another group that was moved out of it behind the same fence: its execution is over, its machines may still run there. */
  private async runsBehind(world: StepWorld, centerId: string): Promise<Bilingual | null> {
    const moved = (await this.evidence.movedBehind(centerId)).filter(
      ({ groupId }) => groupId !== world.execution.groupId,
    );
    if (moved.length === 0) return null;
    const machinesOf = await this.grounds.machinesOf(moved.map(({ groupId }) => groupId));
    const codeOf = new Map(
      moved.flatMap(({ code, groupId }) => (machinesOf.get(groupId) ?? []).map(({ id }) => [id, code] as const)),
    );
    const machines = [...machinesOf.values()].flat().filter((machine) => machine.centerId === centerId);
    // All at once: a lost center was left by hundreds of groups, and one look at them must end within a lease.
    const running = await runningOf({ gateway: this.gatewayOf(world, centerId), machines });
    const [first] = running;
    if (!first) return null;
    const code = codeOf.get(first.id);
    const left = running.filter(({ id }) => codeOf.get(id) === code).map(({ name }) => name);
    return say(
      `${code} 移出的 ${left.length} 台仍在该中心运行：${named(left).zh}；停机之前不解除隔离`,
      `${counted(left.length, 'machine', 'machines')} that ${code} moved out still run${left.length === 1 ? 's' : ''} in that center: ${named(left).en}; the fence is not lifted before they have stopped`,
    );
  }

  private gatewayOf({ ground }: StepWorld, centerId: string | null) {
    const center = ground.centers.find(({ id }) => id === centerId);
    const gateway = center && this.clusters.of(center.code);
    if (!gateway) throw noCluster(center?.name ?? '');
    return gateway;
  }
}

/** By the record: who writes there, or, where nobody writes data, what was placed there. */
function servesIn({ execution, ground }: StepWorld, centerId: string): boolean {
  const writers = ground.moved.places.flatMap((places) => places.filter(({ role }) => role === 'WRITER'));
  if (writers.length > 0) return writers.some((one) => one.centerId === centerId);
  return (ground.moved.servingCenterId ?? execution.fromCenterId) === centerId;
}

/** What the storage may have been told to keep out, whether or not it has answered. */
export function toldToFence(steps: readonly StepRow[], { fromCenterId, toCenterId }: ExecutionRow): string[] {
  return steps
    .filter(
      ({ action, params, startedAt }) =>
        action === 'PROVE_FENCE' && params.proof === 'NETWORK_FENCE' && startedAt !== null,
    )
    .map(({ params }) => (params.back === true ? toCenterId : fromCenterId) as string);
}
