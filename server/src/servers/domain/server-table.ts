/** Decides which columns a table of servers has, and what its cells say of one server. */
import { Cells } from '../../imports/domain/cells.js';
import type { CellProblem, ImportColumn, TableRow } from '../../imports/domain/import-table.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';
import { normalSerial } from './match-serial.js';
import {
  CPU_MAKER_FACTS,
  CPU_MAKERS,
  type CpuMaker,
  SERVER_ARCHITECTURES,
  type ServerArchitecture,
} from './processor.js';
import {
  ACCELERATOR_KINDS,
  type Accelerator,
  type AcceleratorKind,
  checkedFacts,
  DISK_KINDS,
  type Disk,
  type DiskKind,
  type NetworkCard,
  type ServerFacts,
} from './server.js';
import { STATE_WORDS } from './server-state.js';

/** States in which a server may come in: what is in use comes by intake, with its user and since when. */
export const STATES_TO_COME_IN = ['PLANNED', 'ONBOARDING', 'FREE'] as const;
type StateToComeIn = (typeof STATES_TO_COME_IN)[number];

const MIB_PER_GIB = 1_024;
const COUNT_MAX = 4_096;
const WATTS_MAX = 30_000;
const GIB_MAX = 65_536;
const KILOGRAMS_MAX = 2_000;
const GRAMS_PER_KG = 1_000;

export const SERVER_COLUMNS: readonly ImportColumn[] = [
  column('assetNumber', '资产编号', 'Asset number', true, 'FWQ-2026-0001'),
  column('serial', '序列号', 'Serial number', true, '2102314XYZ10N7000001'),
  column('model', '型号标识', 'Model', true, 'huawei-2288h-v7', say('型号库中的标识（slug）', 'slug of a known model')),
  column('center', '数据中心', 'Center', true, 'center-a', say('数据中心编号', 'code of the center')),
  {
    ...column('state', '状态', 'State', false, 'FREE', say('缺省为上架纳管中', 'onboarding where it is empty')),
    choices: STATES_TO_COME_IN.map((value) => ({ value, title: STATE_WORDS[value] })),
  },
  {
    ...column('cpuMaker', 'CPU厂商', 'CPU maker', true, 'KUNPENG'),
    choices: CPU_MAKERS.map((value) => ({ value, title: CPU_MAKER_FACTS[value].name })),
  },
  {
    ...column('architecture', '架构', 'Architecture', true, 'ARM64'),
    choices: SERVER_ARCHITECTURES.map((value) => ({ value, title: say(value, value) })),
  },
  column('cpuModel', 'CPU型号', 'CPU model', true, 'Kunpeng 920 7260'),
  column('sockets', 'CPU个数', 'Sockets', true, '2'),
  column('cores', '物理核数', 'Cores', true, '128'),
  column('threads', '线程数', 'Threads', false, '', say('缺省与核数相同', 'as many as cores where it is empty')),
  column('memoryGib', '内存(GiB)', 'Memory (GiB)', true, '512'),
  column(
    'disks',
    '硬盘',
    'Disks',
    false,
    'SSD 960x2; HDD 8000x4',
    say('类型 容量GiBx数量，用分号隔开', 'kind GiBxcount, with semicolons in between'),
  ),
  column(
    'nics',
    '网卡',
    'Network cards',
    false,
    'eth0 00:16:3e:00:00:01 25000',
    say('名称 MAC 速率Mbit/s，用分号隔开', 'name MAC Mbit/s, with semicolons in between'),
  ),
  column(
    'accelerators',
    '加速卡',
    'Accelerators',
    false,
    'NPU 昇腾910Bx8',
    say('GPU 或 NPU 名称x数量，用分号隔开', 'GPU or NPU, namexcount, with semicolons in between'),
  ),
  column(
    'powerW',
    '额定功率(W)',
    'Power (W)',
    false,
    '900',
    say('缺省为型号铭牌功率', "the model's nameplate where it is empty"),
  ),
  column('bmcAddress', '带外管理地址', 'BMC address', false, '10.8.0.11'),
  column(
    'room',
    '机房',
    'Room',
    false,
    '',
    say('机房编号；与机柜一起填写', 'code of the room; together with the cabinet'),
  ),
  column(
    'cabinet',
    '机柜',
    'Cabinet',
    false,
    '',
    say('机柜编号；空为未上架', 'code of the cabinet; empty = stands nowhere'),
  ),
  column(
    'unit',
    '起始U位',
    'Start unit',
    false,
    '',
    say('占用的最小U位号；空为自动选择', 'lowest unit that it covers; empty = any that fits'),
  ),
  column('purchasedOn', '购置日期', 'Purchased on', false, '2026-03-01'),
  column('warrantyUntil', '保修截止', 'Warranty until', false, '2031-02-28'),
  column(
    'weightKg',
    '重量(kg)',
    'Weight (kg)',
    false,
    '',
    say(
      '缺省为型号重量；型号未注明而又上架时必填',
      "the model's where it is empty; needed where neither is known and it stands in a cabinet",
    ),
  ),
];

