/** Decides what can have a price: the meters of the house, their units, and which names a new meter may have. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';

/** What one unit is priced for. Prices by the hour, day and year are items of their own beside the month's. */
export const UNIT_PERIODS = ['HOUR', 'DAY', 'MONTH', 'YEAR'] as const;
export type UnitPeriod = (typeof UNIT_PERIODS)[number];

/** 计费项: one thing that is counted and has a price, e.g. VCPU, CABINET_U, "SERVER:kunpeng-2s", "SERVICE:waf". */
export interface PriceItem {
  readonly id: string;
  readonly meter: string;
  readonly period: UnitPeriod;
  readonly name: Bilingual;
  readonly unit: Bilingual;
  /** Bumped by every change of its price versions: the one row that two editors of the same prices meet at. */
  readonly version: number;
}

export type NewPriceItem = Omit<PriceItem, 'version'>;

interface MeterFacts {
  readonly name: Bilingual;
  readonly unit: Bilingual;
}

/** The meters that the console itself counts by. Others are rows, not code: an item is opened by an act. */
export const STANDARD_METERS: { readonly [meter: string]: MeterFacts } = {
  VCPU: { name: say('虚拟处理器', 'Virtual processor'), unit: say('vCPU', 'vCPU') },
  MEMORY_GIB: { name: say('内存', 'Memory'), unit: say('GiB', 'GiB') },
  STORAGE_GIB_SSD: { name: say('SSD 存储', 'SSD storage'), unit: say('GiB', 'GiB') },
  STORAGE_GIB_HDD: { name: say('HDD 存储', 'HDD storage'), unit: say('GiB', 'GiB') },
  CABINET_U: { name: say('机柜空间（按 U）', 'Cabinet space by the U'), unit: say('U', 'U') },
  CABINET_WHOLE: { name: say('整柜', 'Whole cabinet'), unit: say('柜', 'cabinet') },
  POWER_KW: { name: say('超出包含功率的电力', 'Power beyond what is included'), unit: say('kW', 'kW') },
  ADDRESS: { name: say('公网 IP 地址', 'Public IP address'), unit: say('个', 'address') },
  ADDRESS_INTERNAL: { name: say('内网 IPv4 地址', 'Internal IPv4 address'), unit: say('个', 'address') },
  ADDRESS_IPV6: { name: say('IPv6 地址', 'IPv6 address'), unit: say('个', 'address') },
};

/** What of an item's meter stands before the colon, for meters that come in classes. */
const CLASS_METERS: { readonly [prefix: string]: (name: string) => MeterFacts } = {
  ACCELERATOR: (name) => ({ name: say(`加速卡 ${name}`, `Accelerator ${name}`), unit: say('张', 'piece') }),
  SERVER: (name) => ({ name: say(`独立服务器 ${name}`, `Server ${name}`), unit: say('台', 'server') }),
  SERVICE: (name) => ({ name: say(`服务 ${name}`, `Service ${name}`), unit: say('项', 'unit') }),
};

/** Name and unit of a meter that nobody has described yet. */
export function factsOfMeter(meter: string): MeterFacts {
  const standard = STANDARD_METERS[meter];
  if (standard) return standard;
  const [prefix = '', name = ''] = meter.split(':');
  return CLASS_METERS[prefix]?.(name) ?? { name: say(meter, meter), unit: say('单位', 'unit') };
}

const METER_LENGTH_MAX = 60;
/** A standard meter in capitals; a class of servers or a service behind a colon, as its offer's code; a class of accelerators as pools count it. */
const METER =
  /^(?:[A-Z][A-Z0-9_]*|ACCELERATOR:[A-Z0-9][A-Z0-9-]*|(?:SERVER|SERVICE):[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)$/;
const NAME_LENGTH_MAX = 60;
const UNIT_LENGTH_MAX = 20;

/** Everything that is wrong with a new item at once. */
export function checkPriceItem(item: Pick<PriceItem, 'meter' | 'name' | 'unit'>): Refusal[] {
  const refusals: Refusal[] = [];
  const wrong = (path: string, rule: string, message: Bilingual) =>
    refusals.push({ code: 'INVALID_INPUT', path: [path], rule, message });
  if (item.meter.length > METER_LENGTH_MAX || !METER.test(item.meter))
    wrong(
      'meter',
      'meter',
      say(
        '计量项须为大写字母、数字和下划线，或 SERVER:型号、SERVICE:服务代码、ACCELERATOR:加速卡类别',
        'A meter is capitals, digits and underscores, or SERVER:class, SERVICE:code, or ACCELERATOR:class',
      ),
    );
  for (const [path, text, longest] of [
    ['nameZh', item.name.zh, NAME_LENGTH_MAX],
    ['nameEn', item.name.en, NAME_LENGTH_MAX],
    ['unitZh', item.unit.zh, UNIT_LENGTH_MAX],
    ['unitEn', item.unit.en, UNIT_LENGTH_MAX],
  ] as const)
    if (text.trim() === '' || text.length > longest)
      wrong(path, 'length', say(`请填写 1 至 ${longest} 个字`, `Give 1 to ${longest} characters`));
  return refusals;
}
