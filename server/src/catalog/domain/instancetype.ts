/** Decides whether a document is a KubeVirt instance type that can be offered, and which of its fields the console acts on. */
import { ARCHITECTURES, type Architecture } from '../../facilities/domain/facility.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';
import { parseBytes } from '../../kernel/quantity.js';
import { ok, type Result, refuse } from '../../kernel/result.js';
import { familyOf, type KeptAside, type Offer, sizeName } from './catalog.js';

/** An offer that is not yet written: it has no id. */
export type OfferDraft = Omit<Offer, 'id' | 'standbyRatioPercent' | 'version'>;

export interface FieldProblem {
  /** Where in the document, e.g. "spec.memory.guest"; "" for the document as a whole. */
  readonly field: string;
  readonly message: Bilingual;
}

const API_VERSION = 'instancetype.kubevirt.io/v1beta1';
const KIND = 'VirtualMachineClusterInstancetype';
/** A code becomes a label's value in the clusters, and those end at 63. */
const NAME_LENGTH_MAX = 63;
const DNS_NAME = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/;
/** KubeVirt starts no machine with more (its limit of vCPU on one guest). */
const VCPU_MAX = 512;
const MIB = 1n << 20n;
/** Less cannot start any system in the catalog; more is no machine that exists. */
const MEMORY_MIB_MIN = 64n;
const MEMORY_MIB_MAX = 16n * 1024n * 1024n;
/** What is kept aside is for reading; a document with more is no instance type. */
const KEPT_ASIDE_LENGTH_MAX = 16_384;
const ARCHITECTURE_LABEL = 'kubernetes.io/arch';

interface Fields {
  readonly [name: string]: unknown;
}

/**
 * @param assumed the architecture of a type that does not say one by its node selector; most do not.
 * @returns the offer, or everything that is wrong with the document at once.
 */
export function offerOf(document: unknown, assumed: Architecture): Result<OfferDraft, readonly FieldProblem[]> {
  const problems: FieldProblem[] = [];
  const problem = (field: string, zh: string, en: string): undefined => {
    problems.push({ field, message: say(zh, en) });
    return undefined;
  };
  const root = fieldsOf(document);
  if (!root) return refuse([{ field: '', message: say('文档不是键值结构', 'the document is no mapping') }]);
  if (root.apiVersion !== API_VERSION) problem('apiVersion', `必须是 ${API_VERSION}`, `must be ${API_VERSION}`);
  if (root.kind !== KIND) problem('kind', `必须是 ${KIND}`, `must be ${KIND}`);
  const code = nameOf(fieldsOf(root.metadata)?.name, problem);
  const spec = fieldsOf(root.spec);
  const vcpu = vcpuOf(fieldsOf(spec?.cpu)?.guest, problem);
  const memoryMib = memoryOf(fieldsOf(spec?.memory)?.guest, problem);
  const architecture = architectureOf(spec?.nodeSelector, assumed, problem);
  const keptAside = leftOver(root);
  if (keptAside && JSON.stringify(keptAside).length > KEPT_ASIDE_LENGTH_MAX)
    problem(
      '',
      `其余字段超过 ${KEPT_ASIDE_LENGTH_MAX} 字符`,
      `its other fields exceed ${KEPT_ASIDE_LENGTH_MAX} characters`,
    );
  if (problems.length > 0 || code === undefined || vcpu === undefined || memoryMib === undefined || !architecture)
    return refuse(problems);
  const family = familyOf(vcpu, memoryMib);
  return ok({
    code,
    name: `${sizeName(family, vcpu, memoryMib)} (${code})`,
    family,
    architecture,
    // The document says nothing about whose processor it is, so the offer promises nothing.
    domesticCpu: false,
    // Its devices are named as one cluster names them; which class of ours that is, nobody has said.
    accelerator: null,
    acceleratorCount: 0,
    vcpu,
    memoryMib,
    status: 'OFFERED',
    keptAside,
  });
}

