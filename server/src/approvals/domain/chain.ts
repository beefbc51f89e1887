/** Decides nothing: what an edition of the approval chains says, as plain data that is kept as text and shown in the editor. */
import type { LineKind } from '../../allocation/domain/line-kind.js';
import type { Bilingual } from '../../kernel/bilingual.js';
import type { StepRole } from './step-roles.js';

/** ANY 或签: one decides for all. ALL 会签: so many of each role must approve. */
export const STEP_MODES = ['ANY', 'ALL'] as const;
export type StepMode = (typeof STEP_MODES)[number];

export interface StepDefinition {
  /** Lasting name within its chain, e.g. "technical-review". */
  readonly key: string;
  readonly title: Bilingual;
  readonly roles: readonly StepRole[];
  readonly mode: StepMode;
  /** People of each role who must approve when all must; 1 when any may. */
  readonly count: number;
  readonly deadlineWorkingDays: number;
  /** The opinion comes as a file too, e.g. that of the experts (专家评审意见). */
  readonly needsFile: boolean;
  /** Approved only once the sealed form is there (盖章件). Absent in editions of before: no. */
  readonly needsSeal?: boolean;
  /** Entering this step takes the capacity; exactly one of a chain. */
  readonly holdsCapacity: boolean;
  /** Who hears of it when the deadline has passed, and may hand it to another. */
  readonly escalatesTo: StepRole;
}

export interface Chain {
  readonly key: string;
  readonly title: Bilingual;
  readonly steps: readonly StepDefinition[];
}

/** Every part that is not null must hold. Money is whole fen as text, because an edition is plain JSON. */
export interface RuleCondition {
  /** Every line is of one of these kinds. */
  readonly kinds: readonly LineKind[] | null;
  readonly monthlyFenFrom: string | null;
  /** Less than; with the bound itself it is the next rule's. */
  readonly monthlyFenBelow: string | null;
  readonly localModes: readonly string[] | null;
  readonly remoteModes: readonly string[] | null;
  readonly departmentLevels: readonly string[] | null;
  /** The department is one of these or stands below one. */
  readonly departmentIds: readonly string[] | null;
  /** Only what the approved yearly plan has foreseen (年度用云需求计划). Holds for nothing until there are plans. */
  readonly insidePlan: boolean;
  /** Not for what is graded 差 (绩效). Absent in editions of before: no. */
  readonly exceptPoor?: boolean;
}

export interface Rule {
  readonly title: Bilingual;
  readonly condition: RuleCondition;
  readonly chainKey: string;
}

/** Rules in their order, the first that matches wins, and the chains that they choose from. */
export interface EditionContent {
  readonly rules: readonly Rule[];
  readonly chains: readonly Chain[];
}

export const NO_CONDITION: RuleCondition = {
  kinds: null,
  monthlyFenFrom: null,
  monthlyFenBelow: null,
  localModes: null,
  remoteModes: null,
  departmentLevels: null,
  departmentIds: null,
  insidePlan: false,
  exceptPoor: false,
};

export function isDefaultRule(condition: RuleCondition): boolean {
  const { insidePlan, exceptPoor = false, ...parts } = condition;
  return !insidePlan && !exceptPoor && Object.values(parts).every((part) => part === null);
}
