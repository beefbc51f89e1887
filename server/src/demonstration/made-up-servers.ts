import type { PlaceWish } from '../cabinets/space.types.js';
import type { Center } from '../facilities/domain/facility.js';
import { addDays, type CalendarDate, startOfDay } from '../kernel/calendar.js';
import type { HardwareModel } from '../servers/domain/server.js';
import type { IncomingServer } from '../servers/servers.types.js';
import type { Seeded } from './seeded.js';

export interface MadeUpServers {
  readonly models: readonly HardwareModel[];
  readonly servers: readonly IncomingServer[];
  readonly wishes: readonly PlaceWish[];
}

type Maker = Pick<IncomingServer, 'architecture' | 'cpuMaker' | 'cpuModel' | 'sockets' | 'cores' | 'threads'>;

/** Of the trade; figures are those of data sheets, rounded. */
const KINDS: readonly {
  readonly manufacturer: string;
  readonly model: string;
  readonly heightU: number;
  readonly weightKg: number;
  readonly powerW: number;
  readonly maker: Maker;
  readonly memoryGib: number;
  readonly accelerators: IncomingServer['accelerators'];
}[] = [
  {
    ...{ manufacturer: '华为', model: 'TaiShan 200 2280', heightU: 2, weightKg: 28, powerW: 750, memoryGib: 512 },
    maker: {
      architecture: 'ARM64',
      cpuMaker: 'KUNPENG',
      cpuModel: '鲲鹏 920 5250',
      sockets: 2,
      cores: 96,
      threads: 96,
    },
    accelerators: [],
  },
  {
    ...{ manufacturer: '华为', model: 'Atlas 800 9000', heightU: 4, weightKg: 75, powerW: 2600, memoryGib: 1024 },
    maker: {
      architecture: 'ARM64',
      cpuMaker: 'KUNPENG',
      cpuModel: '鲲鹏 920 7260',
      sockets: 4,
      cores: 256,
      threads: 256,
    },
    accelerators: [{ kind: 'NPU', name: '昇腾 910', count: 8 }],
  },
  {
    ...{ manufacturer: '中科可控', model: 'R6240 H0', heightU: 2, weightKg: 30, powerW: 800, memoryGib: 512 },
    maker: { architecture: 'AMD64', cpuMaker: 'HYGON', cpuModel: '海光 C86 7380', sockets: 2, cores: 64, threads: 128 },
    accelerators: [],
  },
  {
    ...{ manufacturer: '长城', model: '擎天 DF720', heightU: 2, weightKg: 27, powerW: 650, memoryGib: 256 },
    maker: {
      architecture: 'ARM64',
      cpuMaker: 'PHYTIUM',
      cpuModel: '飞腾 S5000C',
      sockets: 2,
      cores: 128,
      threads: 128,
    },
    accelerators: [],
  },
  {
    ...{ manufacturer: '联想', model: '问天 WR5220 G3', heightU: 2, weightKg: 29, powerW: 900, memoryGib: 512 },
    maker: {
      architecture: 'AMD64',
      cpuMaker: 'INTEL',
      cpuModel: 'Xeon Gold 6430',
      sockets: 2,
      cores: 64,
      threads: 128,
    },
    accelerators: [{ kind: 'GPU', name: 'L20', count: 2 }],
  },
];
const PER_CENTER = 32;
const HALVES_PER_UNIT = 2;
const GRAMS_PER_KG = 1_000;
const MIB_PER_GIB = 1_024;
/** Bought by lots, as budgets allow. */
const PURCHASES = ['2023-05-15', '2023-11-20', '2024-04-15', '2024-09-18', '2025-03-17', '2025-08-15'] as const;
/** Of a hundred: most are free to be asked for, some come in, some are looked after. */
const FREE_PERCENT = 80;
const ONBOARDING_PERCENT = 12;

function daysAfter(day: CalendarDate, days: number): Date {
  return startOfDay(addDays(day, days));
}