/** Paths of the fields of the spec that are kept but not acted on, e.g. "spec.memory.hugepages". */
export function ignoredFields(keptAside: KeptAside | null): string[] {
  const spec = fieldsOf(keptAside?.spec) ?? {};
  return Object.entries(spec).flatMap(([name, value]) =>
    name === 'cpu' || name === 'memory'
      ? Object.keys(fieldsOf(value) ?? {}).map((inner) => `spec.${name}.${inner}`)
      : [`spec.${name}`],
  );
}

type Say = (field: string, zh: string, en: string) => undefined;

function nameOf(name: unknown, problem: Say): string | undefined {
  if (typeof name === 'string' && name.length <= NAME_LENGTH_MAX && DNS_NAME.test(name)) return name;
  return problem(
    'metadata.name',
    `必须是 1 至 ${NAME_LENGTH_MAX} 个小写字母、数字、点或连字符`,
    `must be 1 to ${NAME_LENGTH_MAX} lower-case letters, digits, dots or hyphens`,
  );
}

function vcpuOf(guest: unknown, problem: Say): number | undefined {
  if (typeof guest === 'number' && Number.isInteger(guest) && guest >= 1 && guest <= VCPU_MAX) return guest;
  return problem('spec.cpu.guest', `必须是 1 至 ${VCPU_MAX} 的整数`, `must be a whole number from 1 to ${VCPU_MAX}`);
}

function memoryOf(guest: unknown, problem: Say): number | undefined {
  const bytes = parseBytes(guest);
  if (bytes === undefined)
    return problem('spec.memory.guest', '必须是内存数量，例如 8Gi', 'must be an amount of memory such as 8Gi');
  if (bytes % MIB !== 0n) return problem('spec.memory.guest', '必须是整数 MiB', 'must be a whole number of MiB');
  const mib = bytes / MIB;
  if (mib >= MEMORY_MIB_MIN && mib <= MEMORY_MIB_MAX) return Number(mib);
  return problem(
    'spec.memory.guest',
    `必须在 ${MEMORY_MIB_MIN}Mi 与 ${MEMORY_MIB_MAX / 1024n}Gi 之间`,
    `must be from ${MEMORY_MIB_MIN}Mi to ${MEMORY_MIB_MAX / 1024n}Gi`,
  );
}

function architectureOf(nodeSelector: unknown, assumed: Architecture, problem: Say): Architecture | undefined {
  const label = fieldsOf(nodeSelector)?.[ARCHITECTURE_LABEL];
  if (label === undefined) return assumed;
  const named = ARCHITECTURES.find((architecture) => architecture.toLowerCase() === label);
  return (
    named ?? problem(`spec.nodeSelector["${ARCHITECTURE_LABEL}"]`, '必须是 amd64 或 arm64', 'must be amd64 or arm64')
  );
}

/** The document without the fields that are understood and without what that leaves empty; null = nothing is left. */
function leftOver(root: Fields): KeptAside | null {
  const { apiVersion: _version, kind: _kind, metadata, spec, ...rest } = root;
  const { name: _name, ...labels } = fieldsOf(metadata) ?? {};
  const { cpu, memory, ...others } = fieldsOf(spec) ?? {};
  const left = withoutEmpty({
    ...rest,
    metadata: withoutEmpty(labels),
    spec: withoutEmpty({ ...others, cpu: withoutGuest(cpu), memory: withoutGuest(memory) }),
  });
  // Through JSON once, so that what is compared with a stored row later has the row's form (.nan becomes null).
  return left === undefined ? null : (JSON.parse(JSON.stringify(left)) as KeptAside);
}

function withoutGuest(value: unknown): Fields | undefined {
  const { guest: _guest, ...rest } = fieldsOf(value) ?? {};
  return withoutEmpty(rest);
}

function withoutEmpty(fields: Fields): Fields | undefined {
  const left = Object.entries(fields).filter(([, value]) => value !== undefined);
  return left.length > 0 ? Object.fromEntries(left) : undefined;
}

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}
