import { Field, Float, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { FenScalar } from '../platform/graphql/scalars.js';
import { UserError } from '../platform/graphql/user-error.js';
import type { DeclarationState } from './domain/declaration.js';
import type { ReliabilityPart } from './domain/reliability.js';
import type {
  AssessmentResult,
  BudgetLevel,
  DataClass,
  FundingMode,
  FundNature,
  LocalMode,
  RemoteMode,
} from './domain/system.js';
import {
  AssessmentResultEnum,
  BudgetLevelEnum,
  DataClassEnum,
  DeclarationStateEnum,
  FundingModeEnum,
  FundNatureEnum,
  LocalModeEnum,
  ProjectNode,
  ReliabilityPartEnum,
  RemoteModeEnum,
  SystemNode,
} from './systems.types.js';

@InputType('SystemFilter')
export class SystemFilterInput {
  @Field(() => ID, { nullable: true })
  departmentId!: string | null;
  @Field(() => Int, { nullable: true })
  protectionLevel!: number | null;
  @Field(() => Boolean, { nullable: true })
  filed!: boolean | null;
  @Field(() => DeclarationStateEnum, { nullable: true })
  declaration!: DeclarationState | null;
  @Field(() => LocalModeEnum, { nullable: true })
  localMode!: LocalMode | null;
  @Field(() => RemoteModeEnum, { nullable: true })
  remoteMode!: RemoteMode | null;
  @Field(() => Boolean, { nullable: true, description: 'Only those that nobody answers for.' })
  withoutOwner!: boolean | null;
}

@InputType('ProjectFilter')
export class ProjectFilterInput {
  @Field(() => ID, { nullable: true })
  departmentId!: string | null;
  @Field(() => Int, { nullable: true })
  budgetYear!: number | null;
}

@InputType('ContactInput')
export class ContactInput {
  @Field(() => String)
  name!: string;
  @Field(() => String)
  phone!: string;
  @Field(() => String)
  role!: string;
}

@InputType('SystemContentInput', { description: 'Days are YYYY-MM-DD of the accounting calendar.' })
export class SystemContentInput {
  @Field(() => String)
  code!: string;
  @Field(() => String)
  name!: string;
  @Field(() => Int)
  protectionLevel!: number;
  @Field(() => LocalModeEnum)
  localMode!: LocalMode;
  @Field(() => RemoteModeEnum)
  remoteMode!: RemoteMode;
  @Field(() => String, { nullable: true, description: 'User name of who answers for it; null = nobody.' })
  ownerUsername!: string | null;
  @Field(() => String, { nullable: true })
  description!: string | null;
  @Field(() => String, { nullable: true })
  filingNumber!: string | null;
  @Field(() => String, { nullable: true })
  filingOrgan!: string | null;
  @Field(() => String, { nullable: true })
  filedOn!: string | null;
  @Field(() => String, { nullable: true })
  assessedOn!: string | null;
  @Field(() => AssessmentResultEnum, { nullable: true })
  assessmentResult!: AssessmentResult | null;
  @Field(() => String, { nullable: true })
  cryptoAssessedOn!: string | null;
  @Field(() => AssessmentResultEnum, { nullable: true })
  cryptoResult!: AssessmentResult | null;
  @Field(() => String, { nullable: true })
  cryptoNumber!: string | null;
  @Field(() => DataClassEnum, { nullable: true })
  dataClass!: DataClass | null;
  @Field(() => Boolean)
  criticalInfrastructure!: boolean;
  @Field(() => Boolean)
  sharesData!: boolean;
  @Field(() => Float, { nullable: true, description: '90 to 100, three decimals.' })
  availabilityPercent!: number | null;
  @Field(() => Int, { nullable: true })
  usersEstimate!: number | null;
  @Field(() => Int, { nullable: true })
  concurrencyEstimate!: number | null;
  @Field(() => [ContactInput])
  contacts!: ContactInput[];
  @Field(() => String, { nullable: true })
  vendorCompany!: string | null;
}

@InputType('RegisterSystemInput')
export class RegisterSystemInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => ID)
  departmentId!: string;
  @Field(() => SystemContentInput)
  content!: SystemContentInput;
}

@InputType('EditSystemInput')
export class EditSystemInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => SystemContentInput)
  content!: SystemContentInput;
}

@InputType('DeclareNotClassifiedInput', {
  description: '非涉密声明: the signed file, uploaded before, and its last day.',
})
export class DeclareNotClassifiedInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => ID)
  fileId!: string;
  @Field(() => String)
  validUntil!: string;
}

