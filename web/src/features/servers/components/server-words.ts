import type { TFunction } from 'i18next';
import type { DiskKind } from '../../../graphql/enums';
import { count, unitRange } from '../../../lib/quantity';

const [GIB_PER_TIB, HALVES_PER_UNIT, GRAMS_PER_KILOGRAM, MBPS_PER_GBPS] = [1_024, 2, 1_000, 1_000];
const decimals = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });

/** 480 → "480 GiB", 3576 → "3.49 TiB". */
export const diskSize = (gib: number): string =>
  gib < GIB_PER_TIB ? `${count(gib)} GiB` : `${decimals.format(gib / GIB_PER_TIB)} TiB`;

/** 25000 → "25 Gbit/s". */
export const linkSpeed = (mbps: number): string =>
  mbps < MBPS_PER_GBPS ? `${mbps} Mbit/s` : `${decimals.format(mbps / MBPS_PER_GBPS)} Gbit/s`;

export const unitsOfHalves = (halfUnits: number): number => halfUnits / HALVES_PER_UNIT;

export const kilograms = (grams: number): string => decimals.format(grams / GRAMS_PER_KILOGRAM);

const diskKinds = { SSD: 'SSD', HDD: 'HDD', NVME: 'NVMe' } satisfies Record<DiskKind, string>;
export const diskKind = (kind: DiskKind): string => diskKinds[kind];

type Disk = { kind: DiskKind; sizeGib: number; count: number };
/** "2 × 480 GiB SSD + 4 × 3.49 TiB NVMe" */
export const disksText = (disks: readonly Disk[]): string =>
  disks.map((disk) => `${disk.count} × ${diskSize(disk.sizeGib)} ${diskKind(disk.kind)}`).join(' + ');

/** "昇腾 910 × 8" */
export const acceleratorsText = (accelerators: readonly { name: string; count: number }[]): string =>
  accelerators.map(({ name, count: amount }) => `${name} × ${amount}`).join(' + ');

type Model = { manufacturer: string; model: string };
export const modelName = ({ manufacturer, model }: Model): string => `${manufacturer} ${model}`;

type Sized = {
  heightHalfUnits: number;
  weightGrams: number | null;
  nameplatePowerW: number | null;
};
/** What standing somewhere takes: "2U, 28 kg, 750 W"; what the maker does not say is not made up. */
export function modelSize(t: TFunction, model: Sized, powerW: number | null = null): string {
  const watts = powerW ?? model.nameplatePowerW;
  return [
    model.heightHalfUnits === 0 ? t('server.noUnits') : `${unitsOfHalves(model.heightHalfUnits)}U`,
    model.weightGrams === null ? t('server.weightUnknown') : `${kilograms(model.weightGrams)} kg`,
    watts === null ? t('server.powerUnknown') : `${count(watts)} W`,
  ].join(t('common.comma'));
}

type Place = { startUnit: number | null; heightUnits: number };
/** The units that it covers: "U12–13". Null = beside the units. */
export const unitsText = ({ startUnit, heightUnits }: Place): string | null =>
  startUnit === null ? null : unitRange(startUnit, heightUnits);
