/** Decides in which fields two contents of a delivery sheet differ, in words that say why a sealed one no longer counts. */
import { canonicalJson } from '../../audit/domain/canonical-json.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { SheetContent, SheetItem } from './sheet-content.js';

const same = (a: unknown, b: unknown): boolean => canonicalJson(a ?? null) === canonicalJson(b ?? null);

/** Every field of a thing: one that is new and has no word does not compile. */
const ITEM_WORDS: { readonly [F in Exclude<keyof SheetItem, 'resourceId'>]-?: Bilingual } = {
  kind: say('类型', 'kind'),
  code: say('编号', 'code'),
  name: say('名称', 'name'),
  specification: say('规格', 'specification'),
  center: say('数据中心', 'center'),
  addresses: say('地址', 'addresses'),
  clusterObject: say('集群对象', 'cluster object'),
  provisionedBy: say('开通方式', 'provisioned by'),
  deliveredAt: say('开通时间', 'delivered at'),
  evidence: say('凭据', 'evidence'),
};

/** Empty = the same content. Things are told apart by what they are, not by their names, which may change. */
export function sheetChanges(sealed: SheetContent, now: SheetContent): Bilingual[] {
  const heads = [
    ...(same(sealed.unit, now.unit) ? [] : [say('“使用单位”已变更', '“department” has changed')]),
    ...(same(sealed.system, now.system) ? [] : [say('“政务信息系统”已变更', '“system” has changed')]),
  ];
  return [...heads, ...itemChanges(sealed.items, now.items)];
}

function itemChanges(sealed: readonly SheetItem[], now: readonly SheetItem[]): Bilingual[] {
  const before = new Map(sealed.map((item) => [item.resourceId, item]));
  const after = new Map(now.map((item) => [item.resourceId, item]));
  const changes = [
    ...sealed.flatMap((item) => {
      const other = after.get(item.resourceId);
      return other
        ? changedFields(item, other)
        : [say(`交付清单不再列出“${item.name}”`, `“${item.name}” is not listed any more`)];
    }),
    ...now
      .filter((item) => !before.has(item.resourceId))
      .map((item) => say(`交付清单新增“${item.name}”`, `“${item.name}” was added to the list`)),
  ];
  if (changes.length > 0 || same(sealed, now)) return changes;
  return [say('交付清单的顺序已变更', 'the order of the list has changed')];
}

function changedFields(before: SheetItem, after: SheetItem): Bilingual[] {
  return (Object.keys(ITEM_WORDS) as (keyof typeof ITEM_WORDS)[])
    .filter((field) => !same(before[field], after[field]))
    .map((field) => {
      const word = ITEM_WORDS[field];
      return say(`“${before.name}”的“${word.zh}”已变更`, `“${word.en}” of “${before.name}” has changed`);
    });
}