const NICS = ['eno1', 'eno2'] as const;
const NIC_SPEED_MBPS = 25_000;
const BYTE = 256;

/** Two ports each. Locally administered numbers, by center and server: no maker's in earnest, and no draw of the seed. */
function nicsOf(center: number, number: number): IncomingServer['nics'] {
  return NICS.map((name, port) => {
    const parts = [0x02, 0x5a, center, Math.floor(number / BYTE), number % BYTE, port];
    return { name, mac: parts.map((part) => part.toString(16).padStart(2, '0')).join(':'), speedMbps: NIC_SPEED_MBPS };
  });
}

/** One of the second center was written down with a controller that does not answer. */
const SILENT = { center: 1, number: 29 } as const;

function isSilent(center: number, number: number): boolean {
  return center === SILENT.center && number === SILENT.number;
}

/** Standalone servers that departments may ask for, each in a cabinet of its center. */
export function makeUpServers(seeded: Seeded, centers: readonly Center[]): MadeUpServers {
  const models = KINDS.map(
    ({ manufacturer, model, heightU, weightKg, powerW }, at): HardwareModel => ({
      id: seeded.id(),
      manufacturer,
      model,
      slug: `made-up-${at + 1}`,
      heightHalfUnits: heightU * HALVES_PER_UNIT,
      fullDepth: true,
      weightGrams: weightKg * GRAMS_PER_KG,
      nameplatePowerW: powerW,
      keptAside: {},
    }),
  );
  const made = { servers: [] as IncomingServer[], wishes: [] as PlaceWish[] };
  for (const [at, center] of centers.entries())
    for (let number = 1; number <= PER_CENTER; number += 1) {
      const purchasedOn = PURCHASES[(at * PER_CENTER + number) % PURCHASES.length] as string;
      const index = seeded.below(KINDS.length);
      const [kind, model] = [KINDS[index] as (typeof KINDS)[number], models[index] as HardwareModel];
      const [id, holderId] = [seeded.id(), seeded.id()];
      const dice = seeded.below(100);
      const state =
        dice < FREE_PERCENT ? 'FREE' : dice < FREE_PERCENT + ONBOARDING_PERCENT ? 'ONBOARDING' : 'MAINTENANCE';
      const assetNumber = `ZC-${center.code.at(-1)?.toUpperCase()}-${String(number).padStart(4, '0')}`;
      made.servers.push({
        ...kind.maker,
        id,
        state,
        holderId,
        assetNumber,
        serial: `JY${at}${String(number).padStart(4, '0')}X${String(seeded.below(1e6)).padStart(6, '0')}`,
        modelId: model.id,
        centerId: center.id,
        memoryMib: kind.memoryGib * MIB_PER_GIB,
        powerW: null,
        weightGrams: null,
        disks: [
          { kind: 'SSD', sizeGib: 480, count: 2 },
          { kind: 'NVME', sizeGib: 3_576, count: 4 },
        ],
        nics: nicsOf(at, number),
        accelerators: kind.accelerators,
        bmcAddress: `${isSilent(at, number) ? 'unreachable-' : ''}10.${80 + at}.0.${number + 20}`,
        purchasedOn,
        // Racked and registered some weeks after it was bought.
        since: daysAfter(purchasedOn, 20 + seeded.below(30)),
        warrantyUntil: `202${7 + seeded.below(3)}-0${1 + seeded.below(9)}-15`,
      });
      made.wishes.push({
        holderId,
        where: { among: { centerId: center.id } },
        heightHalfUnits: model.heightHalfUnits,
        face: 'BOTH',
        powerW: kind.powerW,
        weightGrams: kind.weightKg * GRAMS_PER_KG,
        label: assetNumber,
        kind: 'SERVER',
        state: 'OCCUPIED',
        subjectId: id,
      });
    }
  return { models, ...made };
}
