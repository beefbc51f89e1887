import type { WishedThing } from '../allocation/domain/request-plan.js';
import { toHalfUnits } from '../cabinets/domain/units.js';
import { STANDBY_RATIO_DEFAULT } from '../catalog/domain/catalog.js';
import type { ServerOffer } from '../catalog/domain/entries.js';
import { isPoolProtectionLevel } from '../facilities/domain/facility.js';
import { isAcceleratorName } from '../facilities/domain/pool-meters.js';
import { uuidOf } from '../kernel/node-id.js';
import { badInput } from '../platform/graphql/errors.js';
import type { WhatIfLine } from './domain/what-if.js';
import type { WhatIfLineInput, WhatIfMachineInput, WhatIfSpaceInput } from './simulator.types.js';

/** What one person compares; more is an import and not a question. */
const LINES_MAX = 200;
/** A year's demand of a province. */
const THINGS_MAX = 10_000;
/** Each place is tried in every cabinet of its zone. */
const PLACES_MAX = 1_000;
/** Bigger than any machine that a node runs, and than anything that stands in a cabinet. */
const AMOUNT_MAX = 10_000_000;
/** No frame is higher. */
const UNITS_MAX = 100;
const GRAMS_PER_KG = 1000;
const PERCENT = 100;

const PART_OF = { VM: 'vm', SERVER: 'server', CABINET: 'cabinet', SERVICE: 'service' } as const;

/** Classes of servers that the lines name. */
export function offersNamed(lines: readonly WhatIfLineInput[]): string[] {
  return [
    ...new Set(lines.slice(0, LINES_MAX).flatMap(({ server }) => uuidOf('ServerOffer', server?.offerId ?? '') ?? [])),
  ];
}

export function linesOf(lines: readonly WhatIfLineInput[], offers: ReadonlyMap<string, ServerOffer>): WhatIfLine[] {
  if (lines.length === 0 || lines.length > LINES_MAX) throw badInput(`1 to ${LINES_MAX} lines`);
  const things = (of: readonly WhatIfLineInput[]) => of.reduce((sum, { count }) => sum + Math.max(0, count), 0);
  if (things(lines) > THINGS_MAX) throw badInput(`at most ${THINGS_MAX} things together`);
  if (things(lines.filter(({ kind }) => kind === 'CABINET')) > PLACES_MAX)
    throw badInput(`at most ${PLACES_MAX} places in cabinets together`);
  return lines.map((line, index) => {
    const at = `lines.${index}`;
    inRange(`${at}.count`, line.count, 1, AMOUNT_MAX);
    if (!isPoolProtectionLevel(line.protectionLevel)) throw badInput(`${at}.protectionLevel must be 1 to 3`);
    for (const [kind, part] of Object.entries(PART_OF))
      if ((line[part] != null) !== (kind === line.kind)) throw badInput(`${at} must have the part of its kind only`);
    const { count, localMode, remoteMode, protectionLevel } = line;
    const services = line.kind === 'SERVICE';
    return {
      ...{ count, protectionLevel },
      localMode: services ? 'SINGLE' : localMode,
      remoteMode: services ? 'NONE' : remoteMode,
      // An id that is no center's is refused by the first criterion, as any center that is not open.
      centerId: line.centerId && !services ? (uuidOf('Center', line.centerId) ?? '-') : null,
      thing: thingOf(line, at, offers),
      offerId: uuidOf('ServerOffer', line.server?.offerId ?? '') ?? null,
      standbyRatioPercent: line.vm?.standbyRatioPercent ?? STANDBY_RATIO_DEFAULT,
    };
  });
}

function thingOf(line: WhatIfLineInput, at: string, offers: ReadonlyMap<string, ServerOffer>): WishedThing {
  const { vm, server, cabinet } = line;
  if (vm) return machineOf(vm, line.protectionLevel, `${at}.vm`);
  if (server) {
    const offer = offers.get(uuidOf('ServerOffer', server.offerId) ?? '');
    if (!offer) throw badInput(`${at}.server.offerId is no class of servers`);
    const { architecture, cpuMaker, cores, memoryMib, accelerator, acceleratorCount } = offer;
    const wanted = accelerator === null ? null : { name: accelerator, countMin: acceleratorCount };
    return { kind: 'SERVER', architecture, cpuMaker, cores, memoryMib, accelerator: wanted };
  }
  return cabinet ? spaceOf(cabinet, `${at}.cabinet`) : { kind: 'SERVICE' };
}

function machineOf(vm: WhatIfMachineInput, protectionLevel: number, at: string): WishedThing {
  for (const field of ['vcpu', 'memoryMib', 'diskGib'] as const) inRange(`${at}.${field}`, vm[field], 1, AMOUNT_MAX);
  inRange(`${at}.standbyRatioPercent`, vm.standbyRatioPercent, 0, PERCENT);
  const { vcpu, memoryMib, diskGib, storageTier, architecture, zone, domesticCpu, standbyRatioPercent } = vm;
  const { accelerator = null, acceleratorCount } = vm;
  if (accelerator !== null) {
    if (!isAcceleratorName(accelerator)) throw badInput(`${at}.accelerator is no class of accelerators`);
    inRange(`${at}.acceleratorCount`, acceleratorCount, 1, AMOUNT_MAX);
  }
  return {
    kind: 'VM',
    size: {
      ...{ vcpu, memoryMib, diskGib, storageTier },
      ...(accelerator === null ? {} : { accelerators: { [accelerator]: acceleratorCount } }),
    },
    ...{ architecture, zone, domesticCpu, standbyRatioPercent, protectionLevel },
    // No image is meant: there is one for every processor, and it fits on every disk.
    imageArchitecture: architecture,
    imageMinimumDiskGib: 0,
    unpricedCenterIds: [],
    relations: [],
  };
}

function spaceOf({ zone, heightUnits, powerW, weightKg, whole, apart }: WhatIfSpaceInput, at: string): WishedThing {
  const heightHalfUnits = toHalfUnits(heightUnits);
  if (heightHalfUnits === undefined || heightHalfUnits < 1 || heightUnits > UNITS_MAX)
    throw badInput(`${at}.heightUnits must be 0.5 to ${UNITS_MAX} in half units`);
  inRange(`${at}.powerW`, powerW, 0, AMOUNT_MAX);
  inRange(`${at}.weightKg`, weightKg, 0, AMOUNT_MAX);
  return { kind: 'CABINET', whole, apart, zone, heightHalfUnits, powerW, weightGrams: weightKg * GRAMS_PER_KG };
}

function inRange(name: string, value: number, least: number, most: number): void {
  if (value < least || value > most) throw badInput(`${name} must be ${least} to ${most}`);
}
