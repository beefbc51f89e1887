/** Decides whether a department may appeal (申诉) against its grade, who may answer, and what of the evidence an answer may set right. */
import { say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import { checkedTable } from '../../kernel/state-machine.js';
import { type Evidence, NO_EVIDENCE, percent } from './evidence.js';
import { INDICATORS, type Indicator, VALUE_MAX } from './indicators.js';

/** KEPT: the grade stands. CHANGED: another version of the evaluation takes its place. */
export const APPEAL_STATES = ['OPEN', 'WITHDRAWN', 'KEPT', 'CHANGED'] as const;
export type AppealState = (typeof APPEAL_STATES)[number];

const APPEAL_ACTIONS = ['WITHDRAW', 'KEEP', 'CHANGE'] as const;
export type AppealAction = (typeof APPEAL_ACTIONS)[number];

export const appealTable = checkedTable<AppealState, AppealAction>({
  name: 'appeal',
  states: APPEAL_STATES,
  initial: 'OPEN',
  actions: APPEAL_ACTIONS,
  transitions: {
    OPEN: { WITHDRAW: 'WITHDRAWN', KEEP: 'KEPT', CHANGE: 'CHANGED' },
    WITHDRAWN: {},
    KEPT: {},
    CHANGED: {},
  },
});

/** A page; more belongs into a file. */
const REASON_LENGTH_MAX = 1_000;

/** What the evidence of one indicator is to be, and by which proof. */
export interface Correction {
  readonly indicator: Indicator;
  /** Hundredths of a percent. */
  readonly value: number;
  readonly proof: string;
}

export function appealObjection(
  standing: { readonly isNewest: boolean; readonly hasOpen: boolean; readonly dueAt: Date },
  now: Date,
): Refusal | null {
  if (!standing.isNewest)
    return notPermitted(
      'REPLACED',
      '该评价已有新版本，请对新版本申诉',
      'Another version has taken its place; appeal against that',
    );
  if (standing.hasOpen)
    return notPermitted('APPEAL_OPEN', '已有一份在办的申诉', 'An appeal against it is open already');
  if (now > standing.dueAt)
    return notPermitted('APPEAL_OVER', '申诉期限已过，等次已生效', 'The time for an appeal is over; the grade stands');
  return null;
}

/** Never by who appealed, who evaluated or who published: somebody has to look at it who has not said what it is yet. */
export function answerObjection(userId: string, hands: readonly (string | null)[]): Refusal | null {
  if (!hands.includes(userId)) return null;
  return notPermitted(
    'OWN_EVALUATION',
    '组织、审定或申诉该评价的人不能答复，请由他人答复',
    'Who evaluated, published or appealed does not answer; ask another',
  );
}

export function checkReason(path: string, text: string): Refusal[] {
  const { length } = text.trim();
  if (length > 0 && length <= REASON_LENGTH_MAX) return [];
  const message = say(`请填写，最多 ${REASON_LENGTH_MAX} 字`, `Required, ${REASON_LENGTH_MAX} characters at most`);
  return [{ code: 'INVALID_INPUT', path: [path], rule: 'length', message }];
}

/** A report, a log, some pictures: more belongs into one file. */
export const PROOF_FILES_MAX = 10;

export function checkProofs(fileIds: readonly string[]): Refusal[] {
  if (fileIds.length <= PROOF_FILES_MAX) return [];
  const message = say(`最多 ${PROOF_FILES_MAX} 个佐证文件`, `${PROOF_FILES_MAX} files at most`);
  return [{ code: 'INVALID_INPUT', path: ['fileIds'], rule: 'count', message }];
}

export function checkCorrections(corrections: readonly Correction[], evidence: readonly Evidence[]): Refusal[] {
  const refusals: Refusal[] = [];
  const wrong = (at: number | null, rule: string, zh: string, en: string) =>
    refusals.push({
      code: 'INVALID_INPUT',
      path: at === null ? ['corrections'] : ['corrections', String(at)],
      rule,
      message: say(zh, en),
    });
  if (corrections.length === 0 || corrections.length > INDICATORS.length)
    wrong(null, 'range', '请至少更正一项指标', 'Set one indicator right at least');
  corrections.forEach(({ indicator, value, proof }, at) => {
    const standing = evidence.find((one) => one.indicator === indicator);
    if (corrections.findIndex((one) => one.indicator === indicator) < at)
      wrong(at, 'twice', '同一指标只能更正一次', 'An indicator is set right once');
    else if (!standing?.applies) wrong(at, 'applies', '该指标不参与评价', 'This indicator is not asked for');
    else if (!Number.isInteger(value) || value < 0 || value > VALUE_MAX)
      wrong(at, 'range', '数值须在 0% 至 10000% 之间', 'A value is between 0% and 10000%');
    else if (standing.value === value) wrong(at, 'same', '与原值相同', 'That is what it is');
    if (checkReason('proof', proof).length > 0) wrong(at, 'proof', '请写明佐证', 'Say what proves it');
  });
  return refusals;
}

/** The evidence with what was proved; what it was before stays readable in it. */
export function corrected(evidence: readonly Evidence[], corrections: readonly Correction[]): Evidence[] {
  return evidence.map((one) => {
    const correction = corrections.find(({ indicator }) => indicator === one.indicator);
    if (!correction) return one;
    const before = one.value === null ? NO_EVIDENCE : percent(one.value);
    const after = percent(correction.value);
    return {
      ...one,
      value: correction.value,
      figures: [
        ...one.figures,
        {
          label: say('申诉更正', 'Set right on appeal'),
          value: say(`${before.zh} → ${after.zh}`, `${before.en} → ${after.en}`),
        },
        { label: say('佐证', 'Proof'), value: say(correction.proof.trim(), correction.proof.trim()) },
      ],
      source: say(`${one.source.zh}；申诉佐证`, `${one.source.en}; proof given on appeal`),
    };
  });
}

function notPermitted(reason: string, zh: string, en: string): Refusal {
  return { code: 'NOT_PERMITTED', path: [], reason, message: say(zh, en) };
}
