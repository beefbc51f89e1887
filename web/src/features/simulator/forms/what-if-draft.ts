import type {
  Architecture,
  LocalMode,
  NetworkZone,
  RemoteMode,
  RequestLineKind,
  StorageTier,
} from '../../../graphql/enums';
import { uniqueId } from '../../../lib/unique-id';
import type { WhatIfInput } from '../simulator-input';

/** What rows of all kinds have, as it is typed: numbers are null while empty. */
type Common = {
  /** Identity on the screen only. */
  key: string;
  count: number | null;
  /** null = whichever center fits best. */
  centerId: string | null;
  localMode: LocalMode;
  remoteMode: RemoteMode;
};
export type MachineRow = Common & {
  kind: 'VM';
  vcpu: number | null;
  memoryGib: number | null;
  diskGib: number | null;
  storageTier: StorageTier;
  architecture: Architecture;
  zone: NetworkZone;
  protectionLevel: number;
  domesticCpu: boolean;
  /** Class of the accelerators that each takes; null = none. */
  accelerator: string | null;
  acceleratorCount: number | null;
};
export type ServerRow = Common & { kind: 'SERVER'; offerId: string | null };
export type SpaceRow = Common & {
  kind: 'CABINET';
  zone: NetworkZone;
  heightUnits: number | null;
  powerW: number | null;
  weightKg: number | null;
  /** WHOLE: a cabinet of that height of its own; APART: each in another cabinet. */
  standing: 'ANY' | 'APART' | 'WHOLE';
};
export type ServiceRow = Common & { kind: 'SERVICE'; offerId: string | null };
export type WhatIfRow = MachineRow | ServerRow | SpaceRow | ServiceRow;
export type RowOf<K extends RequestLineKind> = Extract<WhatIfRow, { kind: K }>;

export const KINDS: readonly RequestLineKind[] = ['VM', 'SERVER', 'CABINET', 'SERVICE'];
export const TIERS: readonly StorageTier[] = ['SSD', 'HDD'];
export const ARCHITECTURES: readonly Architecture[] = ['ARM64', 'AMD64'];
export const ZONES: readonly NetworkZone[] = ['GOVERNMENT_EXTRANET', 'INTERNET', 'BUSINESS_LINE'];
export const LOCAL_MODES: readonly LocalMode[] = ['SINGLE', 'DUAL_ACTIVE'];
export const REMOTE_MODES: readonly RemoteMode[] = ['NONE', 'DATA', 'APPLICATION'];
export const STANDINGS: readonly SpaceRow['standing'][] = ['ANY', 'APART', 'WHOLE'];
export const LEVELS = [1, 2, 3] as const;

const MIB_PER_GIB = 1024;
/** Systems of servers and cabinets name no level here; debts are judged as of the usual one. */
const USUAL_LEVEL = 2;

const ALONE = { centerId: null, localMode: 'SINGLE', remoteMode: 'NONE' } as const;
const FIRST = {
  VM: {
    ...{ ...ALONE, kind: 'VM', count: 10, vcpu: 4, memoryGib: 16, diskGib: 100, storageTier: 'SSD' },
    ...{ architecture: 'ARM64', zone: 'GOVERNMENT_EXTRANET', protectionLevel: USUAL_LEVEL, domesticCpu: false },
    ...{ accelerator: null, acceleratorCount: null },
  },
  SERVER: { ...ALONE, kind: 'SERVER', count: 2, offerId: null },
  CABINET: {
    ...{ ...ALONE, kind: 'CABINET', count: 1, zone: 'GOVERNMENT_EXTRANET', heightUnits: 4, powerW: 1000, weightKg: 60 },
    standing: 'ANY',
  },
  SERVICE: { ...ALONE, kind: 'SERVICE', count: 1, offerId: null },
} as const satisfies { [K in RequestLineKind]: Omit<RowOf<K>, 'key'> };

/** A second row begins like the one before. What a row of an older visit does not say is as in a new one. */
export function newRow<K extends RequestLineKind>(kind: K, before?: Partial<RowOf<K>>): RowOf<K> {
  return { ...(FIRST[kind] as unknown as RowOf<K>), ...before, key: uniqueId() };
}

