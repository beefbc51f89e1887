/** Decides which columns a table of cabinets has, and what its cells say of one cabinet. */
import { NETWORK_ZONES, type NetworkZone } from '../../facilities/domain/facility.js';
import { Cells } from '../../imports/domain/cells.js';
import type { CellProblem, ImportColumn, TableRow } from '../../imports/domain/import-table.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';
import { CABINET_DEFAULTS, type CabinetDescription, checkCabinet } from './cabinet.js';
import type { RackType } from './rack-type.js';
import type { Numbering } from './units.js';

const GRAMS_PER_KG = 1_000;
const WATTS = { min: 1, max: 200_000, unit: 'W' };
const KILOGRAMS = { min: 0, max: 10_000, unit: 'kg' };

const ZONE_WORDS: { readonly [Z in NetworkZone]: Bilingual } = {
  GOVERNMENT_EXTRANET: say('政务外网区', 'government extranet'),
  INTERNET: say('互联网区', 'internet'),
  BUSINESS_LINE: say('业务专网区', 'business line network'),
};

const FROM_TYPE = say('缺省取自机柜型号', "the rack type's where it is empty");

export const CABINET_COLUMNS: readonly ImportColumn[] = [
  column('center', '数据中心', 'Center', true, 'center-a', say('数据中心编号', 'code of the center')),
  column('room', '机房', 'Room', true, 'R101', say('已有机房的编号', 'code of a room that is there')),
  column('row', '机柜列', 'Row', true, 'A', say('列编号；没有的列会新建', 'code of the row; a new one is made')),
  column('code', '机柜编号', 'Cabinet', true, 'A01'),
  column('position', '列内序号', 'Position', true, '1', say('1 为列首', '1 = the first of its row')),
  column('planX', '平面X', 'Plan X', true, '2', say('平面图格，从 0 起', 'tile of the plan, from 0')),
  column('planY', '平面Y', 'Plan Y', true, '3', say('平面图格，从 0 起', 'tile of the plan, from 0')),
  column(
    'rackType',
    '机柜型号',
    'Rack type',
    false,
    '',
    say('已导入的机柜型号标识', 'slug of a rack type that was imported'),
  ),
  column('heightUnits', '高度(U)', 'Height (U)', false, '42', FROM_TYPE),
  column('startingUnit', '起始U位', 'Starting unit', false, '1', FROM_TYPE),
  {
    ...column('numbering', 'U位编号', 'Numbering', false, 'ASCENDING', FROM_TYPE),
    choices: [
      { value: 'ASCENDING', title: say('自下而上', 'ascending') },
      { value: 'DESCENDING', title: say('自上而下', 'descending') },
    ],
  },
  {
    ...column('zone', '网络区域', 'Zone', true, 'GOVERNMENT_EXTRANET'),
    choices: NETWORK_ZONES.map((value) => ({ value, title: ZONE_WORDS[value] })),
  },
  column('feedAWatts', 'A路供电(W)', 'Feed A (W)', false, '8000', say('空为没有', 'empty = there is none')),
  column('feedBWatts', 'B路供电(W)', 'Feed B (W)', false, '8000', say('空为没有', 'empty = there is none')),
  column('deratingPercent', '降额(%)', 'Derating (%)', false, '80'),
  column('weightLimitKg', '承重(kg)', 'Weight limit (kg)', false, '1000', FROM_TYPE),
  column('ownWeightKg', '自重(kg)', 'Own weight (kg)', false, '130', FROM_TYPE),
  column('widthMm', '宽(mm)', 'Width (mm)', false, '600', FROM_TYPE),
  column('depthMm', '深(mm)', 'Depth (mm)', false, '1200', FROM_TYPE),
  {
    ...column('status', '状态', 'Status', false, 'IN_SERVICE', say('缺省为在用', 'in service where it is empty')),
    choices: [
      { value: 'PLANNED', title: say('规划中', 'planned') },
      { value: 'IN_SERVICE', title: say('在用', 'in service') },
      { value: 'CLOSED', title: say('停用', 'closed') },
    ],
  },
];

