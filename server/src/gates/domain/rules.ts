/** Decides nothing: what an edition of the gates (准入规则) says, as plain data that is kept as text and shown on a page. */
import type { LineKind } from '../../allocation/domain/line-kind.js';
import type { Bilingual } from '../../kernel/bilingual.js';
import type { LinkTarget } from '../../kernel/refusal.js';

/** What a rule can look at. What each of them asks stands in checks.ts. */
export const GATE_CHECKS = [
  'NOT_CLASSIFIED',
  'DECLARATION_LASTS',
  'RELIABILITY_STATED',
  'RELIABILITY_LASTS',
  'FOREIGN_REASONED',
  'LEVEL_FILED',
  'LEVEL_ASSESSED',
  'CRYPTO_ASSESSED',
  'SYSTEM_OPEN',
  'OWNER_NAMED',
  'CONTACT_NAMED',
  'DATA_CLASSED',
  'PROJECT_APPROVED',
  'PURPOSE_SAID',
] as const;
export type GateCheck = (typeof GATE_CHECKS)[number];

/** REFUSE 拒绝: nothing goes to the center. WARN 提示: applicant and approver are told, and it goes on. */
export const GATE_SEVERITIES = ['REFUSE', 'WARN'] as const;
export type GateSeverity = (typeof GATE_SEVERITIES)[number];

/** Which requests a rule is for; null of a part = whichever. */
export interface GateCondition {
  /** At least one line is of these kinds. */
  readonly kinds: readonly LineKind[] | null;
  /** At least one line is in these zones. */
  readonly zones: readonly string[] | null;
  /** 等保 level of the system. */
  readonly protectionLevels: readonly number[] | null;
  readonly localModes: readonly string[] | null;
  readonly remoteModes: readonly string[] | null;
  readonly departmentLevels: readonly string[] | null;
  /** The department is one of these or stands below one. */
  readonly departmentIds: readonly string[] | null;
}

export interface GateRule {
  /** Lasting name, e.g. "not-classified": refusals and records carry it. */
  readonly key: string;
  readonly check: GateCheck;
  readonly severity: GateSeverity;
  readonly title: Bilingual;
  /** What is wrong and what to do, as the refused person reads it. */
  readonly text: Bilingual;
  /** Where it is put right. */
  readonly linkTo: LinkTarget;
  /** Days or characters, where the check counts something. */
  readonly parameter: number | null;
  readonly condition: GateCondition;
}

export interface GateContent {
  readonly rules: readonly GateRule[];
}

export const FOR_EVERYTHING: GateCondition = {
  kinds: null,
  zones: null,
  protectionLevels: null,
  localModes: null,
  remoteModes: null,
  departmentLevels: null,
  departmentIds: null,
};
