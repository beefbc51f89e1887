/** Decides what a server is, which facts of it are well formed, and what a hardware model says of its size. */
import { say } from '../../kernel/bilingual.js';
import type { InputPath, InvalidInput, Refusal } from '../../kernel/refusal.js';
import { ok, type Result, refuse } from '../../kernel/result.js';
import { normalSerial } from './match-serial.js';
import { builds, type CpuMaker, type ServerArchitecture } from './processor.js';

export const DISK_KINDS = ['SSD', 'HDD', 'NVME'] as const;
export type DiskKind = (typeof DISK_KINDS)[number];
export const ACCELERATOR_KINDS = ['GPU', 'NPU'] as const;
export type AcceleratorKind = (typeof ACCELERATOR_KINDS)[number];

/** A kind of machine, as its maker describes it. */
export interface HardwareModel {
  readonly id: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly slug: string;
  /** 0 = takes no rack unit. */
  readonly heightHalfUnits: number;
  readonly fullDepth: boolean;
  /** null = the maker does not say. */
  readonly weightGrams: number | null;
  readonly nameplatePowerW: number | null;
  /** Keys of the file that we have no use for; kept, so that nothing is lost. */
  readonly keptAside: Readonly<Record<string, unknown>>;
}

export interface Disk {
  readonly kind: DiskKind;
  readonly sizeGib: number;
  readonly count: number;
}
export interface NetworkCard {
  readonly name: string;
  readonly mac: string;
  readonly speedMbps: number;
}
/** A countable class of accelerators, e.g. 昇腾 910B × 8. */
export interface Accelerator {
  readonly kind: AcceleratorKind;
  readonly name: string;
  readonly count: number;
}

/** What a person or a file says of a server; its life, place and use are not among it. */
export interface ServerFacts {
  readonly assetNumber: string;
  readonly serial: string;
  readonly modelId: string;
  readonly centerId: string;
  readonly architecture: ServerArchitecture;
  readonly cpuMaker: CpuMaker;
  readonly cpuModel: string;
  readonly sockets: number;
  readonly cores: number;
  readonly threads: number;
  readonly memoryMib: number;
  /** What the room must reckon with; null = the model's nameplate. */
  readonly powerW: number | null;
  /** What the cabinet has to carry; null = the model's weight. */
  readonly weightGrams: number | null;
  readonly disks: readonly Disk[];
  readonly nics: readonly NetworkCard[];
  readonly accelerators: readonly Accelerator[];
  readonly bmcAddress: string | null;
  /** YYYY-MM-DD. */
  readonly purchasedOn: string | null;
  readonly warrantyUntil: string | null;
}

/** Bounds of what stands in a room today, with space for a generation more; beyond it is a slip of the finger. */
const SOCKETS_MAX = 16;
const THREADS_MAX = 4_096;
const MEMORY_MIB_MAX = 64 * 1024 * 1024;
const POWER_W_MAX = 30_000;
const LIST_MAX = 32;
const COUNT_MAX = 256;
const DISK_GIB_MAX = 1024 * 1024;
const SPEED_MBPS_MAX = 1_600_000;

const ASSET_NUMBER = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,39}$/;
const SERIAL = /^[A-Z0-9][A-Z0-9._/-]{1,63}$/;
const MAC = /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/;
/** A host name or address, with a scheme as Metal3 writes it ("redfish://10.1.2.3/…"); never with a password inside. */
const BMC_ADDRESS = /^(?:[a-z][a-z0-9+-]*:\/\/)?[A-Za-z0-9[\]:._-]+(?:\/[A-Za-z0-9/._~%-]*)?$/;
const BMC_ADDRESS_LENGTH_MAX = 200;
const NAME_LENGTH_MAX = 60;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** The facts in their one spelling, or every rule that they break. */
export function checkedFacts(facts: ServerFacts, at: InputPath = []): Result<ServerFacts, readonly Refusal[]> {
  const normal: ServerFacts = {
    ...facts,
    assetNumber: facts.assetNumber.trim(),
    serial: normalSerial(facts.serial) ?? '',
    cpuModel: facts.cpuModel.trim(),
    bmcAddress: facts.bmcAddress?.trim() || null,
    nics: facts.nics.map((nic) => ({ ...nic, name: nic.name.trim(), mac: normalMac(nic.mac) })),
    accelerators: facts.accelerators.map((a) => ({ ...a, name: a.name.trim() })),
  };
  const broken = [...identityRules(normal), ...sizeRules(normal), ...listRules(normal), ...dateRules(normal)];
  return broken.length === 0 ? ok(normal) : refuse(broken.map((rule) => ({ ...rule, path: [...at, ...rule.path] })));
}

export function isSerial(text: string): boolean {
  return SERIAL.test(text);
}

