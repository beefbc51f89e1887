import type { QuotaMeter } from '../../graphql/enums';

/** What the screen shows of a meter: the server counts MiB, half rack units and watts, people read GiB, U and kW. */
export const quotaUnits: Record<QuotaMeter, { per: number; unit: string }> = {
  MACHINE: { per: 1, unit: '' },
  VCPU: { per: 1, unit: '' },
  MEMORY_MIB: { per: 1024, unit: 'GiB' },
  STORAGE_GIB: { per: 1, unit: 'GiB' },
  ACCELERATOR: { per: 1, unit: '' },
  SERVER: { per: 1, unit: '' },
  CABINET_HALF_UNIT: { per: 2, unit: 'U' },
  POWER_W: { per: 1000, unit: 'kW' },
};

export const quotaMeters = Object.keys(quotaUnits) as QuotaMeter[];

const shown = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });

/** "12.5", in the meter's shown unit. */
export const quotaFigure = (meter: QuotaMeter, amount: number): string => shown.format(amount / quotaUnits[meter].per);

/** What a person typed, in the meter's own unit; NaN stays, so that the server says what is wrong. */
export const quotaAmount = (meter: QuotaMeter, typed: number): number =>
  Number((typed * quotaUnits[meter].per).toFixed(3));
