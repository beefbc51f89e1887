/** Decides nothing: what an edition of the gates (准入规则) says, as plain data that is kept as text and shown on a page. */
import type { LineKind } from '../../allocation/domain/line-kind.js';
import type { Bilingual } from '../../kernel/bilingual.js';
import type { LinkTarget } from '../../kernel/refusal.js';
import type { ServerArchitecture } from '../../servers/domain/processor.js';
import type { ReliabilityPart } from '../../systems/domain/reliability.js';

/** What a rule can look at. What each of them asks stands in checks.ts. */
export const GATE_CHECKS = [
  'NOT_CLASSIFIED',
  'DECLARATION_LASTS',
  'RELIABILITY_STATED',
  'RELIABILITY_LASTS',
  'FOREIGN_REASONED',
  'PROCESSOR_STATED',
  'SOFTWARE_STATED',
  'LEVEL_FILED',
  'LEVEL_ASSESSED',
  'CRYPTO_ASSESSED',
  'SYSTEM_OPEN',
  'OWNER_NAMED',
  'CONTACT_NAMED',
  'DATA_CLASSED',
  'PROJECT_APPROVED',
  'PURPOSE_SAID',
  'SYSTEM_GRADE',
  'DEPARTMENT_GRADE',
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
  /** At least one line is to be in these DR modes. */
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

/**
 * A product as an edition knows it (产品目录): by which words a statement names it, and by which the catalog does. What no
 * words of an edition fit cannot be compared, and is said to be so.
 */
export interface Product {
  /** Lasting name, e.g. "kylin". */
  readonly key: string;
  readonly part: ReliabilityPart;
  /** As it is shown. */
  readonly name: string;
  /** One of them stands in what the statement calls it, in whichever letters. */
  readonly statedAs: readonly string[];
  /** One of them stands in the code or name of an image or service that is it; of a processor, in its maker's name. */
  readonly offeredAs: readonly string[];
  /** Of a processor: what it runs; empty for all others. */
  readonly architectures: readonly ServerArchitecture[];
  /** As the published list of tested products has it; null = the list does not say. */
  readonly domestic: boolean | null;
}

export interface GateContent {
  readonly rules: readonly GateRule[];
  /** Editions from before this was compared have none. */
  readonly products?: readonly Product[];
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
