import { afterEach, describe, expect, it } from '@jest/globals';
import { cleanup, render, screen, within } from '@testing-library/react';
import i18next from 'i18next';
import { withTranslations } from '../../../lib/i18n/for-tests';
import { demandParts } from '../owed-words';
import { TotalsPanel } from './TotalsPanel';

await withTranslations();
afterEach(cleanup);

const total = {
  ...{ role: 'RECOVERY', center: null, debts: 2, machines: 5, vcpu: 8, memoryMib: 16_384, storageGib: 1_200 },
  ...{ servers: 0, rackUnits: 0, powerW: 0, monthlyCost: '100', withoutPrice: 0 },
};
const show = (accelerators: readonly { name: string; count: number }[]) =>
  render(<TotalsPanel totals={[{ ...total, accelerators }] as never} />);

describe('what centers are asked for', () => {
  it('names accelerators by class, and has no column for them where none are asked for', () => {
    show([
      { name: 'ASCEND-310P', count: 4 },
      { name: 'ASCEND-910B', count: 1_200 },
    ]);
    screen.getByRole('columnheader', { name: '加速卡' });
    within(screen.getByRole('table')).getByText('ASCEND-310P × 4 · ASCEND-910B × 1,200');
    cleanup();
    show([]);
    expect(screen.queryByRole('columnheader', { name: '加速卡' })).toBeNull();
  });

  it('are said of each debt where it has any', () => {
    const size = { machines: 2, vcpu: 2, memoryMib: 2_048, storageGib: 40 };
    const t = i18next.t;
    expect(demandParts(t, { ...size, accelerator: 'ASCEND-910B', accelerators: 4 })).toContain('ASCEND-910B × 4');
    expect(demandParts(t, { ...size, accelerator: null, accelerators: 0 })).toHaveLength(3);
  });
});
