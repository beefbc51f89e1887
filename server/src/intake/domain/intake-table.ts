/** Decides which columns the tables of what already runs have, and what an entry says that was written into one. */
import { STORAGE_TIERS, type StorageTier } from '../../allocation/domain/capacity.js';
import { FACES, type Face } from '../../cabinets/domain/holder.js';
import { DISK_GIB_MAX } from '../../catalog/domain/catalog.js';
import type { Cells } from '../../imports/domain/cells.js';
import type { ImportColumn } from '../../imports/domain/import-table.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { CalendarDate } from '../../kernel/calendar.js';
import {
  type IntakeContent,
  type IntakeItemDraft,
  type IntakeKind,
  NAME_LENGTH_MAX,
  PLATFORM_LENGTH_MAX,
  STARTED_EARLIEST,
} from './intake-item.js';

export interface IntakeTable {
  readonly kind: IntakeKind;
  readonly name: string;
  readonly title: Bilingual;
  readonly columns: readonly ImportColumn[];
}

/** What rows name, looked up before. */
export interface Looked {
  readonly systems: ReadonlyMap<string, { readonly id: string; readonly departmentId: string }>;
  readonly pools: ReadonlyMap<
    string,
    {
      readonly id: string;
      readonly centerId: string | null;
      readonly architecture: 'AMD64' | 'ARM64';
      readonly zone: string;
    }
  >;
  /** Ids by asset number. */
  readonly servers: ReadonlyMap<string, string>;
  /** By "center/room/cabinet". */
  readonly cabinets: ReadonlyMap<string, { readonly id: string; readonly code: string }>;
  /** By "network address" as the two columns have them. */
  readonly addresses: ReadonlyMap<string, PlaceOfAddress>;
}

/** Where a written address belongs; null = it is no usable one of that network. Undefined network = there is none. */
export interface PlaceOfAddress {
  readonly network: { readonly id: string; readonly code: string } | undefined;
  readonly address: string | null;
}

const column = (
  key: string,
  zh: string,
  en: string,
  example: string,
  more: Partial<Pick<ImportColumn, 'required' | 'note' | 'choices'>> = {},
): ImportColumn => ({ key, title: say(zh, en), example, required: more.required ?? true, ...more });

const SYSTEM = column('systemCode', '系统编号', 'System number', 'XT-RST-001', {
  note: say('政务信息系统目录编号', 'its number in the catalogue of systems'),
});
const STARTED = column('startedOn', '启用日期', 'In use since', '2023-05-01', {
  note: say(
    '实际开始使用的日期，费用与用量自此日起记，标为期初',
    'the day it was really first used; usage begins there',
  ),
});
const PLATFORM = column('sourcePlatform', '原平台', 'Source platform', 'VMware vSphere 6.7');
const FACE_WORDS: { readonly [F in Face]: Bilingual } = {
  FRONT: say('前面', 'front'),
  REAR: say('后面', 'rear'),
  BOTH: say('全深', 'full depth'),
};

