import { describe, expect, it } from '@jest/globals';
import i18n from 'i18next';
import { withTranslations } from '../../../lib/i18n/for-tests';
import { type AgreedTerms, changedTerms, plainPrice } from './contract-terms';

await withTranslations();
const t = i18n.t.bind(i18n);
const terms: AgreedTerms = {
  ...{ ceiling: '100000', advanceLimit: '0', to: '2027-01-01' },
  services: [{ name: '云主机', unit: '台·月', unitPrice: '100.000000' }],
};

describe('what a supplement changes', () => {
  it('is said for each thing, from what to what, and nothing of what stays', () => {
    expect(changedTerms(t, terms, terms)).toEqual([]);
    const after: AgreedTerms = {
      ...{ ceiling: '120000', advanceLimit: '30000', to: '2027-07-01' },
      services: [
        { name: '云主机', unit: '台·月', unitPrice: '95.500000' },
        { name: '备份', unit: 'TB·月', unitPrice: '80' },
      ],
    };
    expect(changedTerms(t, terms, after)).toEqual([
      '合同上限：¥1,000.00 → ¥1,200.00',
      '结束日期（含当日）：2026-12-31 → 2027-06-30',
      '预付款上限：¥0.00 → ¥300.00',
      '云主机：100.00 / 台·月 → 95.50 / 台·月',
      '新增 备份 80.00 / TB·月',
    ]);
    expect(changedTerms(t, terms, { ...terms, services: [] })).toEqual(['不再提供 云主机']);
  });

  it('has prices without noughts that say nothing', () => {
    expect(['0.500000', '12', '0.123456'].map(plainPrice)).toEqual(['0.50', '12.00', '0.123456']);
  });
});
