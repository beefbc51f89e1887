/** Decides whether an edition of the gates may be kept as a draft, and whether it may be published. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import { type CalendarDate, isCalendarDate } from '../../kernel/calendar.js';
import type { InputPath, Refusal } from '../../kernel/refusal.js';
import { CHECKS } from './checks.js';
import type { GateContent, GateRule } from './rules.js';

/** What a person can read before they submit. */
export const RULES_MAX = 40;
export const TITLE_LENGTH_MAX = 40;
export const TEXT_LENGTH_MAX = 200;
export const NOTE_LENGTH_MAX = 200;
/** Words of one list in a condition; whole trees are named by their top. */
const LIST_MAX = 50;
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
export function wrongDraft(note: string, effectiveFrom: string, { rules }: GateContent): Refusal[] {
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
  return wrong.refusals;
}

/** Every reason against publishing it, each at its place; empty = it may be. */
export function wrongRules({ rules }: GateContent, effectiveFrom: CalendarDate, today: CalendarDate): Refusal[] {
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
  return wrong.refusals;
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
