/** Decides by which words a FOCUS file is refused, row by row and column by column. */
import { type Bilingual, say } from '../../kernel/bilingual.js';

export const FOCUS_RULES = [
  'HEADER',
  'WIDTH',
  'REQUIRED',
  'ASCII',
  'FORMULA',
  'DECIMAL',
  'TIME',
  'JSON',
  'VALUES',
  'PERIOD',
  'CATEGORY',
  'PROVIDER',
  'ACCOUNT',
  'INVOICE',
  'PRICE',
  'COST',
  'QUANTITY',
  'CLASS',
  'PLACE',
  'SKU',
  'TIER',
  'RESOURCE',
  'ORDER',
] as const;
export type FocusRule = (typeof FOCUS_RULES)[number];

export interface FocusFinding {
  /** As a spreadsheet counts, the header is 1. */
  readonly row: number;
  readonly column: string | null;
  readonly rule: FocusRule;
  readonly message: Bilingual;
}

export const FINDING_WORDS: { readonly [R in FocusRule]: Bilingual } = {
  HEADER: say('表头缺列、重复、顺序不对或多出非 x_ 列', 'A column is missing, twice there, out of order, or unknown'),
  WIDTH: say('单元格数与表头不一致', 'The row has not as many cells as the header'),
  REQUIRED: say('此列不能为空', 'The column may not be empty here'),
  ASCII: say(
    'FOCUS 列只能是 ASCII 字符，中文放在 x_ 列',
    'FOCUS columns hold ASCII; other languages stand in x_ columns',
  ),
  FORMULA: say('以公式符号开头的文字未转义', 'Text that begins as a formula is not escaped'),
  DECIMAL: say('须为带小数点的十进制数', 'It is a decimal with a decimal point'),
  TIME: say('须为 YYYY-MM-DDTHH:mm:ssZ 的 UTC 时间', 'It is a UTC time, YYYY-MM-DDTHH:mm:ssZ'),
  JSON: say('须为 JSON 对象', 'It is a JSON object'),
  VALUES: say('不在允许取值之内', 'It is none of the allowed values'),
  PERIOD: say('账期或计费时段不成立', 'The billing or charge period does not hold'),
  CATEGORY: say('服务与其分类不一致', 'The service is not of this category'),
  PROVIDER: say('提供方、发布方与开票方须一致', 'Provider, publisher and issuer are one here'),
  ACCOUNT: say('账户的编号、名称、类型互不一致', 'Id, name and type of the account disagree'),
  INVOICE: say('核算单号与账期、单位或封存文档不符', 'The invoice is not of this period, department or document'),
  PRICE: say('单价不成立', 'The unit price does not hold'),
  COST: say('费用与单价、数量或明细状态不符', 'The cost is not what price, quantity and state say'),
  QUANTITY: say('数量与规格、时段或折算不符', 'The quantity is not what size, period and proration say'),
  CLASS: say('更正标记与更正原因、时段或类别不符', 'The correction is not what its cause, period and category say'),
  PLACE: say('区域与可用区不一致', 'Region and zone disagree'),
  SKU: say('计费项与价格版本不一致', 'The SKU and its price disagree'),
  TIER: say('阶梯价的档位不成立', 'The tier of its price does not hold'),
  RESOURCE: say('同一资源前后不一致', 'The resource is named otherwise than in the row before'),
  ORDER: say('行重复或不在顺序中', 'The row is there twice, or out of its order'),
};