/** What the cells say, with the names of things that only the database can find. */
export interface ServerDraft {
  readonly facts: Omit<ServerFacts, 'modelId' | 'centerId'>;
  readonly model: string;
  readonly center: string;
  readonly state: StateToComeIn;
  readonly room: string | null;
  readonly cabinet: string | null;
  /** null = wherever it fits. */
  readonly unit: number | null;
}

export interface ReadServer {
  readonly draft: ServerDraft;
  readonly problems: readonly CellProblem[];
  /** Columns of which the draft says nothing true: what follows from them alone is not known. */
  readonly unsure: ReadonlySet<string>;
}

/** Columns whose rule in `checkedFacts` speaks of another column too. */
const MEASURED_BY: ReadonlyMap<string, string> = new Map([
  ['architecture', 'cpuMaker'],
  ['cores', 'sockets'],
  ['threads', 'cores'],
  ['warrantyUntil', 'purchasedOn'],
]);

function gramsOf(kilograms: number | null): number | null {
  return kilograms === null ? null : Math.round(kilograms * GRAMS_PER_KG);
}

/** Which column a rule of `checkedFacts` speaks of. */
export function columnOf(field: string): string {
  return field === 'weightGrams'
    ? 'weightKg'
    : field === 'memoryMib'
      ? 'memoryGib'
      : field === 'modelId'
        ? 'model'
        : field === 'centerId'
          ? 'center'
          : field;
}

