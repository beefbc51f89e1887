import type { ApprovalRole, DepartmentLevel, LocalMode, RemoteMode, RequestLineKind } from '../../../graphql/enums';
import { fenOfYuan } from '../../../lib/fen-of-yuan';
import { plainYuanOfFen } from '../../../lib/money';
import type { FormError } from '../../../ui/forms/form-errors';
import type { Edition } from '../chain-words';

export type Title = { zh: string; en: string };
export type StepDraft = {
  key: string;
  title: Title;
  roles: ApprovalRole[];
  mode: 'ANY' | 'ALL';
  count: number;
  deadlineWorkingDays: number;
  needsFile: boolean;
  needsSeal: boolean;
  holdsCapacity: boolean;
  escalatesTo: ApprovalRole;
};
export type ChainDraft = { key: string; title: Title; steps: StepDraft[] };
export type RuleDraft = {
  /** Of this form only. */
  id: number;
  title: Title;
  chainKey: string;
  /** Yuan as they are typed; empty = no bound. */
  fromYuan: string;
  belowYuan: string;
  kinds: RequestLineKind[];
  localModes: LocalMode[];
  remoteModes: RemoteMode[];
  departmentLevels: DepartmentLevel[];
  departmentIds: string[];
  insidePlan: boolean;
  /** Not for what is graded poor. */
  exceptPoor: boolean;
};
export type EditionDraft = { note: string; rules: RuleDraft[]; chains: ChainDraft[] };

export function draftOf(edition: Edition): EditionDraft {
  return {
    note: edition.note,
    rules: edition.rules.map(({ title, chainKey, condition }, id) => ({
      id,
      title: { ...title },
      chainKey,
      fromYuan: condition.monthlyFrom ? plainYuanOfFen(condition.monthlyFrom) : '',
      belowYuan: condition.monthlyBelow ? plainYuanOfFen(condition.monthlyBelow) : '',
      kinds: [...(condition.kinds ?? [])],
      localModes: [...(condition.localModes ?? [])],
      remoteModes: [...(condition.remoteModes ?? [])],
      departmentLevels: [...(condition.departmentLevels ?? [])],
      departmentIds: [...(condition.departmentIds ?? [])],
      insidePlan: condition.insidePlan,
      exceptPoor: condition.exceptPoor,
    })),
    chains: edition.chains.map((chain) => ({
      ...chain,
      steps: chain.steps.map((step) => ({ ...step, roles: [...step.roles] })),
    })),
  };
}

/** What is chosen of a list; nothing chosen = whichever. */
const some = <T>(values: readonly T[]): T[] | null => (values.length > 0 ? [...values] : null);
const fen = (yuan: string): string | null => (yuan.trim() === '' ? null : fenOfYuan(yuan));

export function wrongAmounts(draft: EditionDraft, message: string): FormError[] {
  return draft.rules.flatMap((rule, index) =>
    (['fromYuan', 'belowYuan'] as const)
      .filter((field) => rule[field].trim() !== '' && (fenOfYuan(rule[field]) ?? '-').startsWith('-'))
      .map((field) => ({ field: `rules.${index}.${field}`, message })),
  );
}

export function inputOf({ note, rules, chains }: EditionDraft) {
  return {
    note: note.trim(),
    chains,
    rules: rules.map((rule) => ({
      title: rule.title,
      chainKey: rule.chainKey,
      condition: {
        kinds: some(rule.kinds),
        monthlyFrom: fen(rule.fromYuan),
        monthlyBelow: fen(rule.belowYuan),
        localModes: some(rule.localModes),
        remoteModes: some(rule.remoteModes),
        departmentLevels: some(rule.departmentLevels),
        departmentIds: some(rule.departmentIds.filter((id) => id !== '')),
        insidePlan: rule.insidePlan,
        exceptPoor: rule.exceptPoor,
      },
    })),
  };
}

/** A name that no other has: lasting, so it is made once and never shown. */
export function freeKey(prefix: string, taken: readonly string[]): string {
  for (let n = taken.length + 1; ; n += 1) if (!taken.includes(`${prefix}-${n}`)) return `${prefix}-${n}`;
}

export function newStep(taken: readonly string[]): StepDraft {
  return {
    key: freeKey('step', taken),
    title: { zh: '', en: '' },
    roles: ['CENTER_REVIEWER'],
    mode: 'ANY',
    count: 1,
    deadlineWorkingDays: 3,
    needsFile: false,
    needsSeal: false,
    holdsCapacity: false,
    escalatesTo: 'LEADER',
  };
}

export function newRule(rules: readonly RuleDraft[], chainKey: string): RuleDraft {
  return {
    id: Math.max(-1, ...rules.map((rule) => rule.id)) + 1,
    title: { zh: '', en: '' },
    chainKey,
    fromYuan: '',
    belowYuan: '',
    kinds: [],
    localModes: [],
    remoteModes: [],
    departmentLevels: [],
    departmentIds: [],
    insidePlan: false,
    exceptPoor: false,
  };
}

/** The list with the one at `at` moved by one place. */
export function moved<T>(list: readonly T[], at: number, by: -1 | 1): T[] {
  const next = [...list];
  const [one] = next.splice(at, 1);
  if (one !== undefined) next.splice(at + by, 0, one);
  return next;
}
