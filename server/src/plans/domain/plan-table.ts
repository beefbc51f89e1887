/** Decides which columns the table of plan lines has, and what a row of it says. */
import { ARCHITECTURES, NETWORK_ZONES, type NetworkZone } from '../../facilities/domain/facility.js';
import type { Cells } from '../../imports/domain/cells.js';
import type { ImportColumn } from '../../imports/domain/import-table.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';
import { LOCAL_MODES, type LocalMode, REMOTE_MODES, type RemoteMode } from '../../systems/domain/system.js';
import {
  PLAN_COUNT_MAX,
  PLAN_HALF_UNITS_MAX,
  PLAN_LINE_KINDS,
  PLAN_MEMORY_MIB_MAX,
  PLAN_POWER_W_MAX,
  PLAN_REASON_LENGTH_MAX,
  PLAN_STORAGE_GIB_MAX,
  PLAN_VCPU_MAX,
  type PlanLineContent,
  type PlanLineKind,
} from './plan-line.js';

const MIB_PER_GIB = 1024;
const HALF_UNIT = 0.5;
const W_PER_KW = 1000;
const KW_DIGITS = 3;
const CODE_LENGTH_MAX = 63;

const KIND_WORDS: { readonly [K in PlanLineKind]: Bilingual } = {
  VM: say('云主机', 'virtual machine'),
  SERVER: say('独立服务器', 'server'),
  CABINET: say('机柜空间', 'cabinet space'),
  SERVICE: say('云服务', 'service'),
};
const ZONE_WORDS: { readonly [Z in NetworkZone]: Bilingual } = {
  GOVERNMENT_EXTRANET: say('政务外网区', 'government extranet'),
  INTERNET: say('互联网区', 'internet'),
  BUSINESS_LINE: say('业务专网区', 'business line'),
};
const LOCAL_WORDS: { readonly [M in LocalMode]: Bilingual } = {
  SINGLE: say('单中心', 'single center'),
  DUAL_ACTIVE: say('同城双活', 'dual-active'),
};
const REMOTE_WORDS: { readonly [M in RemoteMode]: Bilingual } = {
  NONE: say('无', 'none'),
  DATA: say('异地数据级灾备', 'data'),
  APPLICATION: say('异地应用级灾备', 'application'),
};

const column = (
  key: string,
  zh: string,
  en: string,
  example: string,
  more: Partial<Pick<ImportColumn, 'required' | 'note' | 'choices'>> = {},
): ImportColumn => ({ key, title: say(zh, en), example, required: more.required ?? false, ...more });

const MACHINE_ONLY = say('只填云主机', 'of virtual machines');

/** In the order in which people think: which system, what, how much, where, from when, why. */
export const PLAN_COLUMNS: readonly ImportColumn[] = [
  column('year', '年度', 'Year', '2027', { required: true }),
  column('systemCode', '系统编号', 'System number', 'XT-RST-001', {
    required: true,
    note: say(
      '政务信息系统目录编号；所属单位须已有该年度的计划草稿',
      'its number in the catalogue; the department has a draft of the year',
    ),
  }),
  column('kind', '资源类型', 'Kind', 'VM', {
    required: true,
    choices: PLAN_LINE_KINDS.map((value) => ({ value, title: KIND_WORDS[value] })),
  }),
  column('count', '数量', 'Count', '4', {
    required: true,
    note: say('全年总需求，含在用', 'needed in all, what runs included'),
  }),
  column('vcpu', '每台 vCPU', 'vCPU each', '8', { note: MACHINE_ONLY }),
  column('memoryGib', '每台内存 GiB', 'Memory GiB each', '32', { note: MACHINE_ONLY }),
  column('ssdGib', '每台 SSD 存储 GiB', 'SSD GiB each', '200', { note: MACHINE_ONLY }),
  column('hddGib', '每台 HDD 存储 GiB', 'HDD GiB each', '', { note: MACHINE_ONLY }),
  column('architecture', '处理器架构', 'Architecture', 'ARM64', {
    note: say('云主机；不填表示不限', 'of virtual machines; empty: whichever'),
    choices: ARCHITECTURES.map((value) => ({ value, title: say(value, value) })),
  }),
  column('zone', '网络区域', 'Zone', 'GOVERNMENT_EXTRANET', {
    note: say('不填表示不限', 'empty: whichever'),
    choices: NETWORK_ZONES.map((value) => ({ value, title: ZONE_WORDS[value] })),
  }),
  column('offerCode', '规格代码', 'Offer code', '', {
    note: say('独立服务器、云服务必填，见服务目录', 'of servers and services, as in the catalog'),
  }),
  column('units', '每处 U 数', 'Units each', '', { note: say('机柜空间；可填半 U', 'of cabinet space, in halves') }),
  column('powerKw', '每处用电 kW', 'Power kW each', '', { note: say('机柜空间', 'of cabinet space') }),
  column('localMode', '同城模式', 'Local mode', 'DUAL_ACTIVE', {
    note: say('不填按系统登记', 'empty: as the system is on record'),
    choices: LOCAL_MODES.map((value) => ({ value, title: LOCAL_WORDS[value] })),
  }),
  column('remoteMode', '异地模式', 'Remote mode', 'NONE', {
    note: say('不填按系统登记', 'empty: as the system is on record'),
    choices: REMOTE_MODES.map((value) => ({ value, title: REMOTE_WORDS[value] })),
  }),
  column('month', '预计使用月份', 'From month', '3', {
    required: true,
    note: say('1 至 12；在用的填 1', '1 to 12; 1 for what runs'),
  }),
  column('reason', '需求理由', 'Reason', '业务量增长，扩容应用集群', { required: true }),
];