export interface CabinetDraft {
  readonly center: string;
  readonly room: string;
  readonly row: string;
  readonly description: CabinetDescription;
}

/** Which column a rule of `checkCabinet` speaks of. */
export function columnOf(field: string | undefined): string | null {
  if (field === 'weightLimitGrams') return 'weightLimitKg';
  if (field === 'ownWeightGrams') return 'ownWeightKg';
  return field ?? null;
}

export function draftOf(
  row: TableRow,
  types: ReadonlyMap<string, RackType>,
): { readonly draft: CabinetDraft; readonly problems: readonly CellProblem[] } {
  const cells = new Cells(row);
  const slug = cells.text('rackType', 100);
  const type = slug === null ? undefined : types.get(slug);
  if (slug !== null && !type)
    cells.tell('rackType', say(`没有机柜型号 ${slug}，请先导入`, `there is no rack type ${slug}; import it first`));
  const grams = (key: string): number | null => {
    const kilograms = cells.decimal(key, 3, KILOGRAMS);
    return kilograms === null ? null : Math.round(kilograms * GRAMS_PER_KG);
  };
  const description: CabinetDescription = {
    code: cells.text('code', 40) ?? '',
    position: cells.whole('position', { min: 1, max: 200 }) ?? 1,
    planX: cells.whole('planX', { min: 0, max: 199 }) ?? 0,
    planY: cells.whole('planY', { min: 0, max: 199 }) ?? 0,
    heightUnits:
      cells.whole('heightUnits', { min: 1, max: 100, unit: 'U' }) ?? type?.heightUnits ?? CABINET_DEFAULTS.heightUnits,
    startingUnit:
      cells.whole('startingUnit', { min: 1, max: 900 }) ?? type?.startingUnit ?? CABINET_DEFAULTS.startingUnit,
    numbering: cells.choice<Numbering>('numbering') ?? type?.numbering ?? CABINET_DEFAULTS.numbering,
    zone: cells.choice<NetworkZone>('zone') ?? 'GOVERNMENT_EXTRANET',
    feedAWatts: cells.whole('feedAWatts', WATTS),
    feedBWatts: cells.whole('feedBWatts', WATTS),
    deratingPercent:
      cells.whole('deratingPercent', { min: 1, max: 100, unit: '%' }) ?? CABINET_DEFAULTS.deratingPercent,
    weightLimitGrams: grams('weightLimitKg') ?? type?.weightLimitGrams ?? CABINET_DEFAULTS.weightLimitGrams,
    ownWeightGrams: grams('ownWeightKg') ?? type?.ownWeightGrams ?? CABINET_DEFAULTS.ownWeightGrams,
    widthMm: cells.whole('widthMm', { min: 100, max: 3_000, unit: 'mm' }) ?? type?.widthMm ?? CABINET_DEFAULTS.widthMm,
    depthMm: cells.whole('depthMm', { min: 100, max: 3_000, unit: 'mm' }) ?? type?.depthMm ?? CABINET_DEFAULTS.depthMm,
    status: cells.choice<'PLANNED' | 'IN_SERVICE' | 'CLOSED'>('status') ?? 'IN_SERVICE',
    departmentId: null,
    rackType: type ? `${type.manufacturer} ${type.model}`.slice(0, 120) : null,
  };
  const draft = {
    center: cells.text('center', 40) ?? '',
    room: cells.text('room', 40) ?? '',
    row:
      cells.matching(
        'row',
        /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/,
        say('须为 1 至 40 个字母、数字、点、横线或下划线', 'must be 1 to 40 letters, digits, . _ or -'),
      ) ?? '',
    description,
  };
  const broken = cells.problems.length > 0 ? [] : checkCabinet(description);
  return {
    draft,
    problems: [...cells.problems, ...broken.map(({ path, message }) => ({ column: columnOf(path[0]), message }))],
  };
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
