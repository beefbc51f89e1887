/**
 * What KubeVirt passes on of a changed machine to what runs of it, where it updates live: pkg/defaults (setupHotplug),
 * pkg/liveupdate/memory, and virt-controller's handleCPUChangeRequest and handleMemoryHotplugRequest, of 1.9.
 */
import { at, equal, type Json, type JsonObject, type KubeObject, objectAt, textAt } from '../json.js';
import { formatQuantity, parseQuantity } from '../quantity.js';
import { conditionStatus } from './world.js';

/** liveUpdateConfiguration.maxHotplugRatio of a cluster that says nothing. */
const HOTPLUG_RATIO = 4;
const SOCKETS_MAX = 512;
const MEBIBYTE = 1000n << 20n;
const MEMORY_STEP = 2n * MEBIBYTE;
const MEMORY_LEAST = 1024n * MEBIBYTE;

const STAGED = 'a non-live-updatable field was changed in the template spec';

/** A domain as the webhook lets it into the cluster: with room to grow, where its architecture can. */
export function withRoom(spec: JsonObject): JsonObject {
  const domain = objectAt(spec, 'domain');
  if (domain === undefined || architectureOf(spec) === 'arm64') return spec;
  const cpu = objectAt(domain, 'cpu');
  const memory = objectAt(domain, 'memory');
  const guest = amount(memory?.guest);
  const maxGuest = guest === undefined ? undefined : guest * BigInt(HOTPLUG_RATIO);
  const fits = guest !== undefined && maxGuest !== undefined && objection(spec, guest, maxGuest) === undefined;
  return {
    ...spec,
    domain: {
      ...domain,
      ...(cpu === undefined || count(cpu.maxSockets) ? {} : { cpu: { ...cpu, maxSockets: socketsMax(cpu) } }),
      ...(memory === undefined || memory.maxGuest !== undefined || !fits
        ? {}
        : { memory: { ...memory, maxGuest: formatQuantity(maxGuest) } }),
    },
  };
}

/** Why a changed machine waits for a restart; undefined = nothing waits for one. */
export function restartReason(
  machine: KubeObject,
  instance: KubeObject | undefined,
  updatesLive: boolean,
): string | undefined {
  if (instance === undefined) return undefined;
  const wanted = objectAt(machine, 'spec', 'template', 'spec');
  const runs = objectAt(instance, 'spec');
  const isOther = (read: (spec: JsonObject | undefined) => Json | undefined) =>
    !equal(read(wanted) ?? null, read(runs) ?? null);
  if (isOther((spec) => at(spec, 'accessCredentials'))) return STAGED;
  if (!updatesLive)
    return ['cpu', 'memory'].some((part) => isOther((spec) => at(spec, 'domain', part))) ? STAGED : undefined;
  if (isOther((spec) => but(at(spec, 'domain', 'cpu'), 'sockets', 'maxSockets'))) return STAGED;
  if (isOther((spec) => but(at(spec, 'domain', 'memory'), 'guest', 'maxGuest'))) return STAGED;
  return cpuReason(wanted, runs) ?? memoryReason(wanted, instance);
}

function cpuReason(wanted: JsonObject | undefined, runs: JsonObject | undefined): string | undefined {
  const [to, from] = [socketsOf(wanted), socketsOf(runs)];
  if (to === from) return undefined;
  if (to > count(at(runs, 'domain', 'cpu', 'maxSockets')))
    return "CPU sockets updated in template spec to a value higher than what's available";
  return to < from ? 'Reduction of CPU socket count requires a restart' : undefined;
}

function memoryReason(wanted: JsonObject | undefined, instance: KubeObject): string | undefined {
  const to = amount(at(wanted, 'domain', 'memory', 'guest'));
  const from = amount(at(instance, 'spec', 'domain', 'memory', 'guest'));
  if (to === undefined || from === undefined || to === from) return undefined;
  if (conditionStatus(instance, 'LiveMigratable') !== 'True')
    return 'memory updated in template spec. Memory-hotplug is only available for migratable VMs';
  const maxGuest = amount(at(instance, 'spec', 'domain', 'memory', 'maxGuest'));
  if (maxGuest === undefined)
    return 'memory updated in template spec. Memory-hotplug is not available for this VM configuration';
  const against = objection(wanted, to, maxGuest);
  if (against !== undefined) return `memory hotplug not supported, ${against}`;
  const boot = amount(at(instance, 'status', 'memory', 'guestAtBoot'));
  return boot !== undefined && to < boot
    ? 'memory updated in template spec to a value lower than what the VM started with'
    : undefined;
}

