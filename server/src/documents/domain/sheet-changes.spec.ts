import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from '../../audit/domain/canonical-json.js';
import { sheetChanges } from './sheet-changes.js';
import type { SheetContent, SheetItem } from './sheet-content.js';

const ITEM: Required<SheetItem> = {
  kind: 'VM',
  resourceId: 'a',
  code: 'VM-000001',
  name: 'web-1',
  specification: '4 核 8 GiB',
  center: '主中心',
  addresses: ['10.8.0.7'],
  clusterObject: 'dept-a/web-1',
  provisionedBy: '集云自动开通',
  deliveredAt: '2026-11-29T08:00:00.000Z',
  evidence: null,
};
const OTHER: SheetItem = { ...ITEM, resourceId: 'b', code: 'VM-000002', name: 'web-2' };
const SHEET: SheetContent = { unit: '省民政厅', system: '一网通办', items: [ITEM, OTHER] };
const reasons = (now: SheetContent) => sheetChanges(SHEET, now).map(({ zh }) => zh);

describe('a change of the delivery sheet', () => {
  it('is told in words, whichever field it is and whatever it becomes', () => {
    const fields = Object.keys(ITEM).filter((field) => field !== 'resourceId') as (keyof SheetItem)[];
    expect(fields).toHaveLength(10);
    const becomes = fc.oneof(fc.string(), fc.constant(null), fc.array(fc.string(), { maxLength: 2 }));
    fc.assert(
      fc.property(fc.constantFrom(...fields), becomes, (field, to) => {
        fc.pre(canonicalJson(to) !== canonicalJson(ITEM[field]));
        const told = sheetChanges(SHEET, { ...SHEET, items: [{ ...ITEM, [field]: to }, OTHER] });
        expect(told).toHaveLength(1);
        expect(told[0]).toEqual({ zh: expect.stringContaining('web-1'), en: expect.stringContaining('web-1') });
      }),
    );
  });

  it('is told of what is not on it any more, of what is new, of its order and of its head', () => {
    expect(reasons(SHEET)).toEqual([]);
    expect(reasons({ ...SHEET, items: [ITEM] })).toEqual(['交付清单不再列出“web-2”']);
    expect(reasons({ ...SHEET, items: [...SHEET.items, { ...ITEM, resourceId: 'c', name: 'db' }] })).toEqual([
      '交付清单新增“db”',
    ]);
    expect(reasons({ ...SHEET, items: [OTHER, ITEM] })).toEqual(['交付清单的顺序已变更']);
    expect(reasons({ ...SHEET, unit: '省教育厅', system: '另一系统' })).toEqual([
      '“使用单位”已变更',
      '“政务信息系统”已变更',
    ]);
  });
});
