import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import { DECLARATION_STATES, DECLARATION_WARNING_DAYS } from './domain/declaration.js';
import { RELIABILITY_PARTS, type ReliabilityEntry, type ReliabilityPart } from './domain/reliability.js';
import {
  ASSESSMENT_RESULTS,
  type AssessmentResult,
  BUDGET_LEVELS,
  type BudgetLevel,
  DATA_CLASSES,
  type DataClass,
  FUND_NATURES,
  FUNDING_MODES,
  type FundingMode,
  type FundNature,
  type GovernmentSystem,
  LOCAL_MODES,
  type LocalMode,
  type PaymentLink,
  type Project,
  REMOTE_MODES,
  type RemoteMode,
} from './domain/system.js';
import type { VendorBinding } from './domain/vendor-binding.js';

export const LocalModeEnum = enumOf(LOCAL_MODES);
registerEnumType(LocalModeEnum, {
  name: 'LocalMode',
  valuesMap: { SINGLE: { description: '单中心' }, DUAL_ACTIVE: { description: '同城双活' } },
});

export const RemoteModeEnum = enumOf(REMOTE_MODES);
registerEnumType(RemoteModeEnum, {
  name: 'RemoteMode',
  valuesMap: { DATA: { description: '异地数据级灾备' }, APPLICATION: { description: '异地应用级灾备' } },
});

export const DeclarationStateEnum = enumOf(DECLARATION_STATES);
registerEnumType(DeclarationStateEnum, {
  name: 'DeclarationState',
  description: '非涉密声明 today.',
  valuesMap: { EXPIRING: { description: `Runs out within ${DECLARATION_WARNING_DAYS} days.` } },
});

export const ReliabilityPartEnum = enumOf(RELIABILITY_PARTS);
registerEnumType(ReliabilityPartEnum, {
  name: 'ReliabilityPart',
  valuesMap: { CPU: { description: '处理器' }, OS: { description: '操作系统' }, DATABASE: { description: '数据库' } },
});

@ObjectType('ReliabilityEntry', { description: 'One product that the system uses, and whether it is domestic (信创).' })
export class ReliabilityEntryNode {
  @Field(() => ReliabilityPartEnum)
  part!: ReliabilityPart;
  @Field(() => String)
  product!: string;
  @Field(() => Boolean)
  domestic!: boolean;
  @Field(() => String, { nullable: true, description: 'Why it is not domestic.' })
  reason!: string | null;
}

export const AssessmentResultEnum = enumOf(ASSESSMENT_RESULTS);
registerEnumType(AssessmentResultEnum, {
  name: 'AssessmentResult',
  valuesMap: {
    CONFORMING: { description: '符合' },
    BASICALLY_CONFORMING: { description: '基本符合' },
    NOT_CONFORMING: { description: '不符合' },
  },
});

export const DataClassEnum = enumOf(DATA_CLASSES);
registerEnumType(DataClassEnum, {
  name: 'DataClass',
  valuesMap: {
    GENERAL: { description: '一般数据' },
    IMPORTANT: { description: '重要数据' },
    CORE: { description: '核心数据' },
  },
});

export const FundNatureEnum = enumOf(FUND_NATURES);
registerEnumType(FundNatureEnum, { name: 'FundNature', description: '资金性质.' });

export const FundingModeEnum = enumOf(FUNDING_MODES);
registerEnumType(FundingModeEnum, {
  name: 'FundingMode',
  description: '经费方式: who pays for what a project uses.',
  valuesMap: {
    CENTRAL: { description: '财政统付: nothing of the department’s budget is encumbered.' },
    OWN_PAYS: { description: '单位自付: the department’s budget item is encumbered.' },
    CENTRAL_WITHIN_QUOTA: { description: '定额内统付超出自付.' },
  },
});

export const BudgetLevelEnum = enumOf(BUDGET_LEVELS);
registerEnumType(BudgetLevelEnum, { name: 'BudgetLevel', description: '预算级次.' });

export const ProjectEditingEnum = enumOf(['NONE', 'BUDGET_KEYS', 'ALL']);
registerEnumType(ProjectEditingEnum, {
  name: 'ProjectEditing',
  description: 'What the viewer may write of a project; the finance office corrects the budget keys only.',
});

@ObjectType('Contact')
export class ContactNode {
  @Field(() => String)
  name!: string;
  @Field(() => String)
  phone!: string;
  @Field(() => String, { description: "In the department's own words, e.g. 业务负责人." })
  role!: string;
}