/** Everything that can be said of the row by itself. A cell that cannot be read hides nothing that the others say. */
export function draftOf(row: TableRow): ReadServer {
  const cells = new Cells(row);
  const cores = cells.whole('cores', { min: 1, max: COUNT_MAX }) ?? 1;
  const memoryGib = cells.whole('memoryGib', { min: 1, max: GIB_MAX, unit: 'GiB' }) ?? 1;
  const halves = cells.steps('unit', 0.5, { min: 0.5, max: 1_000 });
  const facts: ServerDraft['facts'] = {
    assetNumber: cells.text('assetNumber', 40) ?? '',
    serial: cells.text('serial', 64) ?? '',
    architecture: cells.choice<ServerArchitecture>('architecture') ?? 'AMD64',
    cpuMaker: cells.choice<CpuMaker>('cpuMaker') ?? 'INTEL',
    cpuModel: cells.text('cpuModel', 60) ?? '',
    sockets: cells.whole('sockets', { min: 1, max: COUNT_MAX }) ?? 1,
    cores,
    threads: cells.whole('threads', { min: 1, max: COUNT_MAX }) ?? cores,
    memoryMib: memoryGib * MIB_PER_GIB,
    powerW: cells.whole('powerW', { min: 0, max: WATTS_MAX, unit: 'W' }),
    weightGrams: gramsOf(cells.decimal('weightKg', 3, { min: 0, max: KILOGRAMS_MAX, unit: 'kg' })),
    disks: listed(cells, 'disks', diskOf, say('请写成：SSD 960x2; HDD 8000x4', 'write: SSD 960x2; HDD 8000x4')),
    nics: listed(
      cells,
      'nics',
      cardOf,
      say('请写成：eth0 00:16:3e:00:00:01 25000', 'write: eth0 00:16:3e:00:00:01 25000'),
    ),
    accelerators: listed(
      cells,
      'accelerators',
      acceleratorOf,
      say('请写成：NPU 昇腾910Bx8', 'write: NPU Ascend910Bx8'),
    ),
    bmcAddress: cells.text('bmcAddress', 200),
    purchasedOn: cells.date('purchasedOn'),
    warrantyUntil: cells.date('warrantyUntil'),
  };
  const draft: ServerDraft = {
    facts,
    model: cells.text('model', 100) ?? '',
    center: cells.text('center', 40) ?? '',
    state: cells.choice<StateToComeIn>('state') ?? 'ONBOARDING',
    room: cells.text('room', 40),
    cabinet: cells.text('cabinet', 40),
    unit: halves === null ? null : halves / 2,
  };
  if (draft.cabinet !== null && draft.room === null)
    cells.tell('room', say('填写机柜时必须填写机房', 'is required where there is a cabinet'));
  if (draft.cabinet === null && (draft.room !== null || draft.unit !== null))
    cells.tell('cabinet', say('填写机房或U位时必须填写机柜', 'is required where there is a room or a unit'));
  const unread = new Set([...row.misread.keys(), ...cells.problems.flatMap(({ column: key }) => key ?? [])]);
  const checked = checkedFacts({ ...facts, modelId: '', centerId: '' });
  const broken = (checked.ok ? [] : checked.error)
    .map(({ path, message }) => ({ column: columnOf(path[0] ?? ''), message }))
    .filter(({ column: key }) => !unread.has(key) && !unread.has(MEASURED_BY.get(key) ?? ''));
  const unsure = new Set([...unread, ...broken.map(({ column: key }) => key)]);
  // Where the threads are left out they are the cores.
  if (unsure.has('cores') && row.cells.threads === '') unsure.add('threads');
  const {
    modelId: _model,
    centerId: _center,
    ...normal
  } = checked.ok ? checked.value : { ...facts, modelId: '', centerId: '', serial: normalSerial(facts.serial) ?? '' };
  return { draft: { ...draft, facts: normal }, problems: [...cells.problems, ...broken], unsure };
}

function listed<T>(cells: Cells, key: string, read: (part: string) => T | null, form: Bilingual): T[] {
  const parts = (cells.text(key, 2_000) ?? '').split(/[;；]/).map((part) => part.trim());
  const found = parts.filter((part) => part !== '').map(read);
  if (found.includes(null)) cells.tell(key, form);
  return found.filter((each) => each !== null);
}

function diskOf(text: string): Disk | null {
  const [, kind, sizeGib, count] = /^([A-Za-z]+)\s+(\d{1,9})\s*(?:GiB)?\s*[x×*]\s*(\d{1,4})$/i.exec(text) ?? [];
  const known = DISK_KINDS.find((each) => each === kind?.toUpperCase()) as DiskKind | undefined;
  return known ? { kind: known, sizeGib: Number(sizeGib), count: Number(count) } : null;
}

function cardOf(text: string): NetworkCard | null {
  const [, name, mac, speed] = /^(\S+)\s+([0-9A-Fa-f:-]{17})\s+(\d{1,9})$/.exec(text) ?? [];
  return name && mac ? { name, mac, speedMbps: Number(speed) } : null;
}

function acceleratorOf(text: string): Accelerator | null {
  const [, kind, name, count] = /^(GPU|NPU)\s+(.+?)\s*[x×*]\s*(\d{1,4})$/i.exec(text) ?? [];
  const known = ACCELERATOR_KINDS.find((each) => each === kind?.toUpperCase()) as AcceleratorKind | undefined;
  return known && name ? { kind: known, name, count: Number(count) } : null;
}

function column(
  key: string,
  zh: string,
  en: string,
  required: boolean,
  example: string,
  note?: Bilingual,
): ImportColumn {
  return { key, title: say(zh, en), required, example, ...(note ? { note } : {}) };
}
