/** Decides whether an edition of the approval chains may be published: everything reachable, everybody there, one hold. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { InputPath, Refusal } from '../../kernel/refusal.js';
import {
  type Chain,
  type EditionContent,
  isDefaultRule,
  type Rule,
  type RuleCondition,
  type StepDefinition,
} from './chain.js';
import { isCityStep } from './choose-chain.js';
import { isStepRole } from './step-roles.js';

export const CHAINS_MAX = 20;
export const RULES_MAX = 30;
export const STEPS_MAX = 12;
export const TITLE_LENGTH_MAX = 40;
/** The largest panel of experts that signs one opinion. */
export const SIGNERS_MAX = 16;
/** A hold lives 14 days and is renewed as a step begins: a step that may take longer would lose what it decides about. */
export const DEADLINE_WORKING_DAYS_MAX = 10;
const KEY = /^[a-z][a-z0-9-]{0,39}$/;
const FEN = /^\d{1,15}$/;

class Wrong {
  readonly refusals: Refusal[] = [];

  at(path: InputPath, rule: string, message: Bilingual): void {
    this.refusals.push({ code: 'INVALID_INPUT', path, rule, message });
  }
}

/** Every reason against publishing it, each at its place; empty = it may be. */
export function wrongEdition({ rules, chains }: EditionContent): Refusal[] {
  const wrong = new Wrong();
  if (chains.length === 0 || chains.length > CHAINS_MAX)
    wrong.at(['chains'], 'range', say(`需要 1 至 ${CHAINS_MAX} 条流程`, `1 to ${CHAINS_MAX} chains are needed`));
  if (rules.length === 0 || rules.length > RULES_MAX)
    wrong.at(['rules'], 'range', say(`需要 1 至 ${RULES_MAX} 条规则`, `1 to ${RULES_MAX} rules are needed`));
  chains.slice(0, CHAINS_MAX).forEach((chain, index) => {
    const path = ['chains', String(index)];
    if (chains.findIndex((one) => one.key === chain.key) < index)
      wrong.at([...path, 'key'], 'twice', say('流程编号重复', 'Another chain has this key'));
    if (!rules.some((rule) => rule.chainKey === chain.key))
      wrong.at(path, 'unused', say('没有规则会选用这条流程', 'No rule chooses this chain'));
    checkChain(chain, path, wrong);
  });
  rules.slice(0, RULES_MAX).forEach((rule, index) => {
    checkRule(rule, ['rules', String(index)], chains, wrong);
    const earlier = rules.slice(0, index).findIndex((one) => takesAll(one.condition, rule.condition));
    if (earlier >= 0)
      wrong.at(
        ['rules', String(index)],
        'unreachable',
        say(`前面的第 ${earlier + 1} 条规则已包含它，永远轮不到`, `Rule ${earlier + 1} before it takes all of this`),
      );
  });
  const last = rules.at(-1);
  if (last && !isDefaultRule(last.condition))
    wrong.at(
      ['rules', String(rules.length - 1)],
      'default',
      say(
        '最后一条规则须不带条件，保证每张申请单都有流程',
        'The last rule has no condition, so that every request has a chain',
      ),
    );
  return wrong.refusals;
}

export const NOTE_LENGTH_MAX = 200;
/** Words of one list in a condition; whole trees are named by their top. */
const LIST_MAX = 50;

/** Whether a draft may be kept: half made it may be, endless it may not. */
export function wrongDraft(note: string, { rules, chains }: EditionContent): Refusal[] {
  const wrong = new Wrong();
  if (note.trim() === '' || note.length > NOTE_LENGTH_MAX)
    wrong.at(
      ['note'],
      'length',
      say(`请写明修改说明，最多 ${NOTE_LENGTH_MAX} 字`, `Say what changes in at most ${NOTE_LENGTH_MAX} characters`),
    );
  const texts = [
    ...rules.flatMap((rule) => [rule.title.zh, rule.title.en, rule.chainKey]),
    ...chains.flatMap(({ key, title, steps }) => [
      key,
      title.zh,
      title.en,
      ...steps.flatMap((step) => [step.key, step.title.zh, step.title.en]),
    ]),
  ];
  const lists = rules.flatMap(({ condition }) => Object.values(condition).filter((part) => Array.isArray(part)));
  const counts = [...chains.flatMap((chain) => chain.steps.flatMap((step) => [step.count, step.deadlineWorkingDays]))];
  if (
    rules.length > RULES_MAX ||
    chains.length > CHAINS_MAX ||
    chains.some((chain) => chain.steps.length > STEPS_MAX) ||
    texts.some((text) => text.length > TITLE_LENGTH_MAX * 2) ||
    lists.some((list) => list.length > LIST_MAX) ||
    counts.some((count) => !Number.isInteger(count))
  )
    wrong.at(
      ['content'],
      'range',
      say(
        `最多 ${RULES_MAX} 条规则、${CHAINS_MAX} 条流程、每条 ${STEPS_MAX} 个环节`,
        `At most ${RULES_MAX} rules, ${CHAINS_MAX} chains and ${STEPS_MAX} steps of each`,
      ),
    );
  return wrong.refusals;
}