/** What runs with what its machine wants plugged in; undefined = it has that. */
export function pluggedSpec(machine: KubeObject, instance: KubeObject): JsonObject | undefined {
  const wanted = objectAt(machine, 'spec', 'template', 'spec');
  const spec = objectAt(instance, 'spec') ?? {};
  const [domain, cpu, memory] = [
    objectAt(spec, 'domain'),
    objectAt(spec, 'domain', 'cpu'),
    objectAt(spec, 'domain', 'memory'),
  ];
  const guest = textAt(wanted, 'domain', 'memory', 'guest');
  const grows = cpu !== undefined && socketsOf(wanted) !== socketsOf(spec);
  const swells = guest !== undefined && amount(guest) !== amount(memory?.guest);
  if (!grows && !swells) return undefined;
  return {
    ...spec,
    domain: {
      ...domain,
      ...(grows ? { cpu: { ...cpu, sockets: socketsOf(wanted) } } : {}),
      ...(swells ? { memory: { ...memory, guest } } : {}),
    },
  };
}

/** Which conditions say that what runs has yet to get what stands in its spec. */
export function plugging(instance: KubeObject): ('HotVCPUChange' | 'HotMemoryChange')[] {
  const now = objectAt(instance, 'status', 'currentCPUTopology');
  const cpu = objectAt(instance, 'spec', 'domain', 'cpu');
  const memory = objectAt(instance, 'spec', 'domain', 'memory');
  const requested = amount(at(instance, 'status', 'memory', 'guestRequested'));
  return [
    ...(now !== undefined && count(cpu?.maxSockets) > 0 && (cpu?.sockets ?? 1) !== (now.sockets ?? 1)
      ? (['HotVCPUChange'] as const)
      : []),
    ...(requested !== undefined && memory?.maxGuest !== undefined && amount(memory.guest) !== requested
      ? (['HotMemoryChange'] as const)
      : []),
  ];
}

/** Of status, once it has come to the node that plugs it in. */
export function pluggedStatus(instance: KubeObject): JsonObject {
  const due = plugging(instance);
  const status = objectAt(instance, 'status') ?? {};
  const guest = textAt(instance, 'spec', 'domain', 'memory', 'guest') ?? '';
  return {
    ...(due.includes('HotVCPUChange')
      ? {
          currentCPUTopology: {
            ...objectAt(status, 'currentCPUTopology'),
            sockets: socketsOf(objectAt(instance, 'spec')),
          },
        }
      : {}),
    ...(due.includes('HotMemoryChange')
      ? { memory: { ...objectAt(status, 'memory'), guestCurrent: guest, guestRequested: guest } }
      : {}),
  };
}

/** pkg/liveupdate/memory's ValidateLiveUpdateMemory, in its words and its order. */
function objection(spec: JsonObject | undefined, guest: bigint, maxGuest: bigint): string | undefined {
  if (guest > maxGuest) return 'Guest memory is greater than the configured maxGuest memory';
  if (guest % MEMORY_STEP !== 0n) return 'Guest memory must be 2Mi aligned';
  if (maxGuest % MEMORY_STEP !== 0n) return 'MaxGuest must be 2Mi aligned';
  if (architectureOf(spec) !== 'amd64') return 'Memory hotplug is only available for x86_64 VMs';
  return guest < MEMORY_LEAST
    ? 'Memory hotplug is only available for VMs with at least 1Gi of guest memory'
    : undefined;
}

function socketsMax(cpu: JsonObject): number {
  const sockets = count(cpu.sockets) || 1;
  const each = (count(cpu.cores) || 1) * (count(cpu.threads) || 1);
  const most = sockets * HOTPLUG_RATIO;
  return most * each > SOCKETS_MAX ? Math.max(Math.floor(SOCKETS_MAX / each), sockets) : most;
}

function socketsOf(spec: JsonObject | undefined): number {
  return count(at(spec, 'domain', 'cpu', 'sockets')) || 1;
}

function architectureOf(spec: JsonObject | undefined): string {
  return textAt(spec, 'architecture') ?? 'amd64';
}

/** Without these of its fields. */
function but(part: Json | undefined, ...keys: readonly string[]): Json | undefined {
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
  return Object.fromEntries(Object.entries(part).filter(([key]) => !keys.includes(key)));
}

function count(value: Json | undefined): number {
  return typeof value === 'number' ? value : 0;
}

/** In thousandths. */
function amount(value: Json | undefined): bigint | undefined {
  return typeof value === 'string' || typeof value === 'number' ? parseQuantity(value) : undefined;
}