export const INTAKE_TABLES: readonly IntakeTable[] = [
  {
    kind: 'MACHINE',
    name: 'intake-machines',
    title: say('存量虚拟机', 'Virtual machines that already run'),
    columns: [
      column('name', '名称', 'Name', 'rst-web-01'),
      SYSTEM,
      column('poolCode', '资源池', 'Pool', 'a-amd64-extranet'),
      column('vcpu', 'vCPU', 'vCPU', '8'),
      column('memoryGib', '内存 GiB', 'Memory GiB', '32'),
      column('diskGib', '磁盘 GiB', 'Disk GiB', '500'),
      column('storageTier', '存储', 'Storage', 'SSD', {
        choices: STORAGE_TIERS.map((tier) => ({ value: tier, title: say(tier, tier) })),
      }),
      STARTED,
      PLATFORM,
      column('namespace', '集群命名空间', 'Namespace', 'legacy-rst', {
        required: false,
        note: say('在集群中的对象，留空则仅登记台账', 'its object in the cluster; empty = on record only'),
      }),
      column('objectName', '集群对象名', 'Object name', 'rst-web-01', { required: false }),
      column('addresses', 'IP 地址', 'Addresses', '10.20.1.15', {
        required: false,
        note: say('多个用空格分开', 'several are separated by spaces'),
      }),
    ],
  },
  {
    kind: 'SERVER',
    name: 'intake-servers',
    title: say('存量独立服务器', 'Servers that already work for a system'),
    columns: [
      column('assetNumber', '资产编号', 'Asset number', 'ZC-2023-00017', {
        note: say('须已登记且处于“纳管中”', 'registered and being onboarded'),
      }),
      SYSTEM,
      STARTED,
      PLATFORM,
    ],
  },
  {
    kind: 'SPACE',
    name: 'intake-spaces',
    title: say('存量机柜占用', 'Departments’ devices that already stand in cabinets'),
    columns: [
      column('name', '设备名称', 'Device', '人社厅加密机'),
      column('centerCode', '数据中心', 'Center', 'center-a'),
      column('roomCode', '机房', 'Room', 'A1'),
      column('cabinetCode', '机柜', 'Cabinet', 'A1-01-01'),
      column('startUnit', '起始U位', 'Lowest unit', '10'),
      column('heightUnits', '高度 U', 'Height U', '2'),
      column('face', '面', 'Face', '全深', {
        choices: FACES.map((face) => ({ value: face, title: FACE_WORDS[face] })),
      }),
      column('powerW', '功率 W', 'Power W', '450'),
      column('weightKg', '重量 kg', 'Weight kg', '18.5'),
      SYSTEM,
      STARTED,
      PLATFORM,
    ],
  },
  {
    kind: 'ADDRESS',
    name: 'intake-addresses',
    title: say('存量 IP 地址', 'Addresses that are in use already'),
    columns: [
      column('name', '使用者', 'Used by', 'rst-web-01', {
        note: say('使用该地址的主机、设备或用途', 'the host, device or purpose that has it'),
      }),
      column('networkCode', '网络', 'Network', 'a-extranet-app'),
      column('address', 'IP 地址', 'Address', '10.20.1.15', {
        note: say('IPv4 或 IPv6，一行一个', 'IPv4 or IPv6, one a row'),
      }),
      SYSTEM,
      STARTED,
      PLATFORM,
    ],
  },
];

const DNS_LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const NAME_RULE = say('只能是小写字母、数字和连字符', 'may have only lower-case letters, digits and hyphens');
/** As large as KubeVirt lets a guest be, and as the column holds. */
const VCPU_MAX = 512;
const MEMORY_GIB_MAX = 16_384;
const MIB_PER_GIB = 1024;
const ADDRESSES_MAX = 16;
const HALF = 0.5;
const GRAMS_PER_KG = 1_000;
const POWER_W_MAX = 100_000;
const WEIGHT_KG_MAX = 10_000;
const UNITS_MAX = 100;

/** null = something is wrong, and the cells know what. */
export function readIntakeRow(
  kind: IntakeKind,
  cells: Cells,
  looked: Looked,
  today: CalendarDate,
): IntakeItemDraft | null {
  const system = namedIn(cells, 'systemCode', looked.systems, '没有这个系统编号', 'is no number of a system');
  const startedOn = cells.date('startedOn');
  if (startedOn !== null && (startedOn > today || startedOn < STARTED_EARLIEST))
    cells.tell(
      'startedOn',
      say(`须在 ${STARTED_EARLIEST} 与今天之间`, `must lie between ${STARTED_EARLIEST} and today`),
    );
  const sourcePlatform = cells.text('sourcePlatform', PLATFORM_LENGTH_MAX);
  const name = kind === 'SERVER' ? cells.text('assetNumber', NAME_LENGTH_MAX) : cells.text('name', NAME_LENGTH_MAX);
  const content = READERS[kind](cells, looked);
  if (!system || startedOn === null || sourcePlatform === null || name === null || !content) return null;
  return { name, systemId: system.id, departmentId: system.departmentId, sourcePlatform, startedOn, content };
}

