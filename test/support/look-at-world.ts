import { ownerOf } from '../../server/src/provisioning/domain/marks.js';
import { machineView } from '../../server/src/provisioning/domain/observe.js';
import type { ClusterGateway } from '../../server/src/provisioning/domain/ports.js';
import { type Item, inOrder, type Shown, type World } from './fault-world.ts';
import type { Province } from './province.ts';

/** An outsider's look at one cluster, its records and its counter; these are the machines that were asked for. */
export async function lookAtWorld(
  cluster: Pick<ClusterGateway, 'list'>,
  province: Province,
  centerCode: string,
  items: readonly Item[],
): Promise<World> {
  const shown = async (kind: 'VirtualMachine' | 'VirtualMachineInstance' | 'DataVolume'): Promise<Shown[]> =>
    (await cluster.list(kind)).flatMap((object) => {
      const resourceId = ownerOf(object);
      if (resourceId === undefined) return [];
      const { halted, vcpu } = machineView(object);
      const { domain } = (object.spec ?? {}) as { domain?: { cpu?: { sockets?: number } } };
      const size = {
        VirtualMachine: { vcpu, halted },
        VirtualMachineInstance: { vcpu: domain?.cpu?.sockets ?? null, halted: null },
        DataVolume: { vcpu: null, halted: null },
      }[kind as string] as Pick<Shown, 'vcpu' | 'halted'>;
      return [{ resourceId, name: object.metadata.name, ...size }];
    });
  const records = items.map(async ({ id }) => {
    const [{ power, state, formerVcpu }, { generation, observedGeneration }] = await Promise.all([
      province.row(id),
      province.desiredOf(id),
    ]);
    return { id, state, power, settled: formerVcpu === null && generation === observedGeneration };
  });
  return inOrder({
    machines: await shown('VirtualMachine'),
    instances: await shown('VirtualMachineInstance'),
    disks: await shown('DataVolume'),
    records: await Promise.all(records),
    liveVcpu: await province.liveVcpu(centerCode),
  });
}
