/** Decides what one of a plan's lines costs a month by the prices of one day. */
import { ARCHITECTURES, type Architecture } from '../../facilities/domain/facility.js';
import { quoteMachine, quoteUnits, type UnitPrice } from '../../pricing/domain/quote.js';
import { type PlanLineContent, type PlannedLine, type SideDemand, sidesOf } from './plan-line.js';

const MONTHS_OF_YEAR = 12;
const HALF_UNITS_PER_UNIT = 2;

/**
 * One of it, in all centers together; null = a price is missing, which is never nothing. Where no processor is named, the
 * dearer: what is asked of a budget should not be too little. `serviceMeter` is the service's price item; null = free.
 */
export function unitMonthly(
  line: PlanLineContent,
  prices: readonly UnitPrice[],
  serviceMeter: string | null,
): bigint | null {
  if (line.kind === 'SERVICE') return serviceMeter === null ? 0n : unitsOf(prices, serviceMeter, 1);
  const sides = sidesOf({ ...line, count: 1, acceptedCount: null });
  return sides.reduce<bigint | null>((sum, side) => {
    const amount = ofSide(line, side, prices);
    return sum === null || amount === null ? null : sum + amount;
  }, 0n);
}

function ofSide(line: PlanLineContent, side: SideDemand, prices: readonly UnitPrice[]): bigint | null {
  if (line.kind === 'SERVER') return unitsOf(prices, `SERVER:${line.offerCode}`, side.servers);
  if (line.kind === 'CABINET') return unitsOf(prices, 'CABINET_U', Math.ceil(side.halfUnits / HALF_UNITS_PER_UNIT));
  const quotes = (line.architecture === null ? ARCHITECTURES : [line.architecture]).flatMap(
    (architecture) => machineOf(side, architecture, prices) ?? [],
  );
  return quotes.reduce<bigint | null>((most, quote) => (most === null || quote > most ? quote : most), null);
}

function machineOf(side: SideDemand, architecture: Architecture, prices: readonly UnitPrice[]): bigint | null {
  const size = { architecture, vcpu: side.vcpu, memoryMib: side.memoryMib };
  const nothing = { architecture, vcpu: 0, memoryMib: 0 };
  const ssd = quoteMachine(prices, { ...size, disk: { tier: 'SSD', gib: side.ssdGib } });
  const hdd = quoteMachine(prices, { ...nothing, disk: { tier: 'HDD', gib: side.hddGib } });
  return ssd.ok && hdd.ok ? ssd.value.monthly + hdd.value.monthly : null;
}

function unitsOf(prices: readonly UnitPrice[], meter: string, quantity: number): bigint | null {
  const quote = quoteUnits(prices, { meter, quantity: BigInt(quantity), centerId: null });
  return quote.ok ? quote.value : null;
}

interface PricedLine extends PlannedLine {
  readonly unitFen: bigint | null;
}

/** A month of all lines as they are accepted now; null = a price is missing. */
export function monthlyOf(lines: readonly PricedLine[]): bigint | null {
  return totalOf(lines, () => 1n);
}

/** Until the year's end, each from its month on. */
export function yearlyOf(lines: readonly PricedLine[]): bigint | null {
  return totalOf(lines, (line) => BigInt(MONTHS_OF_YEAR + 1 - line.month));
}

function totalOf(lines: readonly PricedLine[], months: (line: PricedLine) => bigint): bigint | null {
  return lines.reduce<bigint | null>(
    (sum, line) =>
      sum === null || line.unitFen === null
        ? null
        : sum + line.unitFen * BigInt(line.acceptedCount ?? line.count) * months(line),
    0n,
  );
}
