/** Decides whether an edition of the gates may be kept as a draft, and whether it may be published. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import { type CalendarDate, isCalendarDate } from '../../kernel/calendar.js';
import type { InputPath, Refusal } from '../../kernel/refusal.js';
import { CHECKS } from './checks.js';
import type { GateContent, GateRule, Product } from './rules.js';

/** What a person can read before they submit. */
export const RULES_MAX = 40;
export const TITLE_LENGTH_MAX = 60;
export const TEXT_LENGTH_MAX = 200;
export const NOTE_LENGTH_MAX = 200;
/** Words of one list in a condition; whole trees are named by their top. */
const LIST_MAX = 50;
/** The list of tested products has some hundred names; a statement is compared with each. */
export const PRODUCTS_MAX = 300;
export const PRODUCT_NAME_LENGTH_MAX = 80;
/** Ways to write one product's name. */
const WORDS_MAX = 12;
/** A shorter word stands in everything. */
const WORD_LENGTH_MIN = 2;
const WORD_LENGTH_MAX = 60;
const KEY = /^[a-z][a-z0-9-]{0,39}$/;

class Wrong {
  readonly refusals: Refusal[] = [];

  at(path: InputPath, rule: string, message: Bilingual): void {
    this.refusals.push({ code: 'INVALID_INPUT', path, rule, message });
  }

  length(path: InputPath, text: string, most: number): void {
    if (text.trim() === '' || text.length > most)
      this.at(path, 'length', say(`请填写，最多 ${most} 字`, `Required, ${most} characters at most`));
  }
}

/** Half made a draft may be, endless it may not. */
export function wrongDraft(note: string, effectiveFrom: string, { rules, products = [] }: GateContent): Refusal[] {
  const wrong = new Wrong();
  wrong.length(['note'], note, NOTE_LENGTH_MAX);
  if (!isCalendarDate(effectiveFrom))
    wrong.at(['effectiveFrom'], 'date', say('施行日期格式应为 2026-01-31', 'A date is written 2026-01-31'));
  const texts = rules.flatMap((rule) => [rule.key, rule.title.zh, rule.title.en, rule.text.zh, rule.text.en]);
  const lists = rules.flatMap(({ condition }) => Object.values(condition).filter((part) => Array.isArray(part)));
  const numbers = rules.flatMap(({ parameter }) => (parameter === null ? [] : [parameter]));
  if (
    rules.length > RULES_MAX ||
    texts.some((text) => text.length > TEXT_LENGTH_MAX * 2) ||
    lists.some((list) => list.length > LIST_MAX) ||
    numbers.some((number) => !Number.isInteger(number))
  )
    wrong.at(['rules'], 'range', say(`最多 ${RULES_MAX} 条规则`, `${RULES_MAX} rules at most`));
  if (
    products.length > PRODUCTS_MAX ||
    products.some((one) => [one.key, one.name].some((text) => text.length > PRODUCT_NAME_LENGTH_MAX * 2)) ||
    products.some((one) => wordLists(one).some((words) => words.length > WORDS_MAX * 2)) ||
    products.some((one) => wordLists(one).some((words) => words.some((word) => word.length > WORD_LENGTH_MAX * 2)))
  )
    wrong.at(
      ['products'],
      'range',
      say(`产品目录最多 ${PRODUCTS_MAX} 项`, `${PRODUCTS_MAX} products at most in the directory`),
    );
  return wrong.refusals;
}

const wordLists = ({ statedAs, offeredAs }: Product): (readonly string[])[] => [statedAs, offeredAs];

