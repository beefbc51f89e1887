/** Decides what a government system and a project are, and when a project pays for a system. */
import type { CalendarDate } from '../../kernel/calendar.js';
import type { Reliability } from './reliability.js';

/** Local side of the DR mode: one center, or both same-city centers (同城双活). */
export const LOCAL_MODES = ['SINGLE', 'DUAL_ACTIVE'] as const;
export type LocalMode = (typeof LOCAL_MODES)[number];

/** Remote side: nothing, data only (异地数据级), or able to run there (异地应用级). */
export const REMOTE_MODES = ['NONE', 'DATA', 'APPLICATION'] as const;
export type RemoteMode = (typeof REMOTE_MODES)[number];

/** 等保 level; systems of level 4 are not hosted on the government cloud. */
export type ProtectionLevel = 1 | 2 | 3;

/** What an assessment (等保测评, 密评) concludes: 符合, 基本符合, 不符合. */
export const ASSESSMENT_RESULTS = ['CONFORMING', 'BASICALLY_CONFORMING', 'NOT_CONFORMING'] as const;
export type AssessmentResult = (typeof ASSESSMENT_RESULTS)[number];

/** 数据分级 by the Data Security Law: 一般数据, 重要数据, 核心数据. */
export const DATA_CLASSES = ['GENERAL', 'IMPORTANT', 'CORE'] as const;
export type DataClass = (typeof DATA_CLASSES)[number];

/** A person to call, who need not have an account. */
export interface Contact {
  readonly name: string;
  readonly phone: string;
  /** In the department's own words, e.g. 业务负责人. */
  readonly role: string;
}

/** The record of a system beside what requests need of it. Everything may be unknown: an inventory begins incomplete. */
export interface SystemDetails extends Reliability {
  /** 上线日期: since when all parties have accepted it; null = not yet. Written when it goes live. */
  readonly liveSince: CalendarDate | null;
  /** 系统负责人; null = nobody, which the list can be asked for. */
  readonly ownerUserId: string | null;
  readonly description: string | null;
  /** 等保备案: number, organ and day are known together or not at all. */
  readonly filingNumber: string | null;
  readonly filingOrgan: string | null;
  readonly filedOn: CalendarDate | null;
  /** Last 等保 assessment. */
  readonly assessedOn: CalendarDate | null;
  readonly assessmentResult: AssessmentResult | null;
  /** Last assessment of its cryptography (密评). */
  readonly cryptoAssessedOn: CalendarDate | null;
  readonly cryptoResult: AssessmentResult | null;
  readonly cryptoNumber: string | null;
  /** 非涉密声明: the signed file and the last day on which it holds. */
  readonly declarationFileId: string | null;
  readonly declarationValidUntil: CalendarDate | null;
  readonly dataClass: DataClass | null;
  /** 关键信息基础设施. */
  readonly criticalInfrastructure: boolean;
  readonly sharesData: boolean;
  /** Thousandths of a percent, so that 99.995 % is a whole number. */
  readonly availabilityMilliPercent: number | null;
  readonly usersEstimate: number | null;
  readonly concurrencyEstimate: number | null;
  readonly contacts: readonly Contact[];
  readonly vendorCompany: string | null;
  readonly version: number;
}

/** A system of which nothing more is known yet. */
export const UNKNOWN_DETAILS: SystemDetails = {
  liveSince: null,
  ownerUserId: null,
  description: null,
  filingNumber: null,
  filingOrgan: null,
  filedOn: null,
  assessedOn: null,
  assessmentResult: null,
  cryptoAssessedOn: null,
  cryptoResult: null,
  cryptoNumber: null,
  declarationFileId: null,
  declarationValidUntil: null,
  reliabilityFileId: null,
  reliabilityValidUntil: null,
  reliabilityEntries: [],
  dataClass: null,
  criticalInfrastructure: false,
  sharesData: false,
  availabilityMilliPercent: null,
  usersEstimate: null,
  concurrencyEstimate: null,
  contacts: [],
  vendorCompany: null,
  version: 1,
};

export interface GovernmentSystem extends SystemDetails {
  readonly id: string;
  /** Number in the province's catalogue of systems. */
  readonly code: string;
  readonly name: string;
  readonly departmentId: string;
  readonly protectionLevel: ProtectionLevel;
  readonly localMode: LocalMode;
  readonly remoteMode: RemoteMode;
  /** Its 等保 level is filed with the police (已备案). As its record says, until compliance writes it. */
  readonly filed: boolean;
  /** Nothing new may be asked for it. Written by compliance. */
  readonly frozen: boolean;
}