function identityRules(facts: ServerFacts): InvalidInput[] {
  return [
    ...rule(ASSET_NUMBER.test(facts.assetNumber), ['assetNumber'], 'assetNumber', [
      '资产编号须为 1 至 40 位字母、数字或 . _ / -',
      'An asset number is 1 to 40 letters, digits or . _ / -',
    ]),
    ...rule(SERIAL.test(facts.serial), ['serial'], 'serial', [
      '序列号须为 2 至 64 位字母、数字或 . _ / -，且不是固件的占位文字',
      'A serial number is 2 to 64 letters, digits or . _ / -, and no placeholder of the firmware',
    ]),
    ...rule(facts.cpuModel.length <= NAME_LENGTH_MAX, ['cpuModel'], 'length', [
      `处理器型号最多 ${NAME_LENGTH_MAX} 个字`,
      `A processor's name has at most ${NAME_LENGTH_MAX} characters`,
    ]),
    ...rule(builds(facts.cpuMaker, facts.architecture), ['architecture'], 'architecture', [
      '该处理器厂商没有这种架构的产品',
      'This maker builds no processors of that architecture',
    ]),
    ...rule(
      facts.bmcAddress === null ||
        (facts.bmcAddress.length <= BMC_ADDRESS_LENGTH_MAX && BMC_ADDRESS.test(facts.bmcAddress)),
      ['bmcAddress'],
      'bmcAddress',
      [
        '带外管理地址须为主机名、IP 或 redfish:// 等地址，不含账号口令',
        'A BMC address is a host name, IP or redfish:// address without credentials',
      ],
    ),
  ];
}

function sizeRules(facts: ServerFacts): InvalidInput[] {
  return [
    ...range(facts.sockets, 1, SOCKETS_MAX, 'sockets', '处理器个数', 'sockets'),
    ...range(facts.cores, facts.sockets, THREADS_MAX, 'cores', '物理核数', 'cores'),
    ...range(facts.threads, facts.cores, THREADS_MAX, 'threads', '线程数', 'threads'),
    ...range(facts.memoryMib, 1, MEMORY_MIB_MAX, 'memoryMib', '内存（MiB）', 'memory (MiB)'),
    ...(facts.powerW === null ? [] : range(facts.powerW, 0, POWER_W_MAX, 'powerW', '功率（W）', 'power (W)')),
    ...(facts.weightGrams === null
      ? []
      : range(facts.weightGrams, 0, WEIGHT_GRAMS_MAX, 'weightGrams', '重量（克）', 'weight (grams)')),
  ];
}

function listRules(facts: ServerFacts): InvalidInput[] {
  const names = facts.accelerators.map((a) => a.name);
  const macs = facts.nics.map((nic) => nic.mac);
  return [
    ...(['disks', 'nics', 'accelerators'] as const).flatMap((list) =>
      rule(facts[list].length <= LIST_MAX, [list], 'range', [`最多 ${LIST_MAX} 行`, `At most ${LIST_MAX} rows`]),
    ),
    ...facts.disks.flatMap((disk, i) => [
      ...range(disk.sizeGib, 1, DISK_GIB_MAX, ['disks', String(i), 'sizeGib'], '硬盘容量（GiB）', 'disk size (GiB)'),
      ...range(disk.count, 1, COUNT_MAX, ['disks', String(i), 'count'], '数量', 'count'),
    ]),
    ...facts.nics.flatMap((nic, i) => [
      ...rule(MAC.test(nic.mac), ['nics', String(i), 'mac'], 'mac', [
        'MAC 地址须为六段十六进制',
        'A MAC address is six pairs of hexadecimal digits',
      ]),
      ...rule(named(nic.name), ['nics', String(i), 'name'], 'required', ['请填写网卡名称', 'Name the network card']),
      ...range(nic.speedMbps, 10, SPEED_MBPS_MAX, ['nics', String(i), 'speedMbps'], '速率（Mbit/s）', 'speed (Mbit/s)'),
    ]),
    ...rule(new Set(macs).size === macs.length, ['nics'], 'unique', ['MAC 地址重复', 'A MAC address occurs twice']),
    ...facts.accelerators.flatMap((a, i) => [
      ...rule(named(a.name), ['accelerators', String(i), 'name'], 'required', [
        '请填写加速卡名称',
        'Name the accelerator',
      ]),
      ...range(a.count, 1, COUNT_MAX, ['accelerators', String(i), 'count'], '数量', 'count'),
    ]),
    ...rule(new Set(names).size === names.length, ['accelerators'], 'unique', [
      '同名加速卡请合并为一行',
      'Put accelerators of one name in one row',
    ]),
  ];
}