/** Every reason against publishing it, each at its place; empty = it may be. */
export function wrongRules(
  { rules, products = [] }: GateContent,
  effectiveFrom: CalendarDate,
  today: CalendarDate,
): Refusal[] {
  const wrong = new Wrong();
  if (effectiveFrom < today)
    wrong.at(
      ['effectiveFrom'],
      'past',
      say(
        '施行日期不能早于今天：已提交的申请按当时的规则判定',
        'It cannot begin before today: what was submitted was judged by the rules of its day',
      ),
    );
  for (const [index, rule] of rules.slice(0, RULES_MAX).entries())
    checkRule(rule, ['rules', String(index)], rules, wrong);
  for (const [index, product] of products.slice(0, PRODUCTS_MAX).entries())
    checkProduct(product, ['products', String(index)], products, wrong);
  for (const [index, { check }] of rules.entries()) {
    const needs = check === 'PROCESSOR_STATED' ? 'CPU' : check === 'SOFTWARE_STATED' ? 'OS' : null;
    if (needs !== null && !products.some(({ part }) => part === needs))
      wrong.at(
        ['rules', String(index), 'check'],
        'directory',
        say('产品目录里没有可比对的产品，请先填写', 'The directory has no product to compare with: enter some first'),
      );
  }
  return wrong.refusals;
}

function checkProduct(product: Product, path: InputPath, products: readonly Product[], wrong: Wrong): void {
  const { key, name, part, statedAs, offeredAs, architectures } = product;
  if (!KEY.test(key))
    wrong.at(
      [...path, 'key'],
      'format',
      say('编号用小写字母开头，只含小写字母、数字和连字符', 'A key is lower-case letters, digits and hyphens'),
    );
  if (products.filter((other) => other.key === key).length > 1)
    wrong.at([...path, 'key'], 'twice', say('产品编号重复', 'Another product has this key'));
  wrong.length([...path, 'name'], name, PRODUCT_NAME_LENGTH_MAX);
  for (const [field, words] of [
    ['statedAs', statedAs],
    ['offeredAs', offeredAs],
  ] as const)
    if (
      words.length === 0 ||
      words.length > WORDS_MAX ||
      words.some((word) => word.trim().length < WORD_LENGTH_MIN || word.length > WORD_LENGTH_MAX)
    )
      wrong.at(
        [...path, field],
        'words',
        say(
          `请填写 1 至 ${WORDS_MAX} 个写法，每个 ${WORD_LENGTH_MIN} 至 ${WORD_LENGTH_MAX} 字`,
          `1 to ${WORDS_MAX} ways to write it, each of ${WORD_LENGTH_MIN} to ${WORD_LENGTH_MAX} characters`,
        ),
      );
  if ((part === 'CPU') !== architectures.length > 0)
    wrong.at(
      [...path, 'architectures'],
      'architectures',
      say(
        '处理器请选指令集，其他产品请留空',
        'Choose the architectures of a processor; leave them empty for other products',
      ),
    );
}

function checkRule(rule: GateRule, path: InputPath, rules: readonly GateRule[], wrong: Wrong): void {
  if (!KEY.test(rule.key))
    wrong.at(
      [...path, 'key'],
      'format',
      say('编号用小写字母开头，只含小写字母、数字和连字符', 'A key is lower-case letters, digits and hyphens'),
    );
  if (rules.filter((other) => other.key === rule.key).length > 1)
    wrong.at([...path, 'key'], 'twice', say('规则编号重复', 'Another rule has this key'));
  for (const locale of ['zh', 'en'] as const) {
    wrong.length([...path, 'title', locale], rule.title[locale], TITLE_LENGTH_MAX);
    wrong.length([...path, 'text', locale], rule.text[locale], TEXT_LENGTH_MAX);
  }
  const { parameter } = CHECKS[rule.check];
  if (parameter === null ? rule.parameter !== null : !isWithin(rule.parameter, parameter))
    wrong.at(
      [...path, 'parameter'],
      'range',
      parameter === null
        ? say('这一项不需要数值', 'This check takes no number')
        : say(`数值须为 ${parameter.min} 至 ${parameter.max}`, `The number is ${parameter.min} to ${parameter.max}`),
    );
  for (const [part, list] of Object.entries(rule.condition))
    if (Array.isArray(list) && list.length === 0)
      wrong.at([...path, 'condition', part], 'empty', say('条件不能是空列表', 'A condition cannot be an empty list'));
}

function isWithin(value: number | null, { min, max }: { readonly min: number; readonly max: number }): boolean {
  return value !== null && Number.isInteger(value) && value >= min && value <= max;
}
