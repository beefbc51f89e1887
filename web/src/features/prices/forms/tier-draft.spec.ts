import { describe, expect, it } from '@jest/globals';
import { draftOfTiers, faultsOfTiers, newTier } from './tier-draft';

const words = { bound: 'BOUND', order: 'ORDER', price: 'PRICE' };
const rows = (...typed: [to: string, unitPrice: string][]) =>
  typed.map(([to, unitPrice]) => ({ ...newTier(), to, unitPrice }));

describe('tiers that are typed', () => {
  it('begin each where the one before ends, and the last has no end', () => {
    expect(draftOfTiers(rows(['100', '0.65'], [' 1000 ', '0.5'], ['77', ' 0.4 ']))).toEqual([
      { from: '0', to: '100', unitPrice: '0.65' },
      { from: '100', to: '1000', unitPrice: '0.5' },
      { from: '1000', to: null, unitPrice: '0.4' },
    ]);
  });

  it('say by the field what is wrong before they are sent', () => {
    const faults = (...typed: [string, string][]) =>
      faultsOfTiers(draftOfTiers(rows(...typed)), words).map(({ field, message }) => `${field} ${message}`);
    expect(faults(['100', '0.65'], ['', '0.5'])).toEqual([]);
    expect(faults(['', '1'], ['', '1'])).toEqual(['tiers.0.to BOUND']);
    expect(faults(['1.5', '1'], ['', '-1'])).toEqual(['tiers.0.to BOUND', 'tiers.1.unitPrice PRICE']);
    expect(faults(['10', '1'], ['10', '1'], ['', '1'])).toEqual(['tiers.1.to ORDER']);
    expect(faults(['10', '0.1234567'], ['', ''])).toEqual(['tiers.0.unitPrice PRICE', 'tiers.1.unitPrice PRICE']);
  });
});
