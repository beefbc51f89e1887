/** Decides whether an edition of the rules of performance may be kept as a draft, and whether it may be put in force. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import { type CalendarDate, isCalendarDate } from '../../kernel/calendar.js';
import type { InputPath, Refusal } from '../../kernel/refusal.js';
import { INDICATOR_MEANINGS, VALUE_MAX } from './indicators.js';
import type { IndicatorRule, PerformanceRule } from './rule.js';

const NOTE_LENGTH_MAX = 200;
/** More steps than that nobody can explain to a department. */
const BANDS_MAX = 8;
/** Half of full marks at most: what is not known is never worth as much as what is proved. */
export const MISSING_MARKS_MAX = 50;
/** Half as much again; more is a quota of its own, set by people. */
const QUOTA_PERCENT_MAX = 50;
const DAYS_MAX = 3_650;
/** 国办发〔2019〕57号: the self-evaluation is due 12 to 24 months after going live; a province may ask for it earlier, never later. */
const SELF_EVALUATION = { least: 6, most: 24 };
const APPEAL_DAYS = { least: 5, most: 30 };
/** Thousandths of a percent: 90 % to 100 %. */
const TARGET = { least: 90_000, most: 100_000 };

class Wrong {
  readonly refusals: Refusal[] = [];

  at(path: InputPath, rule: string, message: Bilingual): void {
    this.refusals.push({ code: 'INVALID_INPUT', path, rule, message });
  }

  range(path: InputPath, value: number, least: number, most: number): void {
    if (!Number.isInteger(value) || value < least || value > most)
      this.at(path, 'range', say(`须为 ${least} 至 ${most} 的整数`, `A whole number of ${least} to ${most}`));
  }
}

/** Half made a draft may be, endless it may not. */
export function wrongDraft(note: string, effectiveFrom: string, rule: PerformanceRule): Refusal[] {
  const wrong = new Wrong();
  if (note.trim() === '' || note.length > NOTE_LENGTH_MAX)
    wrong.at(
      ['note'],
      'length',
      say(`请写明修改说明，最多 ${NOTE_LENGTH_MAX} 字`, `Say what changes in at most ${NOTE_LENGTH_MAX} characters`),
    );
  if (!isCalendarDate(effectiveFrom))
    wrong.at(['effectiveFrom'], 'date', say('施行日期格式应为 2026-01-31', 'A date is written 2026-01-31'));
  const { indicators } = rule;
  if (indicators.length > Object.keys(INDICATOR_MEANINGS).length)
    wrong.at(['rule', 'indicators'], 'range', say('指标重复', 'An indicator stands there twice'));
  if (indicators.some(({ bands }) => bands.length > BANDS_MAX))
    wrong.at(['rule', 'indicators'], 'bands', say(`每个指标最多 ${BANDS_MAX} 档`, `${BANDS_MAX} bands at most`));
  return wrong.refusals;
}

/** Every reason against putting it in force, each at its place; empty = it may be. */
export function wrongRule(rule: PerformanceRule, effectiveFrom: CalendarDate, today: CalendarDate): Refusal[] {
  const wrong = new Wrong();
  if (effectiveFrom < today)
    wrong.at(
      ['effectiveFrom'],
      'past',
      say(
        '施行日期不能早于今天：已发布的评价按当时的规则作出',
        'It cannot begin before today: what was published was judged by the rule of its day',
      ),
    );
  const { indicators } = rule;
  const total = indicators.reduce((sum, { weight }) => sum + weight, 0);
  if (total !== 100)
    wrong.at(
      ['rule', 'indicators'],
      'weights',
      say(`权重之和须为 100，现为 ${total}`, `Weights come to 100 together, not to ${total}`),
    );
  for (const [index, one] of indicators.entries()) {
    const path = ['rule', 'indicators', String(index)];
    if (indicators.findIndex(({ indicator }) => indicator === one.indicator) < index)
      wrong.at([...path, 'indicator'], 'twice', say('指标重复', 'The indicator stands there twice'));
    checkIndicator(one, path, wrong);
  }
  checkGrades(rule, wrong);
  wrong.range(['rule', 'leastEvidencePercent'], rule.leastEvidencePercent, 1, 100);
  wrong.range(['rule', 'assessedWithinDays', 'level2'], rule.assessedWithinDays.level2, 1, DAYS_MAX);
  wrong.range(['rule', 'assessedWithinDays', 'level3'], rule.assessedWithinDays.level3, 1, DAYS_MAX);
  wrong.range(['rule', 'cryptoWithinDays'], rule.cryptoWithinDays, 1, DAYS_MAX);
  wrong.range(['rule', 'availabilityTarget'], rule.availabilityTarget, TARGET.least, TARGET.most);
  wrong.range(['rule', 'appealWorkingDays'], rule.appealWorkingDays, APPEAL_DAYS.least, APPEAL_DAYS.most);
  wrong.range(['rule', 'excellentQuotaPercent'], rule.excellentQuotaPercent, 0, QUOTA_PERCENT_MAX);
  const { selfEvaluationFromMonths: from, selfEvaluationToMonths: to } = rule;
  wrong.range(['rule', 'selfEvaluationFromMonths'], from, SELF_EVALUATION.least, SELF_EVALUATION.most);
  wrong.range(['rule', 'selfEvaluationToMonths'], to, SELF_EVALUATION.least, SELF_EVALUATION.most);
  if (from >= to)
    wrong.at(['rule', 'selfEvaluationToMonths'], 'order', say('截止须晚于开始', 'It ends after it begins'));
  return wrong.refusals;
}

function checkIndicator(rule: IndicatorRule, path: InputPath, wrong: Wrong): void {
  const { bands, indicator, missingMarks, weight } = rule;
  wrong.range([...path, 'weight'], weight, 1, 100);
  wrong.range([...path, 'missingMarks'], missingMarks, 0, MISSING_MARKS_MAX);
  if (bands.length === 0 || bands.length > BANDS_MAX)
    wrong.at([...path, 'bands'], 'range', say(`需要 1 至 ${BANDS_MAX} 档`, `1 to ${BANDS_MAX} bands are needed`));
  const { better } = INDICATOR_MEANINGS[indicator];
  for (const [at, { bound, marks }] of bands.slice(0, BANDS_MAX).entries()) {
    wrong.range([...path, 'bands', String(at), 'bound'], bound, 0, VALUE_MAX);
    wrong.range([...path, 'bands', String(at), 'marks'], marks, 1, 100);
    const before = bands[at - 1];
    const falls =
      !before || (before.marks > marks && (better === 'MORE' ? before.bound > bound : before.bound < bound));
    if (!falls)
      wrong.at(
        [...path, 'bands', String(at)],
        'order',
        say('档次须由好到差，得分逐档降低', 'Bands go from the best to the worst, each with fewer marks'),
      );
  }
}

function checkGrades({ excellentFrom, goodFrom, fairFrom }: PerformanceRule, wrong: Wrong): void {
  wrong.range(['rule', 'excellentFrom'], excellentFrom, 1, 100);
  wrong.range(['rule', 'goodFrom'], goodFrom, 1, 100);
  wrong.range(['rule', 'fairFrom'], fairFrom, 1, 100);
  if (!(excellentFrom > goodFrom && goodFrom > fairFrom))
    wrong.at(
      ['rule', 'goodFrom'],
      'order',
      say('优、良、中的起始分须依次降低', 'Excellent begins above good, good above fair'),
    );
}
