/** Decides what the rules of going live may say: how long a trial runs, who signs, and which papers there must be. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';

/** Who signs: the owner department, the big-data center, the company that built it (承建单位), the assessor (测评机构). */
export const PARTIES = ['DEPARTMENT', 'CENTER', 'VENDOR', 'ASSESSOR'] as const;
export type Party = (typeof PARTIES)[number];

export const DOCUMENT_KINDS = ['TRIAL_REPORT', 'ACCEPTANCE_REPORT', 'PROTECTION_REPORT', 'OTHER'] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

export const TRIAL_DAY_KINDS = ['CALENDAR', 'WORKING'] as const;
export type TrialDayKind = (typeof TRIAL_DAY_KINDS)[number];

export const POLICY_DAY_NAMES = [
  'trialDays',
  'retrialDays',
  'beginBackDays',
  'beginAheadDays',
  'presentWorkingDays',
  'signWorkingDays',
] as const;
export type PolicyDayName = (typeof POLICY_DAY_NAMES)[number];

export type GoLivePolicy = Readonly<Record<PolicyDayName, number>> & {
  readonly trialDayKind: TrialDayKind;
  /** Each party once; it signs for systems of this 等保 level and above. */
  readonly parties: readonly { readonly party: Party; readonly fromLevel: number }[];
  readonly documents: readonly { readonly kind: DocumentKind; readonly fromLevel: number }[];
};

export interface PolicyEdition {
  readonly number: number;
  readonly content: GoLivePolicy;
  readonly publishedAt: Date;
  readonly publishedBy: string;
}

interface Bounds {
  readonly least: number;
  readonly most: number;
}

export const POLICY_BOUNDS: Readonly<Record<PolicyDayName, Bounds>> = {
  // 平顶山 and the provinces that follow it want 30 days at least; nobody tries a system for more than a year.
  trialDays: { least: 30, most: 366 },
  retrialDays: { least: 1, most: 180 },
  // A trial is entered when it begins; what was forgotten longer ago begins anew.
  beginBackDays: { least: 0, most: 30 },
  beginAheadDays: { least: 0, most: 90 },
  presentWorkingDays: { least: 1, most: 120 },
  signWorkingDays: { least: 1, most: 60 },
};

/** Levels of 等保 that the government cloud hosts. */
const LEVELS = { least: 1, most: 3 };
/** Who uses a system and who carries it always sign: without them nothing is accepted. */
const ALWAYS: readonly Party[] = ['DEPARTMENT', 'CENTER'];

export function checkPolicy(policy: GoLivePolicy): Refusal[] {
  const days = POLICY_DAY_NAMES.filter((name) => !within(policy[name], POLICY_BOUNDS[name])).map((name) => {
    const { least, most } = POLICY_BOUNDS[name];
    return invalid(
      [name],
      'range',
      say(`请填写 ${least} 至 ${most} 的整数`, `A whole number from ${least} to ${most}`),
    );
  });
  return [...days, ...checkRows('parties', policy.parties, ({ party }) => party), ...checkAlways(policy)].concat(
    checkRows('documents', policy.documents, ({ kind }) => kind),
  );
}

function checkRows<T extends { readonly fromLevel: number }>(
  field: 'parties' | 'documents',
  rows: readonly T[],
  nameOf: (row: T) => string,
): Refusal[] {
  return rows.flatMap((row, index) => {
    const at = [field, String(index)];
    if (rows.findIndex((other) => nameOf(other) === nameOf(row)) < index)
      return [invalid(at, 'unique', say('不能重复', 'Named twice'))];
    return within(row.fromLevel, LEVELS)
      ? []
      : [invalid([...at, 'fromLevel'], 'range', say('等保级别为 1 至 3 级', 'The level is 1 to 3'))];
  });
}

function checkAlways({ parties }: GoLivePolicy): Refusal[] {
  const missing = ALWAYS.some((party) => !parties.some((row) => row.party === party && row.fromLevel === LEVELS.least));
  return missing
    ? [
        invalid(
          ['parties'],
          'required',
          say('使用单位和大数据中心须对所有系统签署', 'Department and center sign for every system'),
        ),
      ]
    : [];
}

/** Who signs for a system of this level, in the order of the table. */
export function partiesOf({ parties }: GoLivePolicy, level: number): Party[] {
  return PARTIES.filter((party) => parties.some((row) => row.party === party && row.fromLevel <= level));
}

export function documentsOf({ documents }: GoLivePolicy, level: number): DocumentKind[] {
  return DOCUMENT_KINDS.filter((kind) => documents.some((row) => row.kind === kind && row.fromLevel <= level));
}

function within(value: number, { least, most }: Bounds): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

function invalid(path: readonly string[], rule: string, message: Bilingual): Refusal {
  return { code: 'INVALID_INPUT', path: ['content', ...path], rule, message };
}
