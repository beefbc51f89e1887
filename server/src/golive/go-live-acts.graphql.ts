import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { enumOf } from '../platform/graphql/enum-of.js';
import { UserError } from '../platform/graphql/user-error.js';
import { type DocumentKind, type Party, TRIAL_DAY_KINDS, type TrialDayKind } from './domain/go-live-policy.js';
import type { Decision } from './domain/signing.js';
import { DecisionEnum, DocumentKindEnum, EntryKindEnum, GoLiveCaseNode, PartyEnum } from './go-live.graphql.js';
import type { EntryKind } from './go-live.types.js';

const TrialDayKindEnum = enumOf(TRIAL_DAY_KINDS);
registerEnumType(TrialDayKindEnum, { name: 'TrialDayKind' });

@ObjectType('GoLivePartyRule')
@InputType('GoLivePartyRuleInput')
export class GoLivePartyRule {
  @Field(() => PartyEnum)
  party!: Party;
  @Field(() => Int, { description: 'It signs for systems of this 等保 level and above.' })
  fromLevel!: number;
}

@ObjectType('GoLiveDocumentRule')
@InputType('GoLiveDocumentRuleInput')
export class GoLiveDocumentRule {
  @Field(() => DocumentKindEnum)
  kind!: DocumentKind;
  @Field(() => Int)
  fromLevel!: number;
}

@ObjectType({ isAbstract: true })
@InputType({ isAbstract: true })
abstract class PolicyDays {
  @Field(() => Int, { description: 'At least so many days of trial.' })
  trialDays!: number;
  @Field(() => TrialDayKindEnum)
  trialDayKind!: TrialDayKind;
  @Field(() => Int, { description: 'More days of trial after a refusal.' })
  retrialDays!: number;
  @Field(() => Int, { description: 'A trial may be entered so many days after its begin.' })
  beginBackDays!: number;
  @Field(() => Int, { description: 'A begin may be announced so many days ahead.' })
  beginAheadDays!: number;
  @Field(() => Int)
  presentWorkingDays!: number;
  @Field(() => Int)
  signWorkingDays!: number;
}

@ObjectType('GoLivePolicy', { description: 'One edition of the rules of going live.' })
export class GoLivePolicyNode extends PolicyDays {
  @Field(() => Int)
  number!: number;
  @Field(() => Date)
  publishedAt!: Date;
  @Field(() => String)
  publishedBy!: string;
  @Field(() => [GoLivePartyRule])
  parties!: GoLivePartyRule[];
  @Field(() => [GoLiveDocumentRule])
  documents!: GoLiveDocumentRule[];
}

@InputType('GoLivePolicyContentInput')
export class GoLivePolicyContentInput extends PolicyDays {
  @Field(() => [GoLivePartyRule])
  parties!: GoLivePartyRule[];
  @Field(() => [GoLiveDocumentRule])
  documents!: GoLiveDocumentRule[];
}

@InputType('PublishGoLivePolicyInput')
export class PublishGoLivePolicyInput {
  @Field(() => GoLivePolicyContentInput)
  content!: GoLivePolicyContentInput;
  @Field(() => Int, { description: 'Of the edition that was seen.' })
  expectedNumber!: number;
  @Field(() => ID)
  idempotencyKey!: string;
}

@ObjectType('GoLivePolicyPayload')
export class GoLivePolicyPayload {
  @Field(() => GoLivePolicyNode, { nullable: true })
  policy!: GoLivePolicyNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@InputType('BeginTrialInput')
export class BeginTrialInput {
  @Field(() => ID)
  systemId!: string;
  @Field(() => String, { description: 'YYYY-MM-DD.' })
  begunOn!: string;
  @Field(() => ID)
  idempotencyKey!: string;
}

@InputType('GoLiveActInput')
export class GoLiveActInput {
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => ID)
  idempotencyKey!: string;
}

@InputType('RecordTrialInput')
export class RecordTrialInput extends GoLiveActInput {
  @Field(() => EntryKindEnum)
  kind!: EntryKind;
  @Field(() => String, { description: 'YYYY-MM-DD, a day of the trial.' })
  day!: string;
  @Field(() => String, { description: '1-1000 characters.' })
  text!: string;
  @Field(() => [ID])
  fileIds!: string[];
}

@InputType('ResolveTrialIncidentInput')
export class ResolveTrialIncidentInput extends GoLiveActInput {
  @Field(() => ID)
  entryId!: string;
  @Field(() => String, { description: '1-1000 characters.' })
  resolution!: string;
}

@InputType('AddGoLiveDocumentInput')
export class AddGoLiveDocumentInput extends GoLiveActInput {
  @Field(() => DocumentKindEnum)
  kind!: DocumentKind;
  @Field(() => ID, { nullable: true })
  fileId!: string | null;
  @Field(() => String, { nullable: true })
  reference!: string | null;
}

@InputType('RemoveGoLiveDocumentInput')
export class RemoveGoLiveDocumentInput extends GoLiveActInput {
  @Field(() => ID)
  documentId!: string;
}

@InputType('StopGoLiveInput')
export class StopGoLiveInput extends GoLiveActInput {
  @Field(() => String, { description: '1-500 characters.' })
  reason!: string;
}

@InputType('OpenGoLiveFactsInput')
export class OpenGoLiveFactsInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
}

@InputType('SignGoLiveInput')
export class SignGoLiveInput {
  @Field(() => ID)
  id!: string;
  @Field(() => Int, { description: 'The round that was seen; another means that it was presented anew.' })
  round!: number;
  @Field(() => PartyEnum)
  party!: Party;
  @Field(() => DecisionEnum)
  decision!: Decision;
  @Field(() => String, { description: '1-500 characters.' })
  opinion!: string;
  @Field(() => String, { nullable: true, description: 'Who signed on paper; null = the viewer signs.' })
  signerName!: string | null;
  @Field(() => String, { nullable: true })
  organisation!: string | null;
  @Field(() => ID, { nullable: true, description: 'The scan of the signed page.' })
  fileId!: string | null;
  @Field(() => ID)
  idempotencyKey!: string;
}

@ObjectType('GoLiveCasePayload')
export class GoLiveCasePayload {
  @Field(() => GoLiveCaseNode, { nullable: true })
  case!: GoLiveCaseNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