@ObjectType('PersonName', { description: 'Who somebody is, as others may know it.' })
export class PersonName {
  @Field(() => String)
  username!: string;
  @Field(() => String)
  displayName!: string;
  @Field(() => Boolean, { description: 'false = the account was closed.' })
  active!: boolean;
}

/** A half-open period of one system and one project; both are resolved from the ids. */
@ObjectType('ProjectPeriod', { description: 'A project pays for a system from one day until the day before another.' })
export class ProjectPeriod {
  @Field(() => String)
  from: string;
  @Field(() => String, {
    nullable: true,
    description: 'The first day that is no longer paid for; null = no end known.',
  })
  to: string | null;
  readonly systemId: string;
  readonly projectId: string;

  constructor(link: PaymentLink) {
    this.from = link.from;
    this.to = link.to;
    this.systemId = link.systemId;
    this.projectId = link.projectId;
  }
}

@ObjectType('VendorStaff', { description: "A vendor's named person, bound to a system until a day." })
export class VendorStaffNode {
  @Field(() => ID)
  id: string;
  @Field(() => String)
  name: string;
  @Field(() => String)
  phone: string;
  @Field(() => String)
  company: string;
  @Field(() => String, { description: 'The last day of their reach.' })
  until: string;
  @Field(() => Boolean, { description: 'Has an account; bound, it reaches the system in this console.' })
  hasAccount: boolean;
  @Field(() => Boolean, { description: 'The day has passed.' })
  expired: boolean;

  constructor(binding: VendorBinding, expired: boolean) {
    this.id = toNodeId('VendorStaff', binding.id);
    this.name = binding.name;
    this.phone = binding.phone;
    this.company = binding.company;
    this.until = binding.until;
    this.hasAccount = binding.userId !== null;
    this.expired = expired;
  }
}

const MILLI = 1_000;

@ObjectType('System', {
  implements: () => [Node],
  description: '政务信息系统: the long-lived system that resources belong to.',
})
export class SystemNode extends Node {
  @Field(() => String, { description: "Number in the province's catalogue of systems." })
  code: string;
  @Field(() => String)
  name: string;
  @Field(() => Int, { description: '等保 level 1 to 3 (4 is not hosted).' })
  protectionLevel: number;
  @Field(() => LocalModeEnum)
  localMode: LocalMode;
  @Field(() => RemoteModeEnum)
  remoteMode: RemoteMode;
  @Field(() => Boolean, { description: 'Its 等保 level is filed with the police.' })
  filed: boolean;
  @Field(() => Boolean, { description: 'Nothing new may be asked for it.' })
  frozen: boolean;
  @Field(() => String, { nullable: true, description: '上线日期; null = not accepted yet.' })
  liveSince: string | null;
  @Field(() => Int)
  version: number;
  @Field(() => String, { nullable: true })
  description: string | null;
  @Field(() => String, { nullable: true })
  filingNumber: string | null;
  @Field(() => String, { nullable: true })
  filingOrgan: string | null;
  @Field(() => String, { nullable: true })
  filedOn: string | null;
  @Field(() => String, { nullable: true, description: 'Last 等保 assessment.' })
  assessedOn: string | null;
  @Field(() => AssessmentResultEnum, { nullable: true })
  assessmentResult: AssessmentResult | null;
  @Field(() => String, { nullable: true, description: 'Last assessment of its cryptography (密评).' })
  cryptoAssessedOn: string | null;
  @Field(() => AssessmentResultEnum, { nullable: true })
  cryptoResult: AssessmentResult | null;
  @Field(() => String, { nullable: true })
  cryptoNumber: string | null;
  @Field(() => String, { nullable: true, description: 'Last day of the declaration that nothing in it is classified.' })
  declarationValidUntil: string | null;
  @Field(() => String, { nullable: true, description: 'Last day of the 安全可靠情况说明.' })
  reliabilityValidUntil: string | null;
  @Field(() => [ReliabilityEntryNode], { description: 'What of the system is domestic, product by product.' })
  reliabilityEntries: ReliabilityEntry[];
  @Field(() => DataClassEnum, { nullable: true })
  dataClass: DataClass | null;
  @Field(() => Boolean, { description: '关键信息基础设施.' })
  criticalInfrastructure: boolean;
  @Field(() => Boolean)
  sharesData: boolean;
  @Field(() => Float, { nullable: true, description: 'e.g. 99.95.' })
  availabilityPercent: number | null;
  @Field(() => Int, { nullable: true })
  usersEstimate: number | null;
  @Field(() => Int, { nullable: true })
  concurrencyEstimate: number | null;
  @Field(() => [ContactNode])
  contacts: ContactNode[];
  @Field(() => String, { nullable: true })
  vendorCompany: string | null;