@InputType('ReliabilityEntryInput')
export class ReliabilityEntryInput {
  @Field(() => ReliabilityPartEnum)
  part!: ReliabilityPart;
  @Field(() => String)
  product!: string;
  @Field(() => Boolean)
  domestic!: boolean;
  @Field(() => String, { nullable: true, description: 'Required where it is not domestic, up to 200 characters.' })
  reason!: string | null;
}

@InputType('StateReliabilityInput', {
  description: '安全可靠情况说明: the signed file, uploaded before, its last day, and what is domestic.',
})
export class StateReliabilityInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => ID)
  fileId!: string;
  @Field(() => String)
  validUntil!: string;
  @Field(() => [ReliabilityEntryInput])
  entries!: ReliabilityEntryInput[];
}

@InputType('LinkProjectInput')
export class LinkProjectInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => ID)
  systemId!: string;
  @Field(() => ID)
  projectId!: string;
  @Field(() => String)
  from!: string;
  @Field(() => String, { nullable: true })
  to!: string | null;
}

@InputType('EndProjectLinkInput', { description: 'Names a period by its system, project and first day.' })
export class EndProjectLinkInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => ID)
  systemId!: string;
  @Field(() => ID)
  projectId!: string;
  @Field(() => String)
  from!: string;
  @Field(() => String, { description: 'The first day that is no longer paid for.' })
  to!: string;
}

@InputType('TakeBackProjectLinkInput')
export class TakeBackProjectLinkInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => ID)
  systemId!: string;
  @Field(() => ID)
  projectId!: string;
  @Field(() => String, { description: 'The first day of the period.' })
  from!: string;
  @Field(() => String, { description: 'Why it was a mistake, up to 200 characters.' })
  reason!: string;
}

@InputType('BindVendorStaffInput')
export class BindVendorStaffInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => ID)
  systemId!: string;
  @Field(() => String, { nullable: true, description: 'User name, where the person has an account.' })
  username!: string | null;
  @Field(() => String, { description: 'Of a person without an account.' })
  name!: string;
  @Field(() => String)
  phone!: string;
  @Field(() => String)
  company!: string;
  @Field(() => String)
  until!: string;
}

@InputType('UnbindVendorStaffInput')
export class UnbindVendorStaffInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => ID)
  systemId!: string;
  @Field(() => ID)
  bindingId!: string;
}

@InputType('ProjectContentInput', { description: 'Days are YYYY-MM-DD of the accounting calendar.' })
export class ProjectContentInput {
  @Field(() => String)
  code!: string;
  @Field(() => String)
  name!: string;
  @Field(() => Int)
  budgetYear!: number;
  @Field(() => String)
  fundSource!: string;
  @Field(() => String, { nullable: true })
  approvalNumber!: string | null;
  @Field(() => String, { nullable: true })
  filingNumber!: string | null;
  @Field(() => String, { nullable: true })
  filedOn!: string | null;
  @Field(() => String, { nullable: true })
  budgetCode!: string | null;
  @Field(() => String, { nullable: true })
  functionClass!: string | null;
  @Field(() => String, { nullable: true })
  economicClass!: string | null;
  @Field(() => FundNatureEnum, { nullable: true })
  fundNature!: FundNature | null;
  @Field(() => FundingModeEnum, {
    nullable: true,
    description: 'Written by the finance office; null = as it is, and OWN_PAYS for a new project.',
  })
  fundingMode!: FundingMode | null;
  @Field(() => BudgetLevelEnum)
  budgetLevel!: BudgetLevel;
  @Field(() => String, {
    nullable: true,
    description: "Required where the level is not the department's, up to 200 characters.",
  })
  budgetLevelReason!: string | null;
  @Field(() => FenScalar, { nullable: true })
  totalBudgetFen!: bigint | null;
  @Field(() => [String])
  performanceTargets!: string[];
}

@InputType('RegisterProjectInput')
export class RegisterProjectInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => ID)
  departmentId!: string;
  @Field(() => ProjectContentInput)
  content!: ProjectContentInput;
  @Field(() => [ID], { defaultValue: [], description: 'Files uploaded for it.' })
  fileIds!: string[];
}

@InputType('EditProjectInput')
export class EditProjectInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => ProjectContentInput)
  content!: ProjectContentInput;
  @Field(() => [ID], { defaultValue: [], description: 'Files that join those already attached.' })
  fileIds!: string[];
}

@ObjectType('SystemPayload')
export class SystemPayload {
  @Field(() => SystemNode, { nullable: true })
  system!: SystemNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@ObjectType('ProjectPayload')
export class ProjectPayload {
  @Field(() => ProjectNode, { nullable: true })
  project!: ProjectNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