function checkTitle(title: Bilingual, path: InputPath, wrong: Wrong): void {
  for (const locale of ['zh', 'en'] as const)
    if (title[locale].trim() === '' || title[locale].length > TITLE_LENGTH_MAX)
      wrong.at(
        [...path, 'title', locale],
        'length',
        say(
          `名称须有中英文，各 1 至 ${TITLE_LENGTH_MAX} 字`,
          `A title in both languages, 1 to ${TITLE_LENGTH_MAX} each`,
        ),
      );
}

function checkChain(chain: Chain, path: InputPath, wrong: Wrong): void {
  const { steps } = chain;
  if (!KEY.test(chain.key)) wrong.at([...path, 'key'], 'key', badKey());
  checkTitle(chain.title, path, wrong);
  if (steps.length < 2 || steps.length > STEPS_MAX) {
    wrong.at(
      [...path, 'steps'],
      'range',
      say(`一条流程须有 2 至 ${STEPS_MAX} 个环节`, `A chain has 2 to ${STEPS_MAX} steps`),
    );
    return;
  }
  steps.forEach((step, index) => {
    const here = [...path, 'steps', String(index)];
    if (steps.findIndex((one) => one.key === step.key) < index)
      wrong.at([...here, 'key'], 'twice', say('环节编号重复', 'Another step has this key'));
    checkStep(step, here, wrong);
    const signs = step.roles.includes('DEPARTMENT_HEAD');
    if (index === 0 ? !signs || step.roles.length > 1 || step.mode !== 'ANY' : signs)
      wrong.at(
        [...here, 'roles'],
        'signOff',
        say(
          '第一个环节且只有它是本单位信息化负责人审签',
          "The first step, and no other, is the sign-off by the department's own head",
        ),
      );
  });
  checkHold(steps, path, wrong);
}

/** Taken once, after the department's sign-off, by a step that every request passes; a city decides before it. */
function checkHold(steps: readonly StepDefinition[], path: InputPath, wrong: Wrong): void {
  const holding = steps.flatMap((step, index) => (step.holdsCapacity ? [index] : []));
  const [at = 0] = holding;
  const holder = steps[at];
  if (holding.length !== 1 || at === 0 || (holder && isCityStep(holder)))
    wrong.at(
      [...path, 'steps'],
      'hold',
      say(
        '须恰有一个环节预占容量，且在本单位审签之后、由省级办理',
        'Exactly one step holds capacity, after the sign-off, and it is decided by the province',
      ),
    );
  steps.forEach((step, index) => {
    if (isCityStep(step) && index > at && holding.length === 1)
      wrong.at(
        [...path, 'steps', String(index), 'roles'],
        'cityFirst',
        say('市级初审须在预占容量之前', "A city's review comes before capacity is held"),
      );
  });
}