  readonly uuid: string;
  readonly departmentId: string;
  readonly ownerUserId: string | null;
  readonly declarationFileId: string | null;
  readonly reliabilityFileId: string | null;

  constructor(system: GovernmentSystem) {
    super();
    this.id = toNodeId('System', system.id);
    this.code = system.code;
    this.name = system.name;
    this.protectionLevel = system.protectionLevel;
    this.localMode = system.localMode;
    this.remoteMode = system.remoteMode;
    this.filed = system.filed;
    this.frozen = system.frozen;
    this.liveSince = system.liveSince;
    this.version = system.version;
    this.description = system.description;
    this.filingNumber = system.filingNumber;
    this.filingOrgan = system.filingOrgan;
    this.filedOn = system.filedOn;
    this.assessedOn = system.assessedOn;
    this.assessmentResult = system.assessmentResult;
    this.cryptoAssessedOn = system.cryptoAssessedOn;
    this.cryptoResult = system.cryptoResult;
    this.cryptoNumber = system.cryptoNumber;
    this.declarationValidUntil = system.declarationValidUntil;
    this.reliabilityValidUntil = system.reliabilityValidUntil;
    this.reliabilityEntries = system.reliabilityEntries.map((entry) => ({ ...entry }));
    this.dataClass = system.dataClass;
    this.criticalInfrastructure = system.criticalInfrastructure;
    this.sharesData = system.sharesData;
    this.availabilityPercent =
      system.availabilityMilliPercent === null ? null : system.availabilityMilliPercent / MILLI;
    this.usersEstimate = system.usersEstimate;
    this.concurrencyEstimate = system.concurrencyEstimate;
    this.contacts = system.contacts.map((contact) => ({ ...contact }));
    this.vendorCompany = system.vendorCompany;
    this.uuid = system.id;
    this.departmentId = system.departmentId;
    this.ownerUserId = system.ownerUserId;
    this.declarationFileId = system.declarationFileId;
    this.reliabilityFileId = system.reliabilityFileId;
  }
}

export const SystemConnection = connectionOf(SystemNode, 'System');

@ObjectType('Project', {
  implements: () => [Node],
  description: '信息化项目: the filed project that builds, changes or pays for systems.',
})
export class ProjectNode extends Node {
  @Field(() => String, { description: 'Number under which the project is filed (备案).' })
  code: string;
  @Field(() => String)
  name: string;
  @Field(() => Int)
  budgetYear: number;
  @Field(() => String)
  fundSource: string;
  @Field(() => Int)
  version: number;
  @Field(() => String, { nullable: true, description: '立项批复.' })
  approvalNumber: string | null;
  @Field(() => String, { nullable: true })
  filingNumber: string | null;
  @Field(() => String, { nullable: true })
  filedOn: string | null;
  @Field(() => String, { nullable: true, description: '预算项目编码.' })
  budgetCode: string | null;
  @Field(() => String, { nullable: true, description: '支出功能分类.' })
  functionClass: string | null;
  @Field(() => String, { nullable: true, description: '支出经济分类.' })
  economicClass: string | null;
  @Field(() => FundNatureEnum, { nullable: true })
  fundNature: FundNature | null;
  @Field(() => FundingModeEnum)
  fundingMode: FundingMode;
  @Field(() => BudgetLevelEnum)
  budgetLevel: BudgetLevel;
  @Field(() => String, { nullable: true, description: "Why the level is not the department's." })
  budgetLevelReason: string | null;
  @Field(() => FenScalar, { nullable: true })
  totalBudget: bigint | null;
  @Field(() => [String])
  performanceTargets: string[];

  readonly uuid: string;
  readonly departmentId: string;

  constructor(project: Project) {
    super();
    this.id = toNodeId('Project', project.id);
    this.code = project.code;
    this.name = project.name;
    this.budgetYear = project.budgetYear;
    this.fundSource = project.fundSource;
    this.version = project.version;
    this.approvalNumber = project.approvalNumber;
    this.filingNumber = project.filingNumber;
    this.filedOn = project.filedOn;
    this.budgetCode = project.budgetCode;
    this.functionClass = project.functionClass;
    this.economicClass = project.economicClass;
    this.fundNature = project.fundNature;
    this.fundingMode = project.fundingMode;
    this.budgetLevel = project.budgetLevel;
    this.budgetLevelReason = project.budgetLevelReason;
    this.totalBudget = project.totalBudgetFen;
    this.performanceTargets = [...project.performanceTargets];
    this.uuid = project.id;
    this.departmentId = project.departmentId;
  }
}

export const ProjectConnection = connectionOf(ProjectNode, 'Project');