export function copyOf(row: WhatIfRow): WhatIfRow {
  return { ...row, key: uniqueId() };
}

export type RowError = { row: number; column: Column };
/** The columns that a row may lack. */
export type Column = PastedColumn | 'acceleratorCount' | 'offer' | 'heightUnits' | 'powerW' | 'weightKg';

/** What the API is asked; rows that cannot be asked are named. */
export function inputOf(rows: readonly WhatIfRow[]): { lines: WhatIfInput; errors: RowError[] } {
  const errors: RowError[] = [];
  const lines = rows.map((row, index): WhatIfInput[number] => {
    const wrong = (column: Column): number => {
      errors.push({ row: index + 1, column });
      return 0;
    };
    /** In pieces of so many of the unit that is asked: GiB may have a fraction as far as whole MiB go. */
    const amount = (column: Column, value: number | null, per = 1, least = 1): number => {
      const whole = (value ?? Number.NaN) * per;
      return Number.isInteger(whole) && whole >= least ? whole : wrong(column);
    };
    const offer = (offerId: string | null) => {
      if (offerId === null) wrong('offer');
      return { offerId: offerId ?? '' };
    };
    const { kind, localMode, remoteMode } = row;
    const common = { kind, localMode, remoteMode, count: amount('count', row.count) };
    const line = { ...common, centerId: localMode === 'DUAL_ACTIVE' ? null : row.centerId };
    if (row.kind === 'VM') {
      const { storageTier, architecture, zone, domesticCpu, accelerator, protectionLevel } = row;
      const pieces = accelerator === null ? 0 : amount('acceleratorCount', row.acceleratorCount);
      return {
        ...{ ...line, protectionLevel },
        vm: {
          ...{ storageTier, architecture, zone, domesticCpu, accelerator, acceleratorCount: pieces },
          vcpu: amount('vcpu', row.vcpu),
          memoryMib: amount('memoryGib', row.memoryGib, MIB_PER_GIB),
          diskGib: amount('diskGib', row.diskGib),
        },
      };
    }
    if (row.kind === 'SERVER') return { ...line, server: offer(row.offerId) };
    if (row.kind === 'SERVICE') return { ...line, service: offer(row.offerId) };
    return {
      ...line,
      cabinet: {
        ...{ zone: row.zone, whole: row.standing === 'WHOLE', apart: row.standing === 'APART' },
        heightUnits: amount('heightUnits', row.heightUnits, 2) / 2,
        powerW: amount('powerW', row.powerW, 1, 0),
        weightKg: amount('weightKg', row.weightKg, 1, 0),
      },
    };
  });
  return { lines, errors };
}

/** One change with which a row would fit; null = stays. */
export type HintChange = {
  count: number | null;
  centerId: string | null;
  localMode: LocalMode | null;
  remoteMode: RemoteMode | null;
  zone: NetworkZone | null;
  storageTier: StorageTier | null;
  architecture: Architecture | null;
  apart: boolean | null;
};

export function changed(row: WhatIfRow, change: HintChange): WhatIfRow {
  const common = {
    count: change.count ?? row.count,
    centerId: change.centerId ?? row.centerId,
    localMode: change.localMode ?? row.localMode,
    remoteMode: change.remoteMode ?? row.remoteMode,
  };
  if (row.kind === 'VM')
    return {
      ...{ ...row, ...common, zone: change.zone ?? row.zone },
      storageTier: change.storageTier ?? row.storageTier,
      architecture: change.architecture ?? row.architecture,
    };
  if (row.kind === 'CABINET')
    return {
      ...{ ...row, ...common, zone: change.zone ?? row.zone },
      standing: change.apart === false ? 'ANY' : row.standing,
    };
  return { ...row, ...common };
}

/** What a spreadsheet of machines is read by, in this order. */
export const PASTED_COLUMNS = [
  'count',
  'vcpu',
  'memoryGib',
  'diskGib',
  'storageTier',
  'architecture',
  'zone',
  'center',
  'localMode',
  'protectionLevel',
  'domesticCpu',
  'remoteMode',
] as const;
export type PastedColumn = (typeof PASTED_COLUMNS)[number];