export interface RowDraft extends Omit<PlanLineContent, 'systemId' | 'quotaMeter' | 'localMode' | 'remoteMode'> {
  /** null = as the system is on record. */
  readonly localMode: LocalMode | null;
  readonly remoteMode: RemoteMode | null;
}

/** What belongs to the row's kind and is not there is told here, cell by cell; what is there and does not belong to it, too. */
export function rowDraft(
  cells: Cells,
  yearMin: number,
  yearMax: number,
): { year: number | null; systemCode: string | null; draft: RowDraft | null } {
  const year = cells.whole('year', { min: yearMin, max: yearMax });
  const systemCode = cells.text('systemCode', CODE_LENGTH_MAX);
  const kind = cells.choice<PlanLineKind>('kind');
  const figures = {
    vcpu: cells.whole('vcpu', { min: 1, max: PLAN_VCPU_MAX }),
    memoryGib: cells.steps('memoryGib', HALF_UNIT, {
      min: HALF_UNIT,
      max: PLAN_MEMORY_MIB_MAX / MIB_PER_GIB,
      unit: 'GiB',
    }),
    ssdGib: cells.whole('ssdGib', { min: 0, max: PLAN_STORAGE_GIB_MAX, unit: 'GiB' }),
    hddGib: cells.whole('hddGib', { min: 0, max: PLAN_STORAGE_GIB_MAX, unit: 'GiB' }),
    units: cells.steps('units', HALF_UNIT, { min: HALF_UNIT, max: PLAN_HALF_UNITS_MAX * HALF_UNIT, unit: 'U' }),
    powerKw: cells.decimal('powerKw', KW_DIGITS, { min: 0, max: PLAN_POWER_W_MAX / W_PER_KW, unit: 'kW' }),
    offerCode: cells.text('offerCode', CODE_LENGTH_MAX),
  };
  const count = cells.whole('count', { min: 1, max: PLAN_COUNT_MAX });
  const month = cells.whole('month', { min: 1, max: 12 });
  const reason = cells.text('reason', PLAN_REASON_LENGTH_MAX);
  if (kind) {
    for (const key of NEEDED[kind])
      if (figures[key] === null && !cells.problems.some((problem) => problem.column === key))
        cells.tell(key, say(`${KIND_WORDS[kind].zh}须填写此列`, `is required of a ${KIND_WORDS[kind].en}`));
    for (const [key, kinds] of Object.entries(ONLY_OF) as [keyof typeof figures, readonly PlanLineKind[]][])
      if (figures[key] !== null && !kinds.includes(kind))
        cells.tell(
          key,
          say(
            `${KIND_WORDS[kind].zh}没有这一项，请留空`,
            `does not belong to a ${KIND_WORDS[kind].en}; leave it empty`,
          ),
        );
  }
  if (cells.problems.length > 0 || kind === null || count === null || month === null || reason === null)
    return { year, systemCode, draft: null };
  return {
    year,
    systemCode,
    draft: {
      kind,
      count,
      month,
      reason,
      vcpu: figures.vcpu ?? 0,
      memoryMib: (figures.memoryGib ?? 0) * HALF_UNIT * MIB_PER_GIB,
      ssdGib: figures.ssdGib ?? 0,
      hddGib: figures.hddGib ?? 0,
      halfUnits: figures.units ?? 0,
      powerW: Math.round((figures.powerKw ?? 0) * W_PER_KW),
      offerCode: figures.offerCode,
      architecture: cells.choice('architecture'),
      zone: cells.choice('zone'),
      localMode: cells.choice('localMode'),
      remoteMode: cells.choice('remoteMode'),
    },
  };
}

type Figure = 'vcpu' | 'memoryGib' | 'ssdGib' | 'hddGib' | 'units' | 'powerKw' | 'offerCode';

const NEEDED: { readonly [K in PlanLineKind]: readonly Figure[] } = {
  VM: ['vcpu', 'memoryGib'],
  SERVER: ['offerCode'],
  CABINET: ['units', 'powerKw'],
  SERVICE: ['offerCode'],
};
const ONLY_OF: { readonly [F in Figure]: readonly PlanLineKind[] } = {
  vcpu: ['VM'],
  memoryGib: ['VM'],
  ssdGib: ['VM'],
  hddGib: ['VM'],
  units: ['CABINET'],
  powerKw: ['CABINET'],
  offerCode: ['SERVER', 'SERVICE'],
};

/** Two lines of a plan that say the same: the second says nothing new. */
export function sameness(line: PlanLineContent): string {
  const { count: _count, reason: _reason, ...rest } = line;
  return JSON.stringify(
    Object.entries({ ...rest, count: line.count, reason: line.reason })
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, value]) => value),
  );
}
