/**
 * What a virt-launcher pod requests, approximated from KubeVirt 1.9's defaults: cpu is a tenth of a core a vCPU
 * (cpuAllocationRatio 10) unless requests say more; memory is the guest's plus the overhead of
 * GetMemoryOverhead (page tables 1/512, 8 MiB a vCPU, 100 + 75 + 25 + 25 + 20 MiB fixed, 32 MiB video).
 */
import { at, type KubeObject, numberAt } from '../json.js';
import { parseQuantity } from '../quantity.js';

const cpuAllocationRatio = 10n;
const mebibyte = 1n << 20n;
const fixedOverhead = 277n * mebibyte;
const overheadPerCpu = 8n * mebibyte;
const defaultGuestMemory = 1n << 30n;

function amount(object: KubeObject, ...path: string[]): bigint | undefined {
  const value = at(object, ...path);
  return typeof value === 'string' || typeof value === 'number' ? parseQuantity(value) : undefined;
}

export function virtualCpus(instance: KubeObject): bigint {
  const cpu = (name: string) => BigInt(numberAt(instance, 'spec', 'domain', 'cpu', name) ?? 1);
  return cpu('sockets') * cpu('cores') * cpu('threads');
}

/** Thousandths of bytes. */
export function guestMemory(instance: KubeObject): bigint {
  return (
    amount(instance, 'spec', 'domain', 'memory', 'guest') ??
    amount(instance, 'spec', 'domain', 'resources', 'requests', 'memory') ??
    defaultGuestMemory * 1000n
  );
}

/** Thousandths, by the names that a ResourceQuota uses. */
export function launcherRequests(instance: KubeObject): Record<string, bigint> {
  const cpus = virtualCpus(instance);
  const cpu = amount(instance, 'spec', 'domain', 'resources', 'requests', 'cpu') ?? (cpus * 1000n) / cpuAllocationRatio;
  const guest = guestMemory(instance);
  const memory = guest + guest / 512n + (fixedOverhead + overheadPerCpu * cpus) * 1000n;
  return { 'requests.cpu': cpu, cpu, 'requests.memory': memory, memory, pods: 1000n, 'count/pods': 1000n };
}