function dateRules(facts: ServerFacts): InvalidInput[] {
  return [
    ...(['purchasedOn', 'warrantyUntil'] as const).flatMap((field) => {
      const date = facts[field];
      return rule(date === null || isDate(date), [field], 'date', ['日期须为 YYYY-MM-DD', 'A date is YYYY-MM-DD']);
    }),
    ...rule(
      facts.purchasedOn === null || facts.warrantyUntil === null || facts.purchasedOn <= facts.warrantyUntil,
      ['warrantyUntil'],
      'range',
      ['保修截止日不能早于购置日', 'The warranty cannot end before the purchase'],
    ),
  ];
}

function isDate(text: string): boolean {
  if (!DATE.test(text)) return false;
  const time = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text);
}

function named(name: string): boolean {
  return name.length > 0 && name.length <= NAME_LENGTH_MAX;
}

export function normalMac(mac: string): string {
  return mac.trim().toLowerCase().replaceAll('-', ':');
}

function range(
  value: number,
  from: number,
  to: number,
  at: string | InputPath,
  zh: string,
  en: string,
): InvalidInput[] {
  const fits = Number.isInteger(value) && value >= from && value <= to;
  return rule(fits, typeof at === 'string' ? [at] : at, 'range', [
    `${zh}须为 ${from} 至 ${to} 的整数`,
    `${en} must be a whole number from ${from} to ${to}`,
  ]);
}

function rule(holds: boolean, path: InputPath, name: string, [zh, en]: readonly [string, string]): InvalidInput[] {
  return holds ? [] : [{ code: 'INVALID_INPUT', path, rule: name, message: say(zh, en) }];
}

const SLUG = /^[a-z0-9][a-z0-9._-]{0,99}$/;
/** The highest cabinet that exists is 60 U; a model of more is a mistake in a file. */
const HEIGHT_HALF_UNITS_MAX = 120;
const WEIGHT_GRAMS_MAX = 2_000_000;

export function checkedModel(model: HardwareModel, at: InputPath = []): InvalidInput[] {
  return [
    ...rule(SLUG.test(model.slug), [...at, 'slug'], 'slug', [
      '型号标识须为小写字母、数字或 . _ -',
      'A slug is lower-case letters, digits or . _ -',
    ]),
    ...rule(
      model.manufacturer.trim() !== '' && model.manufacturer.length <= NAME_LENGTH_MAX,
      [...at, 'manufacturer'],
      'required',
      ['请填写厂商（最多 60 字）', 'Name the manufacturer (at most 60 characters)'],
    ),
    ...rule(model.model.trim() !== '' && model.model.length <= 120, [...at, 'model'], 'required', [
      '请填写型号（最多 120 字）',
      'Name the model (at most 120 characters)',
    ]),
    ...range(
      model.heightHalfUnits,
      0,
      HEIGHT_HALF_UNITS_MAX,
      [...at, 'heightHalfUnits'],
      '高度（半 U）',
      'height (half units)',
    ),
    ...(model.weightGrams === null
      ? []
      : range(model.weightGrams, 0, WEIGHT_GRAMS_MAX, [...at, 'weightGrams'], '重量（克）', 'weight (grams)')),
    ...(model.nameplatePowerW === null
      ? []
      : range(
          model.nameplatePowerW,
          0,
          POWER_W_MAX,
          [...at, 'nameplatePowerW'],
          '铭牌功率（W）',
          'nameplate power (W)',
        )),
  ];
}

/** What standing in a cabinet takes. */
export interface Demand {
  readonly heightHalfUnits: number;
  readonly fullDepth: boolean;
  readonly weightGrams: number;
  readonly powerW: number;
}

/**
 * What the server takes of a cabinet, by its own figures and else by its model's. An unknown draw or weight is refused and
 * never counted as nothing: the cabinet would feed and carry what it cannot.
 */
export function demandOf(
  { heightHalfUnits, fullDepth, ...model }: HardwareModel,
  own: Pick<ServerFacts, 'powerW' | 'weightGrams'>,
  at: InputPath = [],
): Result<Demand, readonly Refusal[]> {
  const powerW = own.powerW ?? model.nameplatePowerW;
  const weightGrams = own.weightGrams ?? model.weightGrams;
  if (powerW !== null && weightGrams !== null) return ok({ heightHalfUnits, fullDepth, weightGrams, powerW });
  return refuse([
    ...rule(powerW !== null, [...at, 'powerW'], 'unknown', [
      `型号“${model.model}”未注明功率，请先填写服务器的功率再上架`,
      `Model "${model.model}" does not say what it draws; enter the server's own power before it is mounted`,
    ]),
    ...rule(weightGrams !== null, [...at, 'weightGrams'], 'unknown', [
      `型号“${model.model}”未注明重量，请先填写服务器的重量再上架`,
      `Model "${model.model}" does not say what it weighs; enter the server's own weight before it is mounted`,
    ]),
  ]);
}
