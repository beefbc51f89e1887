import type { Architecture } from '../facilities/domain/facility.js';
import type { CalendarDate } from '../kernel/calendar.js';
import { parseUnitPrice } from '../kernel/money.js';
import { factsOfMeter, type NewPriceItem } from '../pricing/domain/price-item.js';
import type { PriceReach, Term } from '../pricing/domain/price-version.js';
import type { NewUnitPrice } from '../pricing/pricing.service.js';
import { DEMONSTRATION_ACCELERATOR } from './made-up-catalog.js';
import { wordsOfMeters } from './made-up-services.js';
import { Seeded } from './seeded.js';

export type MadeUpPrice = NewUnitPrice & PriceReach & Term;

export interface MadeUpPrices {
  readonly items: readonly NewPriceItem[];
  readonly versions: readonly MadeUpPrice[];
}

/** Before the made-up past begins. */
const BEGINNING: CalendarDate = '2024-01-01';
/** Everything was priced anew once. */
const CHANGE: CalendarDate = '2026-01-01';
/** Of the price that holds now. */
const BEFORE_PERCENT = 110n;

/**
 * Invented yuan for one unit and month, as they hold now, near what public clouds and data centers publish (a vCPU 45 to
 * 52, a GiB of memory 15 to 17, a cabinet about 9 800, a server 5 000 to 15 000). Before the change they were a tenth dearer.
 */
const PRICES: readonly (readonly [meter: string, Architecture | null, yuan: string])[] = [
  ['VCPU', 'AMD64', '31.500000'],
  ['VCPU', 'ARM64', '28.800000'],
  ['MEMORY_GIB', 'AMD64', '16.200000'],
  ['MEMORY_GIB', 'ARM64', '15.400000'],
  ['STORAGE_GIB_SSD', null, '0.650000'],
  ['STORAGE_GIB_HDD', null, '0.220000'],
  [`ACCELERATOR:${DEMONSTRATION_ACCELERATOR}`, null, '5200.000000'],
  ['CABINET_U', null, '260.000000'],
  ['CABINET_WHOLE', null, '7800.000000'],
  ['POWER_KW', null, '570.000000'],
  ['ADDRESS', null, '38.000000'],
  ['SERVER:kunpeng-2s-64c', null, '5400.000000'],
  ['SERVER:kunpeng-2s-128c', null, '8600.000000'],
  ['SERVER:hygon-2s-64c', null, '5900.000000'],
  ['SERVER:phytium-2s-128c', null, '6800.000000'],
  ['SERVER:ascend-8npu', null, '42000.000000'],
  ['SERVICE:bandwidth', null, '85.000000'],
  ['SERVICE:load-balancer', null, '180.000000'],
  ['SERVICE:vpn-account', null, '12.000000'],
  ['SERVICE:domain-certificate', null, '65.000000'],
  ['SERVICE:file-storage', null, '0.280000'],
  ['SERVICE:backup', null, '0.150000'],
  ['SERVICE:host-security', null, '60.000000'],
];

/**
 * What much of it costs less since the change (阶梯价): from so many units of one resource on, each of them costs so many yuan. Below
 * the first bound holds the price above.
 */
const TIERS: { readonly [meter: string]: readonly (readonly [from: bigint, yuan: string])[] } = {
  STORAGE_GIB_HDD: [
    [200n, '0.200000'],
    [400n, '0.180000'],
  ],
  'SERVICE:bandwidth': [
    [50n, '72.000000'],
    [200n, '60.000000'],
  ],
  'SERVICE:host-security': [
    [10n, '54.000000'],
    [50n, '48.000000'],
  ],
};

/** The recovery center is cheaper to stand in. */
const RECOVERY_PRICES: readonly (readonly [meter: string, yuan: string])[] = [
  ['CABINET_U', '210.000000'],
  ['CABINET_WHOLE', '6400.000000'],
  ['STORAGE_GIB_HDD', '0.180000'],
];

/** Free by decision, each with what it would cost and why: [meter, kind, yuan, why]. */
const FREE_PRICES: readonly (readonly [meter: string, kind: 'FREE' | 'INTERNAL', yuan: string, reason: string])[] = [
  ['ADDRESS_IPV6', 'FREE', '5.000000', '推进 IPv6 规模部署，免费（演示）'],
  ['ADDRESS_INTERNAL', 'INTERNAL', '0.000000', '内网地址由中心统一分配，内部不计费（演示）'],
];
/** Ids of their own sequence: the rest of the province stays what it was. */
const FREE_SEED = 20_261_130;

function freePrices(): MadeUpPrices {
  const seeded = new Seeded(FREE_SEED);
  return {
    items: FREE_PRICES.map(([meter]) => ({ id: seeded.id(), meter, period: 'MONTH', ...factsOfMeter(meter) })),
    versions: FREE_PRICES.map(
      ([meter, kind, yuan, reason]): MadeUpPrice => ({
        ...{ id: seeded.id(), meter, kind, reason, centerId: null, architecture: null, from: BEGINNING, to: null },
        ...{ price: 0n, listPrice: parseUnitPrice(yuan), synthetic: true },
      }),
    ),
  };
}

/** Prices with a past: every item has changed once. The recovery center's own came with the change. */
export function makeUpPrices(seeded: Seeded, recoveryCenterId: string): MadeUpPrices {
  const meters = [...new Set(PRICES.map(([meter]) => meter))];
  const everywhere = PRICES.flatMap(([meter, architecture, yuan]): MadeUpPrice[] => {
    const now = parseUnitPrice(yuan);
    const common = { meter, architecture, centerId: null, synthetic: true };
    const tiers = (TIERS[meter] ?? []).map(([from, each]) => ({ from, price: parseUnitPrice(each) }));
    const document = tiers.length > 0 ? '2026 年度计费标准，按用量分档（演示）' : '2026 年度计费标准（演示）';
    return [
      {
        ...common,
        id: seeded.id(),
        from: BEGINNING,
        to: CHANGE,
        price: (now * BEFORE_PERCENT) / 100n,
        reason: '2024 年度计费标准（演示）',
      },
      { ...common, id: seeded.id(), from: CHANGE, to: null, price: now, tiers, reason: document },
    ];
  });
  const there = RECOVERY_PRICES.map(
    ([meter, yuan]): MadeUpPrice => ({
      id: seeded.id(),
      meter,
      centerId: recoveryCenterId,
      architecture: null,
      from: CHANGE,
      to: null,
      price: parseUnitPrice(yuan),
      synthetic: true,
      reason: '异地灾备中心单独定价（演示）',
    }),
  );
  const free = freePrices();
  const words = wordsOfMeters();
  return {
    items: [
      ...meters.map(
        (meter) => ({ id: seeded.id(), meter, period: 'MONTH', ...factsOfMeter(meter), ...words.get(meter) }) as const,
      ),
      ...free.items,
    ],
    versions: [...everywhere, ...there, ...free.versions],
  };
}
