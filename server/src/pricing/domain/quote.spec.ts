import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseUnitPrice } from '../../kernel/money.js';
import { type MachineToPrice, PRICE_METERS, type PriceMeter, quoteMachine, type UnitPrice } from './quote.js';

const MICRO_YUAN_PER_FEN = 10_000n;

function table(texts: { [M in PriceMeter]?: string }, architecture: UnitPrice['architecture'] = null): UnitPrice[] {
  return Object.entries(texts).map(([meter, text]) => ({
    meter,
    centerId: null,
    architecture,
    price: parseUnitPrice(text),
    synthetic: true,
  }));
}

const prices = table({ VCPU: '35.5', MEMORY_GIB: '18.25', STORAGE_GIB_SSD: '0.85', STORAGE_GIB_HDD: '0.3' });
const machine: MachineToPrice = { architecture: 'ARM64', vcpu: 4, memoryMib: 8192, disk: { tier: 'SSD', gib: 100 } };

function monthly(prices: readonly UnitPrice[], machine: MachineToPrice): bigint {
  const quote = quoteMachine(prices, machine);
  if (!quote.ok) throw new Error(quote.error.message.en);
  return quote.value.monthly;
}

describe('quoteMachine', () => {
  it('adds up the lines of processor, memory and disk', () => {
    const quote = quoteMachine(prices, machine);
    expect(quote).toEqual({
      ok: true,
      value: {
        monthly: 37_300n,
        lines: [
          { meter: 'VCPU', amount: 14_200n },
          { meter: 'MEMORY_GIB', amount: 14_600n },
          { meter: 'STORAGE_GIB_SSD', amount: 8_500n },
        ],
      },
    });
  });

  it('prices an offer without its disk', () => {
    expect(monthly(prices, { ...machine, disk: null })).toBe(28_800n);
  });

  it("prefers the price of the machine's own architecture", () => {
    const mixed = [...prices, ...table({ VCPU: '40' }, 'ARM64'), ...table({ VCPU: '99' }, 'AMD64')];
    expect(monthly(mixed, { ...machine, disk: null })).toBe(16_000n + 14_600n);
  });

  it.each(['VCPU', 'MEMORY_GIB', 'STORAGE_GIB_SSD'] as const)('refuses when the price of %s is missing', (meter) => {
    const quote = quoteMachine(
      prices.filter((price) => price.meter !== meter),
      machine,
      ['content', 'lines', '0'],
    );
    expect(quote).toMatchObject({
      ok: false,
      error: { code: 'PRICE_MISSING', meter, path: ['content', 'lines', '0'] },
    });
  });

  it("does not take another architecture's price, nor another tier's", () => {
    expect(quoteMachine([...table({ VCPU: '40' }, 'AMD64'), ...prices.slice(1)], machine).ok).toBe(false);
    const noHdd = prices.filter((price) => price.meter !== 'STORAGE_GIB_HDD');
    expect(quoteMachine(noHdd, { ...machine, disk: { tier: 'HDD', gib: 1 } }).ok).toBe(false);
  });

  it('keeps a price of zero apart from no price', () => {
    expect(monthly(table({ VCPU: '0', MEMORY_GIB: '0', STORAGE_GIB_SSD: '0' }), machine)).toBe(0n);
  });

  it('rounds each line alone, half up', () => {
    const halves = table({ VCPU: '0.005', MEMORY_GIB: '0.005', STORAGE_GIB_SSD: '0.004999' });
    expect(monthly(halves, { architecture: 'AMD64', vcpu: 1, memoryMib: 1024, disk: { tier: 'SSD', gib: 1 } })).toBe(
      2n,
    );
  });
});

describe('quoteMachine, for all prices and machines', () => {
  const price = fc.bigInt({ min: 0n, max: 10n ** 12n });
  const priceTable = fc.tuple(price, price, price, price).map((values) =>
    PRICE_METERS.map(
      (meter, i): UnitPrice => ({
        meter,
        centerId: null,
        architecture: null,
        price: values[i] as bigint,
        synthetic: false,
      }),
    ),
  );
  const machines = fc.record({
    architecture: fc.constantFrom('AMD64' as const, 'ARM64' as const),
    vcpu: fc.integer({ min: 1, max: 512 }),
    memoryMib: fc.integer({ min: 1, max: 4 * 1024 * 1024 }),
    disk: fc.option(
      fc.record({ tier: fc.constantFrom('SSD' as const, 'HDD' as const), gib: fc.integer({ min: 1, max: 8192 }) }),
    ),
  });

  it('is the sum of its lines, and each line is within half a fen of the exact rational', () => {
    fc.assert(
      fc.property(priceTable, machines, (prices, machine) => {
        const quote = quoteMachine(prices, machine);
        if (!quote.ok) return false;
        const exact = { VCPU: [machine.vcpu, 1n], MEMORY_GIB: [machine.memoryMib, 1024n] } as Record<
          string,
          [number, bigint]
        >;
        for (const { meter, amount } of quote.value.lines) {
          const [quantity, per] = exact[meter] ?? [machine.disk?.gib ?? 0, 1n];
          const unit = prices.find((p) => p.meter === meter)?.price ?? -1n;
          // amount - exact, over the common denominator: must lie in (-1/2, +1/2] fen.
          const denominator = MICRO_YUAN_PER_FEN * per;
          const off = 2n * (amount * denominator - unit * BigInt(quantity));
          if (!(off > -denominator && off <= denominator)) return false;
        }
        return quote.value.monthly === quote.value.lines.reduce((sum, line) => sum + line.amount, 0n);
      }),
    );
  });

  it('never falls when anything of the machine grows', () => {
    fc.assert(
      fc.property(
        priceTable,
        machines,
        fc.nat(64),
        fc.nat(65_536),
        fc.nat(1000),
        (prices, small, vcpu, memory, gib) => {
          const big = {
            ...small,
            vcpu: small.vcpu + vcpu,
            memoryMib: small.memoryMib + memory,
            disk: small.disk && { ...small.disk, gib: small.disk.gib + gib },
          };
          return monthly(prices, big) >= monthly(prices, small);
        },
      ),
    );
  });

  it('charges disk beside the machine: with and without it differ by the disk line only', () => {
    fc.assert(
      fc.property(priceTable, machines, (prices, machine) => {
        const quote = quoteMachine(prices, machine);
        const disk = quote.ok ? (quote.value.lines.find((l) => l.meter.startsWith('STORAGE'))?.amount ?? 0n) : -1n;
        return monthly(prices, machine) === monthly(prices, { ...machine, disk: null }) + disk;
      }),
    );
  });

  it('does not depend on the order of the table', () => {
    fc.assert(
      fc.property(priceTable, machines, (prices, machine) => {
        return monthly(prices, machine) === monthly(prices.toReversed(), machine);
      }),
    );
  });
});
