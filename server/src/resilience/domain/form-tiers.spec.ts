import { describe, expect, it } from '@jest/globals';
import { tierName } from './form-tiers.js';

describe('what a tier is called', () => {
  it.each([
    [['app-01', 'app-02'], 'app'],
    [['web-a-1', 'web-a-2', 'web-b-1', 'web-b-2'], 'web'],
    [['db-a-1', 'db-b-1', 'db-r-1'], 'db'],
    [['ledger-1', 'ledger-r-1'], 'ledger'],
    // Of one side only: it may be its own name.
    [['plan-b-1', 'plan-b-2'], 'plan-b'],
    [['7'], '7'],
  ])('of %j is %s', (names, wanted) => {
    expect(tierName(names.map((name) => ({ name })))).toBe(wanted);
  });
});
