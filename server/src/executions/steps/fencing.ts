import { type Bilingual, counted, say } from '../../kernel/bilingual.js';
import { named } from '../../kernel/said.js';
import { at, type Manifest, textAt } from '../../provisioning/domain/cluster-object.js';
import { MANAGED_BY, MARK } from '../../provisioning/domain/marks.js';
import type { Clusters } from '../../provisioning/domain/ports.js';
import type { FenceProof } from '../domain/fence-proof.js';
import type { Fences } from '../fences.service.js';
import { type StepHandler, type StepLook, StepRefused, type StepWorld } from '../step-handlers.service.js';
import { type Site, sideOf, stillThere, waitsFor } from './site.js';

type Proved =
  | { readonly proved: true; readonly detail: unknown }
  | { readonly proved: false; readonly note: Bilingual };

const FENCE_AWAITED = say('等待存储确认隔离', 'Waits for the storage to confirm the fence');

export const fenceName = (centerCode: string) => `jiyun-${centerCode}`;

/** 证明原中心不再写入: read at a cluster, and kept with what was read. A lease is not asked. */
export class ProveFence implements StepHandler {
  constructor(
    private readonly clusters: Clusters,
    private readonly fences: Fences,
  ) {}

  async look(world: StepWorld): Promise<StepLook> {
    const kind = world.step.params.proof;
    if (kind === undefined || kind === 'STATEMENT')
      throw new StepRefused(
        say('声明须由人签署，不能自动完成', 'A statement is signed by people and never made by itself'),
      );
    const source = sideOf(world, this.clusters, 'SOURCE');
    let seen: Proved;
    try {
      seen = await this.prove(kind, world, source);
    } catch (error) {
      const note = waitsFor(error);
      if (note === null) throw error;
      // Silence proves nothing.
      return {
        done: false,
        note: say(
          `${note.zh}；没有应答不能证明已停止写入`,
          `${note.en}; silence does not prove that it writes no more`,
        ),
      };
    }
    if (!seen.proved) return { done: false, note: seen.note };
    const { id: centerId, role } = source.center;
    const { detail } = seen;
    return {
      done: true,
      output: { proof: kind, center: source.center.code, detail },
      finish: async (tx, execution) => {
        const refused = await this.fences.raise(tx, execution, {
          ...{ centerId, sameCity: role !== 'RECOVERY', kind, detail, observedAt: world.now },
        });
        const [first] = refused;
        if (first) throw new StepRefused(first.message);
      },
    };
  }

  private prove(kind: Exclude<FenceProof, 'STATEMENT'>, world: StepWorld, source: Site): Promise<Proved> {
    if (kind === 'MACHINES_GONE') return machinesGone(source);
    if (kind === 'BMC_OFF') return powerOff(world, source);
    return this.networkFence(world, source);
  }

  /** The storage is told at the side that lives: it keeps the other side's nodes out. */
  private async networkFence(world: StepWorld, source: Site): Promise<Proved> {
    const { cidrs = [], fenceClass = '' } = world.step.params;
    const { gateway } = sideOf(world, this.clusters, 'TARGET');
    const name = fenceName(source.center.code);
    const key = { kind: 'NetworkFence', namespace: null, name } as const;
    const found = await gateway.get(key);
    if (found === undefined || at(found, 'spec', 'fenceState') !== 'Fenced') {
      const isPaired = ({ role }: { readonly role: string }) => role !== 'RECOVERY';
      const others = world.ground.centers.filter((one) => isPaired(one) && one.id !== source.center.id);
      const ids = others.map(({ id }) => id);
      if (isPaired(source.center) && (await this.fences.isAnyOf(ids, world.execution.id)))
        throw new StepRefused(
          say(
            '同城另一中心已被或正在被隔离；两个同城中心不能同时隔离，存储未收到指令',
            'The other center of the city is fenced or is being fenced; both of a city are not fenced at once, and the storage was told nothing',
          ),
        );
      world.assertMay();
      await gateway.apply(networkFence(name, fenceClass, cidrs, 'Fenced'), { stillMay: world.assertMay });
      return { proved: false, note: FENCE_AWAITED };
    }
    const result = textAt(found, 'status', 'result');
    const message = textAt(found, 'status', 'message') ?? '';
    if (result === 'Failed')
      throw new StepRefused(say(`存储拒绝隔离：${message}`, `The storage refuses to fence: ${message}`));
    // What it says must be of fencing: the answer to an earlier unfencing is a success as well.
    if (result !== 'Succeeded' || !/^fencing/.test(message)) return { proved: false, note: FENCE_AWAITED };
    return { proved: true, detail: { name, cidrs, result, message, uid: found.metadata.uid } };
  }
}

export function networkFence(
  name: string,
  fenceClass: string,
  cidrs: readonly string[],
  fenceState: 'Fenced' | 'Unfenced',
): Manifest {
  return {
    ...{ apiVersion: 'csiaddons.openshift.io/v1alpha1', kind: 'NetworkFence' },
    metadata: { name, labels: { [MARK.managedBy]: MANAGED_BY } },
    spec: { networkFenceClassName: fenceClass, cidrs: [...cidrs], fenceState },
  };
}

async function machinesGone(source: Site): Promise<Proved> {
  const left = await stillThere(source);
  if (left.length > 0)
    return {
      proved: false,
      note: say(
        `还有 ${left.length} 台在运行或将被启动：${named(left).zh}`,
        `${counted(left.length, 'machine runs', 'machines run')}, or ${left.length === 1 ? 'is' : 'are'} wished to: ${named(left).en}`,
      ),
    };
  return { proved: true, detail: { machines: source.machines.map(({ name }) => name), running: 0 } };
}

async function powerOff(world: StepWorld, { gateway }: Site): Promise<Proved> {
  const hosts = world.step.params.hosts ?? [];
  const on: string[] = [];
  for (const host of hosts) {
    const [namespace = '', name = ''] = host.split('/');
    const found = await gateway.get({ kind: 'BareMetalHost', namespace, name });
    if (found === undefined)
      throw new StepRefused(
        say(`没有服务器 ${host}，无法读取其电源`, `There is no server ${host}: its power cannot be read`),
      );
    if (at(found, 'status', 'poweredOn') !== false) on.push(host);
  }
  if (on.length > 0)
    return {
      proved: false,
      note: say(
        `还有 ${on.length} 台有电：${named(on).zh}`,
        `${counted(on.length, 'server has', 'servers have')} power still: ${named(on).en}`,
      ),
    };
  return { proved: true, detail: { hosts, poweredOn: false } };
}
