import { afterEach, describe, expect, it } from '@jest/globals';
import { cleanup, render, screen } from '@testing-library/react';
import i18next from 'i18next';
import type { ResultOf } from '../../../graphql/tada';
import { withTranslations } from '../../../lib/i18n/for-tests';
import type { ResourceRow } from '../resources.gql';
import { resourceColumns } from './resource-columns';

await withTranslations();
afterEach(cleanup);

type Row = ResultOf<typeof ResourceRow>;
const row: Row = {
  ...{ id: 'r1', code: 'ZY-2026-000001', name: 'query-1', version: 1, state: 'IN_USE', power: 'RUNNING', stale: false },
  ...{ observedAt: null, vcpu: 8, memoryMib: 16_384, diskGib: 40, addresses: [], monthlyCost: '160000' },
  ...{ createdAt: '2026-11-29T01:00:00Z', deliveredAt: null, origin: 'REQUEST', management: 'DRIVEN' },
  use: { state: 'CURRENT', windowDays: 30, cpuP95: 2.5, memoryP95: null, idle: null },
  sizeSuggestion: null,
  ...{ openChange: null, life: { temporaryUntil: null, binUntil: null, deletionProtected: false } },
  ...{
    availableActions: [],
    department: { id: 'd', name: '省财政厅' },
    system: { id: 's', name: '预算' },
    center: null,
  },
};
const idle = { ...row, use: { ...row.use, idle: { text: '30 天 CPU 不足 5%' } } };
const big = { ...row, sizeSuggestion: { vcpu: 4, memoryMib: 8_192, savedMonthly: '40000' } };

const column = (key: string, use: boolean) => resourceColumns(i18next.t, use).find((one) => one.key === key);

describe('what is found of a machine’s use', () => {
  it.each([
    ['疑似闲置', idle],
    ['疑似闲置', { ...idle, sizeSuggestion: big.sizeSuggestion }],
    ['配置偏大', big],
  ])('is said as %s, with an icon, and in the file', (word, of) => {
    const finding = column('finding', true);
    render(finding?.render(of));
    expect(screen.getByText(word).previousElementSibling?.getAttribute('role')).toBe('img');
    expect(finding?.text(of)).toBe(word);
  });

  it('says the size that would do beside it where it is too big, and in a column of its own by choice', () => {
    render(column('finding', true)?.render(big));
    expect(screen.getByText('宜为 4C8G')).toBeTruthy();
    const alone = column('suggested', true);
    expect([alone?.optional, alone?.text(big), alone?.text(idle)]).toEqual([true, '4C8G', null]);
    cleanup();
    render(column('finding', true)?.render(idle));
    expect(screen.queryByText(/宜为/)).toBeNull();
  });

  it('is nothing where nothing is found, and no column where the list is not about use', () => {
    expect(column('finding', true)?.render(row)).toBe('–');
    expect(column('finding', true)?.text(row)).toBeNull();
    expect(column('finding', false)).toBeUndefined();
    expect(column('cpuP95', false)?.optional).toBe(true);
    expect(column('cpuP95', true)?.optional).toBe(false);
  });
});