/** 资金性质. */
export const FUND_NATURES = [
  'GENERAL_BUDGET',
  'GOVERNMENT_FUND',
  'STATE_CAPITAL',
  'SPECIAL_BOND',
  'OWN_FUNDS',
] as const;
export type FundNature = (typeof FUND_NATURES)[number];

/** 预算级次: whose treasury pays. */
export const BUDGET_LEVELS = ['PROVINCE', 'CITY', 'COUNTY'] as const;
export type BudgetLevel = (typeof BUDGET_LEVELS)[number];

/** The keys by which the finance office knows the money (design §8); the year is the project's own column. */
export interface BudgetKeys {
  /** 预算项目编码. */
  readonly budgetCode: string | null;
  /** 支出功能分类科目. */
  readonly functionClass: string | null;
  /** 支出经济分类科目. */
  readonly economicClass: string | null;
  readonly fundNature: FundNature | null;
  readonly budgetLevel: BudgetLevel;
  /** Why it is another than its department's; null = it is not. */
  readonly budgetLevelReason: string | null;
}

/**
 * 经费方式: who pays for the use. CENTRAL 财政统付: the finance office pays, the use draws quotas and
 * the item that finance has named for the year (ADR 80). OWN_PAYS 单位自付: the use encumbers the department’s own budget item.
 * CENTRAL_WITHIN_QUOTA 定额内统付超出自付: what the quotas cover is paid centrally, as 统付 is; what goes beyond them draws none
 * and encumbers the department’s own item (ADR 87).
 */
export const FUNDING_MODES = ['CENTRAL', 'OWN_PAYS', 'CENTRAL_WITHIN_QUOTA'] as const;
export type FundingMode = (typeof FUNDING_MODES)[number];

/** Whether the department's own budget is encumbered by all that is asked for. */
export function encumbersOwnBudget(mode: FundingMode): boolean {
  return mode === 'OWN_PAYS';
}

/** Whether what the quotas do not cover may be asked for all the same, and is paid by the department. */
export function paysBeyondQuota(mode: FundingMode): boolean {
  return mode === 'CENTRAL_WITHIN_QUOTA';
}

export interface ProjectDetails extends BudgetKeys {
  readonly fundingMode: FundingMode;
  /** 立项批复. */
  readonly approvalNumber: string | null;
  /** 备案. */
  readonly filingNumber: string | null;
  readonly filedOn: CalendarDate | null;
  readonly totalBudgetFen: bigint | null;
  /** 绩效目标, one sentence each. */
  readonly performanceTargets: readonly string[];
  readonly version: number;
}

/** A project of which nothing more is known yet. */
export const UNKNOWN_PROJECT_DETAILS: ProjectDetails = {
  fundingMode: 'CENTRAL',
  budgetCode: null,
  functionClass: null,
  economicClass: null,
  fundNature: null,
  budgetLevel: 'PROVINCE',
  budgetLevelReason: null,
  approvalNumber: null,
  filingNumber: null,
  filedOn: null,
  totalBudgetFen: null,
  performanceTargets: [],
  version: 1,
};

export interface Project extends ProjectDetails {
  readonly id: string;
  /** Number under which the project is filed (备案). */
  readonly code: string;
  readonly name: string;
  readonly departmentId: string;
  readonly budgetYear: number;
  readonly fundSource: string;
}

/** A project pays for a system from one day until the day before another; `to` null = no end known. */
export interface PaymentLink {
  readonly systemId: string;
  readonly projectId: string;
  readonly from: CalendarDate;
  readonly to: CalendarDate | null;
}

/** Half-open: the day `to` is the first that is no longer paid for. */
export function paysOn(link: Pick<PaymentLink, 'from' | 'to'>, day: CalendarDate): boolean {
  return link.from <= day && (link.to === null || day < link.to);
}

/** Whether two periods share a day. */
export function overlaps(a: Pick<PaymentLink, 'from' | 'to'>, b: Pick<PaymentLink, 'from' | 'to'>): boolean {
  return (b.to === null || a.from < b.to) && (a.to === null || b.from < a.to);
}