const READERS: { readonly [K in IntakeKind]: (cells: Cells, looked: Looked) => IntakeContent | null } = {
  MACHINE: (cells, looked) => {
    const pool = namedIn(cells, 'poolCode', looked.pools, '没有这个资源池', 'is no pool');
    const vcpu = cells.whole('vcpu', { min: 1, max: VCPU_MAX });
    const memoryMib = cells.steps('memoryGib', 1 / MIB_PER_GIB, {
      min: 1 / MIB_PER_GIB,
      max: MEMORY_GIB_MAX,
      unit: 'GiB',
    });
    const diskGib = cells.whole('diskGib', { min: 1, max: DISK_GIB_MAX, unit: 'GiB' });
    const storageTier = cells.choice<StorageTier>('storageTier');
    const namespace = cells.matching('namespace', DNS_LABEL, NAME_RULE);
    const objectName = cells.matching('objectName', DNS_LABEL, NAME_RULE);
    if ((namespace === null) !== (objectName === null))
      cells.tell('objectName', say('命名空间与对象名须同时填写', 'goes together with the namespace'));
    const addresses = (cells.text('addresses', 400) ?? '').split(/[\s,;，；]+/).filter((text) => text !== '');
    if (addresses.length > ADDRESSES_MAX)
      cells.tell('addresses', say(`最多 ${ADDRESSES_MAX} 个`, `may be ${ADDRESSES_MAX} at most`));
    if (pool?.centerId === null && namespace !== null)
      cells.tell(
        'namespace',
        say('该资源池不在本省数据中心，只能登记台账，请留空', 'must be empty: no cluster of ours tells of that pool'),
      );
    if (!pool || vcpu === null || memoryMib === null || diskGib === null || storageTier === null) return null;
    const { id: poolId, centerId, architecture, zone } = pool;
    const object = namespace !== null && objectName !== null ? { namespace, name: objectName } : null;
    return {
      kind: 'MACHINE',
      poolId,
      centerId,
      architecture,
      zone,
      vcpu,
      memoryMib,
      diskGib,
      storageTier,
      object,
      addresses,
    };
  },
  SERVER: (cells, looked) => {
    const assetNumber = cells.text('assetNumber', NAME_LENGTH_MAX);
    const serverId = namedIn(
      cells,
      'assetNumber',
      looked.servers,
      '没有登记这台服务器，请先导入服务器',
      'is not registered; import the server first',
    );
    return serverId && assetNumber !== null ? { kind: 'SERVER', serverId, assetNumber } : null;
  },
  SPACE: (cells, looked) => {
    const [center, room, code] = ['centerCode', 'roomCode', 'cabinetCode'].map((key) =>
      cells.text(key, NAME_LENGTH_MAX),
    );
    const cabinet = looked.cabinets.get(`${center}/${room}/${code}`);
    if (center !== null && room !== null && code !== null && !cabinet)
      cells.tell(
        'cabinetCode',
        say(`${center} 的机房 ${room} 没有机柜 ${code}`, `${code} is no cabinet of room ${room} of ${center}`),
      );
    const start = cells.steps('startUnit', HALF, { min: 1, max: UNITS_MAX + HALF, unit: 'U' });
    const heightHalfUnits = cells.steps('heightUnits', HALF, { min: HALF, max: UNITS_MAX, unit: 'U' });
    const face = cells.choice<Face>('face');
    const powerW = cells.whole('powerW', { min: 0, max: POWER_W_MAX, unit: 'W' });
    const weightKg = cells.decimal('weightKg', 3, { min: 0, max: WEIGHT_KG_MAX, unit: 'kg' });
    if (!cabinet || start === null || heightHalfUnits === null || face === null || powerW === null || weightKg === null)
      return null;
    const weightGrams = Math.round(weightKg * GRAMS_PER_KG);
    const { id: cabinetId, code: cabinetCode } = cabinet;
    return {
      kind: 'SPACE',
      cabinetId,
      cabinetCode,
      startUnit: start * HALF,
      heightHalfUnits,
      face,
      powerW,
      weightGrams,
    };
  },
  ADDRESS: (cells, looked) => {
    const code = cells.text('networkCode', NAME_LENGTH_MAX);
    const text = cells.text('address', NAME_LENGTH_MAX);
    if (code === null || text === null) return null;
    const { network, address = null } = looked.addresses.get(`${code} ${text}`) ?? {};
    if (!network) cells.tell('networkCode', say(`“${code}”没有这个网络编码`, `"${code}" is no network`));
    else if (address === null)
      cells.tell(
        'address',
        say(`“${text}”不是网络 ${code} 可用的地址`, `"${text}" is no usable address of network ${code}`),
      );
    return network && address !== null
      ? { kind: 'ADDRESS', networkId: network.id, networkCode: network.code, address }
      : null;
  },
};

function namedIn<T>(cells: Cells, key: string, known: ReadonlyMap<string, T>, zh: string, en: string): T | undefined {
  const text = cells.text(key, NAME_LENGTH_MAX);
  const found = text === null ? undefined : known.get(text);
  if (text !== null && found === undefined) cells.tell(key, say(`“${text}”${zh}`, `"${text}" ${en}`));
  return found;
}
