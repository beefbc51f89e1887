/** Decides what a cluster's metrics.k8s.io says of machines: what their launcher pods take of the host, and nothing else. */
import { parseBytes } from '../../kernel/quantity.js';
import { ClusterFailure } from './cluster-failure.js';
import { at, listAt, textAt } from './cluster-object.js';
import { launcherOverheadMib } from './launcher-overhead.js';
import type { MachineReading, MeasuredMachine } from './use-queries.js';

export const LAUNCHER_SELECTOR = 'kubevirt.io=virt-launcher';
/** KubeVirt names the machine on its pod, and the metrics server passes pods' labels on. */
const MACHINE_LABEL = 'vm.kubevirt.io/name';
/** Where the guest runs; others of the pod only serve it. */
const COMPUTE = 'compute';

const WHOLE = 10_000;
const MIB = 2 ** 20;
const CPU = /^(\d{1,18})(n|u|m)?$/;
const CPU_PARTS: Readonly<Record<string, number>> = { n: 1e9, u: 1e6, m: 1e3 };

/** Cores; undefined = it is no amount. */
function cores(value: unknown): number | undefined {
  const match = CPU.exec(typeof value === 'number' ? String(value) : typeof value === 'string' ? value : '');
  return match ? Number(match[1]) / (CPU_PARTS[match[2] ?? ''] ?? 1) : undefined;
}

/**
 * Memory is what the host gave the guest, its caches with it, less the launcher's own: never less than the guest uses, so
 * that nobody is called idle by it who is not. Of disks and cards it knows nothing, and nothing is said of them.
 */
export function podReadingsOf(machines: readonly MeasuredMachine[], answer: unknown): MachineReading[] {
  if (textAt(answer, 'kind') !== 'PodMetricsList')
    throw new ClusterFailure(
      'PERMANENT',
      `the answer is no list of pods' metrics: ${textAt(answer, 'message') ?? '?'}`,
    );
  const known = new Map(machines.map((machine) => [machine.name, machine]));
  return listAt(answer, 'items').flatMap((pod) => {
    const machine = known.get(String(at(pod, 'metadata', 'labels', MACHINE_LABEL) ?? ''));
    const seenAt = Date.parse(textAt(pod, 'timestamp') ?? '');
    const compute = listAt(pod, 'containers').find((each) => at(each, 'name') === COMPUTE);
    const isHere = textAt(pod, 'metadata', 'namespace') === machine?.namespace;
    if (!machine || !isHere || compute === undefined || Number.isNaN(seenAt)) return [];
    const { memoryMib, resourceId, vcpu } = machine;
    const used = cores(at(compute, 'usage', 'cpu'));
    const bytes = parseBytes(at(compute, 'usage', 'memory'));
    const guestMib = bytes === undefined ? undefined : Number(bytes) / MIB - launcherOverheadMib(1, vcpu);
    return {
      ...{ resourceId, size: { vcpu, memoryMib }, at: new Date(seenAt), source: 'METRICS_API' as const },
      values: {
        ...(used === undefined || vcpu <= 0 ? {} : { CPU: (used / vcpu) * WHOLE }),
        ...(guestMib === undefined || memoryMib <= 0 ? {} : { MEMORY: (Math.max(0, guestMib) / memoryMib) * WHOLE }),
      },
    };
  });
}