function checkStep(step: StepDefinition, path: InputPath, wrong: Wrong): void {
  if (!KEY.test(step.key)) wrong.at([...path, 'key'], 'key', badKey());
  checkTitle(step.title, path, wrong);
  if (step.roles.length === 0)
    wrong.at([...path, 'roles'], 'empty', say('环节没有办理角色', 'Nobody decides this step'));
  if (new Set(step.roles).size < step.roles.length || !step.roles.every(isStepRole))
    wrong.at([...path, 'roles'], 'role', say('办理角色不存在或重复', 'A role that there is not, or twice'));
  if (isCityStep(step) && (step.roles.length > 1 || step.mode !== 'ANY'))
    wrong.at(
      [...path, 'roles'],
      'cityAlone',
      say('市级初审由本市管理员单独办理', "A city's review is decided by its administrator alone"),
    );
  const { count } = step;
  if (!Number.isInteger(count) || count < 1 || count > SIGNERS_MAX || (step.mode === 'ANY' && count !== 1))
    wrong.at(
      [...path, 'count'],
      'range',
      say(`会签每个角色 1 至 ${SIGNERS_MAX} 人，或签为 1`, `1 to ${SIGNERS_MAX} of each role, 1 when any may decide`),
    );
  else if (step.mode === 'ALL' && step.roles.length * count < 2)
    wrong.at([...path, 'mode'], 'alone', say('会签至少两人', 'All of one person is any of him'));
  const days = step.deadlineWorkingDays;
  if (!Number.isInteger(days) || days < 1 || days > DEADLINE_WORKING_DAYS_MAX)
    wrong.at(
      [...path, 'deadlineWorkingDays'],
      'range',
      say(`时限为 1 至 ${DEADLINE_WORKING_DAYS_MAX} 个工作日`, `1 to ${DEADLINE_WORKING_DAYS_MAX} working days`),
    );
  if (!isStepRole(step.escalatesTo))
    wrong.at([...path, 'escalatesTo'], 'role', say('督办角色不存在', 'There is no such role to escalate to'));
}

function checkRule(
  { title, condition, chainKey }: Rule,
  path: InputPath,
  chains: readonly Chain[],
  wrong: Wrong,
): void {
  checkTitle(title, path, wrong);
  if (!chains.some((chain) => chain.key === chainKey))
    wrong.at([...path, 'chainKey'], 'unknown', say('规则选用的流程不存在', 'There is no such chain'));
  const { monthlyFenFrom: from, monthlyFenBelow: below } = condition;
  if (!amountsAreFen(condition))
    wrong.at([...path, 'condition'], 'amount', say('金额须为分的整数', 'An amount is whole fen'));
  else if (from !== null && below !== null && BigInt(from) >= BigInt(below))
    wrong.at([...path, 'condition'], 'amount', say('金额下限须小于上限', 'The amount begins below its bound'));
  const lists = [
    condition.kinds,
    condition.localModes,
    condition.remoteModes,
    condition.departmentLevels,
    condition.departmentIds,
  ];
  if (lists.some((list) => list?.length === 0))
    wrong.at([...path, 'condition'], 'empty', say('条件不能是空列表', 'A condition that nothing meets'));
}

function amountsAreFen({ monthlyFenFrom, monthlyFenBelow }: RuleCondition): boolean {
  return [monthlyFenFrom, monthlyFenBelow].every((text) => text === null || FEN.test(text));
}

/** Whether all that the later one matches is the earlier one's already. */
function takesAll(earlier: RuleCondition, later: RuleCondition): boolean {
  const within = (wide: readonly string[] | null, narrow: readonly string[] | null): boolean =>
    wide === null || (narrow?.every((value) => wide.includes(value)) ?? false);
  const fen = (text: string | null): bigint | null => (text === null ? null : BigInt(text));
  if (!amountsAreFen(earlier) || !amountsAreFen(later)) return false;
  const [fromA, fromB, belowA, belowB] = [
    fen(earlier.monthlyFenFrom),
    fen(later.monthlyFenFrom),
    fen(earlier.monthlyFenBelow),
    fen(later.monthlyFenBelow),
  ];
  return (
    within(earlier.kinds, later.kinds) &&
    within(earlier.localModes, later.localModes) &&
    within(earlier.remoteModes, later.remoteModes) &&
    within(earlier.departmentLevels, later.departmentLevels) &&
    within(earlier.departmentIds, later.departmentIds) &&
    (fromA === null || (fromB !== null && fromB >= fromA)) &&
    (belowA === null || (belowB !== null && belowB <= belowA)) &&
    (!earlier.insidePlan || later.insidePlan) &&
    (!earlier.exceptPoor || later.exceptPoor === true)
  );
}

function badKey(): Bilingual {
  return say(
    '编号以小写字母开头，只含小写字母、数字和连字符',
    'A key begins with a lower-case letter and has only lower-case letters, digits and hyphens',
  );
}
