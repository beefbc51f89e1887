/** Decides which servers, cabinet space and images can be offered, and what everything in the catalog has in common. */
import type { Architecture, NetworkZone } from '../../facilities/domain/facility.js';
import { isAcceleratorName } from '../../facilities/domain/pool-meters.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { InvalidInput } from '../../kernel/refusal.js';
import { CPU_MAKER_FACTS, type CpuMaker } from '../../servers/domain/processor.js';
import type { CatalogStatus, ImageSource, Offer } from './catalog.js';

/** What stands in the catalog, by the name of its GraphQL type. */
export const ENTRY_KINDS = ['Offer', 'ServerOffer', 'CabinetOffer', 'ServiceOffer', 'Image'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

export interface CatalogEntry {
  readonly id: string;
  readonly code: string;
  readonly status: CatalogStatus;
  readonly version: number;
}

/** A class of standalone servers; its price item is SERVER:<code>. */
export interface ServerOffer extends CatalogEntry {
  readonly name: string;
  readonly architecture: Architecture;
  readonly cpuMaker: CpuMaker;
  readonly cores: number;
  readonly memoryMib: number;
  /** In the words of the trade, e.g. "2×480G SSD + 8×8T HDD". */
  readonly disks: string;
  /** E.g. "昇腾 910B"; null = none. */
  readonly accelerator: string | null;
  readonly acceleratorCount: number;
}

/** UNIT: so many U of a cabinet; WHOLE: a cabinet of one's own. */
export const CABINET_FORMS = ['UNIT', 'WHOLE'] as const;
export type CabinetForm = (typeof CABINET_FORMS)[number];

export interface CabinetOffer extends CatalogEntry {
  readonly name: string;
  readonly form: CabinetForm;
  readonly zone: NetworkZone;
  /** Of a whole cabinet; 1 where it is given by the U. */
  readonly heightUnits: number;
  /** Power that the price includes: of one U, or of the whole cabinet. */
  readonly includedW: number;
}

/** The standing of a service; what it is stands in its definitions. */
export interface ServiceOffer extends CatalogEntry {
  /** Number of the definition that requests are made by now. */
  readonly definitionNumber: number;
}

const CODE_LENGTH_MAX = 63;
const CODE = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/;
const NAME_LENGTH_MAX = 120;
const DISKS_LENGTH_MAX = 200;
const ACCELERATOR_LENGTH_MAX = 60;
/** Half a PiB is no machine that exists. */
const SERVER_MEMORY_MIB_MAX = 64 * 1024 * 1024;
const SERVER_CORES_MAX = 1_024;
const ACCELERATORS_MAX = 16;
const CABINET_UNITS_MAX = 60;
/** Liquid-cooled cabinets end near 100 kW. */
const CABINET_W_MAX = 100_000;
const IMAGE_DISK_GIB_MAX = 2_048;
const URL_LENGTH_MAX = 500;
/** As Kubernetes names objects: a DNS subdomain. */
const OBJECT_NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const OBJECT_NAME_LENGTH_MAX = 253;
const SHA256 = /^sha256:[0-9a-f]{64}$/;
/** A container image by what it is, not by a tag that can be moved; CDI's importer takes no tag beside a digest. */
const BY_DIGEST = /^[^@]+\/[^/:@]+@sha256:[0-9a-f]{64}$/;
const VM_VCPU_MAX = 512;
const VM_MEMORY_MIB_MIN = 64;
const VM_MEMORY_MIB_MAX = 16 * 1024 * 1024;
const PERCENT_MAX = 100;

type Check = (fine: boolean, path: string, rule: string, zh: string, en: string) => void;

function checking(work: (check: Check) => void): InvalidInput[] {
  const refusals: InvalidInput[] = [];
  work((fine, path, rule, zh, en) => {
    if (!fine) refusals.push({ code: 'INVALID_INPUT', path: [path], rule, message: say(zh, en) });
  });
  return refusals;
}

function between(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

export function checkCode(code: string): InvalidInput[] {
  return checking((check) =>
    check(
      code.length <= CODE_LENGTH_MAX && CODE.test(code),
      'code',
      'code',
      '代码须为 1 至 63 位小写字母、数字、点或连字符',
      'A code is 1 to 63 small letters, digits, dots and hyphens',
    ),
  );
}

export function checkName(name: string): InvalidInput[] {
  return checking((check) =>
    check(
      name.trim() !== '' && name.length <= NAME_LENGTH_MAX,
      'name',
      'length',
      `名称须为 1 至 ${NAME_LENGTH_MAX} 个字`,
      `A name has 1 to ${NAME_LENGTH_MAX} characters`,
    ),
  );
}

/** What one host carries, and one machine may be passed. */
const VM_ACCELERATORS_MAX = 16;

export function checkMachine(
  offer: Pick<Offer, 'vcpu' | 'memoryMib' | 'standbyRatioPercent' | 'accelerator' | 'acceleratorCount'>,
): InvalidInput[] {
  const { accelerator, acceleratorCount } = offer;
  return checking((check) => {
    check(
      accelerator === null
        ? acceleratorCount === 0
        : isAcceleratorName(accelerator) && between(acceleratorCount, 1, VM_ACCELERATORS_MAX),
      'accelerator',
      'accelerator',
      `加速卡须写资源池的型号名（大写字母、数字、短横线），每台 1 至 ${VM_ACCELERATORS_MAX} 张；没有则都不填`,
      `An accelerator is a class as pools name it and 1 to ${VM_ACCELERATORS_MAX} pieces a machine, or neither`,
    );
    check(
      between(offer.vcpu, 1, VM_VCPU_MAX),
      'vcpu',
      'range',
      `vCPU 须为 1 至 ${VM_VCPU_MAX}`,
      `vCPU are 1 to ${VM_VCPU_MAX}`,
    );
    check(
      between(offer.memoryMib, VM_MEMORY_MIB_MIN, VM_MEMORY_MIB_MAX),
      'memoryMib',
      'range',
      '内存须为 64 MiB 至 16 TiB',
      'Memory is 64 MiB to 16 TiB',
    );
    check(
      between(offer.standbyRatioPercent, 0, PERCENT_MAX),
      'standbyRatioPercent',
      'range',
      '灾备计算比例须为 0 至 100',
      'The standby ratio is 0 to 100 percent',
    );
  });
}

export function checkServer(offer: Omit<ServerOffer, keyof CatalogEntry | 'name'>): InvalidInput[] {
  return checking((check) => {
    check(
      CPU_MAKER_FACTS[offer.cpuMaker].architectures.includes(offer.architecture),
      'cpuMaker',
      'architecture',
      '该厂商不生产此架构的处理器',
      'This maker builds no processor of this architecture',
    );
    check(
      between(offer.cores, 1, SERVER_CORES_MAX),
      'cores',
      'range',
      `核数须为 1 至 ${SERVER_CORES_MAX}`,
      `Cores are 1 to ${SERVER_CORES_MAX}`,
    );
    check(
      between(offer.memoryMib, 1, SERVER_MEMORY_MIB_MAX),
      'memoryMib',
      'range',
      '内存超出范围',
      'Memory is out of range',
    );
    check(
      offer.disks.trim() !== '' && offer.disks.length <= DISKS_LENGTH_MAX,
      'disks',
      'length',
      `请说明磁盘配置，最多 ${DISKS_LENGTH_MAX} 个字`,
      `Say which disks, in at most ${DISKS_LENGTH_MAX} characters`,
    );
    const { accelerator, acceleratorCount } = offer;
    check(
      accelerator === null
        ? acceleratorCount === 0
        : accelerator.trim() !== '' &&
            accelerator.length <= ACCELERATOR_LENGTH_MAX &&
            between(acceleratorCount, 1, ACCELERATORS_MAX),
      'acceleratorCount',
      'accelerator',
      `加速卡须写明型号和数量（1 至 ${ACCELERATORS_MAX}），没有则都不填`,
      `Accelerators have a name and a number of 1 to ${ACCELERATORS_MAX}, or neither`,
    );
  });
}

export function checkCabinet(offer: Omit<CabinetOffer, keyof CatalogEntry | 'name'>): InvalidInput[] {
  return checking((check) => {
    check(
      offer.form === 'UNIT' ? offer.heightUnits === 1 : between(offer.heightUnits, 1, CABINET_UNITS_MAX),
      'heightUnits',
      'range',
      `整柜高度须为 1 至 ${CABINET_UNITS_MAX} U；按 U 提供时为 1`,
      `A whole cabinet has 1 to ${CABINET_UNITS_MAX} U; by the U it is 1`,
    );
    check(
      between(offer.includedW, 0, CABINET_W_MAX),
      'includedW',
      'range',
      `包含功率须为 0 至 ${CABINET_W_MAX} W`,
      `Included power is 0 to ${CABINET_W_MAX} W`,
    );
  });
}

/** An image proves by its checksum, or by the digest in its name, that it is the one that was put into the catalog. */
export function checkImage(image: {
  source: ImageSource;
  minimumDiskGib: number;
  devicePreference?: string | null;
}): InvalidInput[] {
  return checking((check) => {
    const url = 'http' in image.source ? image.source.http.url : image.source.registry.url;
    const schemes = 'http' in image.source ? ['http:', 'https:'] : ['docker:'];
    const plain = 'http' in image.source ? url : url.replace(/@sha256:[0-9a-f]*$/, '');
    check(
      url.length <= URL_LENGTH_MAX && schemes.some((scheme) => url.startsWith(`${scheme}//`)) && !/[\s@]/.test(plain),
      'url',
      'url',
      '镜像地址须为 https:// 或 docker:// 开头，且不含账号',
      'An image comes from https:// or docker://, without an account in the address',
    );
    if ('http' in image.source)
      check(
        SHA256.test(image.source.http.checksum ?? ''),
        'checksum',
        'checksum',
        '请填写校验值：sha256: 加 64 位十六进制小写字符',
        'Give the checksum: sha256: and 64 small hexadecimal digits',
      );
    else
      check(
        BY_DIGEST.test(url),
        'url',
        'digest',
        '容器镜像须以摘要代替标签：名称后接 @sha256: 加 64 位十六进制小写字符；标签可以被改指',
        'Name a container image by its digest instead of a tag, which can be moved: the name, then @sha256: and 64 small hexadecimal digits',
      );
    check(
      between(image.minimumDiskGib, 1, IMAGE_DISK_GIB_MAX),
      'minimumDiskGib',
      'range',
      `最小磁盘须为 1 至 ${IMAGE_DISK_GIB_MAX} GiB`,
      `The smallest disk is 1 to ${IMAGE_DISK_GIB_MAX} GiB`,
    );
    check(
      !image.devicePreference ||
        (image.devicePreference.length <= OBJECT_NAME_LENGTH_MAX && OBJECT_NAME.test(image.devicePreference)),
      'devicePreference',
      'name',
      '设备首选项须为集群中 VirtualMachineClusterPreference 的名称：小写字母、数字、“-”和“.”',
      'A device preference is the name of a VirtualMachineClusterPreference: small letters, digits, "-" and "."',
    );
  });
}

/** 网络区域 as the form offers them: what each is for. */
export const ZONE_FACTS: { readonly [Z in NetworkZone]: { readonly name: Bilingual; readonly purpose: Bilingual } } = {
  GOVERNMENT_EXTRANET: {
    name: say('政务外网区', 'Government extranet'),
    purpose: say('政务外网上的办公和业务系统', 'Office and business systems on the government extranet'),
  },
  INTERNET: {
    name: say('互联网区', 'Internet'),
    purpose: say('面向公众、可从互联网访问的系统', 'Systems that the public reaches from the internet'),
  },
  BUSINESS_LINE: {
    name: say('业务专网区', 'Business line'),
    purpose: say('部门纵向业务专网接入的系统', "Systems on a department's own vertical network"),
  },
};
