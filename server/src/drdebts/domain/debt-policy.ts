/** Decides whether a share whose center is not in service may be owed, by rules that are data. */
import type { ShareWish } from '../../allocation/domain/dr-shares.js';
import { say } from '../../kernel/bilingual.js';
import type { InputPath, Refusal } from '../../kernel/refusal.js';

/** What may be owed: the other side of a dual-active pair, the data in the recovery center, the machines that stand by there. */
export const OWED_MODES = ['DUAL_ACTIVE', 'DATA', 'APPLICATION'] as const;
export type OwedMode = (typeof OWED_MODES)[number];

/** 等保 levels that are hosted. */
export const POLICY_LEVELS = [1, 2, 3] as const;

export interface DebtRule {
  /** The department is one of these or stands below one; empty = every department. */
  readonly departmentIds: readonly string[];
  /** 等保 level of the system; empty = every level. */
  readonly protectionLevels: readonly number[];
  /** Empty = every mode. */
  readonly modes: readonly OwedMode[];
  readonly accepted: boolean;
}

/** The first rule that fits decides; where none fits, what is not in service is refused. */
export interface DebtPolicy {
  readonly number: number;
  readonly rules: readonly DebtRule[];
}

export interface DebtAsker {
  /** The system's department and all above it. */
  readonly departmentIds: readonly string[];
  readonly protectionLevel: number;
}

export function modeOf({ share, standing }: Pick<ShareWish, 'share' | 'standing'>): OwedMode {
  if (share !== 'RECOVERY') return 'DUAL_ACTIVE';
  return standing === 'DATA' ? 'DATA' : 'APPLICATION';
}

export function mayOwe(policy: Pick<DebtPolicy, 'rules'>, asker: DebtAsker, mode: OwedMode): boolean {
  const rule = policy.rules.find(
    ({ departmentIds, protectionLevels, modes }) =>
      (departmentIds.length === 0 || departmentIds.some((id) => asker.departmentIds.includes(id))) &&
      (protectionLevels.length === 0 || protectionLevels.includes(asker.protectionLevel)) &&
      (modes.length === 0 || modes.includes(mode)),
  );
  return rule?.accepted ?? false;
}

/** More than a person can hold in mind; the first that fits decides. */
export const RULES_MAX = 20;
const DEPARTMENTS_MAX = 50;

/** Everything that is wrong with rules as they were written; a rule that no case reaches is one of it. */
export function checkRules(rules: readonly DebtRule[]): Refusal[] {
  const wrong: Refusal[] = [];
  const say_ = (path: InputPath, rule: string, zh: string, en: string) =>
    wrong.push({ code: 'INVALID_INPUT', path, rule, message: say(zh, en) });
  if (rules.length > RULES_MAX) say_(['rules'], 'range', `规则最多 ${RULES_MAX} 条`, `At most ${RULES_MAX} rules`);
  for (const [index, { departmentIds, protectionLevels }] of rules.entries()) {
    const path = ['rules', String(index)];
    if (departmentIds.length > DEPARTMENTS_MAX)
      say_(
        [...path, 'departmentIds'],
        'range',
        `一条规则最多 ${DEPARTMENTS_MAX} 个单位`,
        `At most ${DEPARTMENTS_MAX} departments in a rule`,
      );
    if (protectionLevels.some((level) => !(POLICY_LEVELS as readonly number[]).includes(level)))
      say_([...path, 'protectionLevels'], 'range', '等保级别为一至三级', 'Levels are 1 to 3');
    const before = rules.slice(0, index).findIndex((other) => includes(other, rules[index] as DebtRule));
    if (before >= 0)
      say_(
        path,
        'unreachable',
        `第 ${index + 1} 条永远轮不到：第 ${before + 1} 条已包含它`,
        `Rule ${index + 1} is never reached: rule ${before + 1} covers it`,
      );
  }
  return wrong;
}

/** Whether whatever fits the other fits this one; departments below others are not looked up. */
function includes(one: DebtRule, other: DebtRule): boolean {
  const covers = <T>(wide: readonly T[], narrow: readonly T[]): boolean =>
    wide.length === 0 || (narrow.length > 0 && narrow.every((value) => wide.includes(value)));
  return (
    covers(one.departmentIds, other.departmentIds) &&
    covers(one.protectionLevels, other.protectionLevels) &&
    covers(one.modes, other.modes)
  );
}
