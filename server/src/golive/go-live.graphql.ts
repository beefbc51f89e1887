import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { StoredFileNode } from '../files/files.graphql.js';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { GO_LIVE_ACTIONS, type GoLiveAction } from './domain/go-live-actions.js';
import { DOCUMENT_KINDS, type DocumentKind, PARTIES, type Party } from './domain/go-live-policy.js';
import { GO_LIVE_MOVES, GO_LIVE_STATES, type GoLiveMove, type GoLiveState } from './domain/go-live-state.js';
import { DECISIONS, type Decision } from './domain/signing.js';
import { OBSTACLES, type ObstacleKind } from './domain/trial.js';
import { type CaseRow, DUE_STEPS, type DueStep, ENTRY_KINDS, type EntryKind } from './go-live.types.js';

export const GoLiveStateEnum = enumOf(GO_LIVE_STATES);
registerEnumType(GoLiveStateEnum, {
  name: 'GoLiveState',
  valuesMap: {
    TRIAL: { description: '试运行.' },
    ACCEPTANCE: { description: '验收会签: presented; nothing of it changes while the parties sign.' },
    LIVE: { description: '已上线.' },
    STOPPED: { description: '已终止.' },
  },
});
export const PartyEnum = enumOf(PARTIES);
registerEnumType(PartyEnum, {
  name: 'GoLiveParty',
  valuesMap: { VENDOR: { description: '承建单位.' }, ASSESSOR: { description: '测评机构.' } },
});
export const DocumentKindEnum = enumOf(DOCUMENT_KINDS);
registerEnumType(DocumentKindEnum, { name: 'GoLiveDocumentKind' });
export const EntryKindEnum = enumOf(ENTRY_KINDS);
registerEnumType(EntryKindEnum, { name: 'GoLiveEntryKind' });
export const DecisionEnum = enumOf(DECISIONS);
registerEnumType(DecisionEnum, { name: 'GoLiveDecision' });
const DueStepEnum = enumOf(DUE_STEPS);
registerEnumType(DueStepEnum, { name: 'GoLiveDueStep', description: 'What a case waits for at its deadline.' });
const ObstacleEnum = enumOf(OBSTACLES);
registerEnumType(ObstacleEnum, { name: 'GoLiveObstacleKind' });
const GoLiveActionEnum = enumOf(GO_LIVE_ACTIONS);
registerEnumType(GoLiveActionEnum, { name: 'GoLiveAction' });
const GoLiveStepEnum = enumOf(['BEGIN', ...GO_LIVE_MOVES] as const);
registerEnumType(GoLiveStepEnum, { name: 'GoLiveStep' });

@ObjectType('GoLiveEntry', { description: 'A record of the trial, or an incident.' })
export class GoLiveEntryNode {
  @Field(() => ID)
  id!: string;
  @Field(() => EntryKindEnum)
  kind!: EntryKind;
  @Field(() => String)
  day!: string;
  @Field(() => String)
  text!: string;
  @Field(() => Date)
  enteredAt!: Date;
  @Field(() => String)
  enteredBy!: string;
  @Field(() => Date, { nullable: true, description: 'null = an incident that is open, or no incident.' })
  resolvedAt!: Date | null;
  @Field(() => String, { nullable: true })
  resolvedBy!: string | null;
  @Field(() => String, { nullable: true })
  resolution!: string | null;
  @Field(() => [StoredFileNode])
  files!: StoredFileNode[];
}

@ObjectType('GoLiveDocument')
export class GoLiveDocumentNode {
  @Field(() => ID)
  id!: string;
  @Field(() => DocumentKindEnum)
  kind!: DocumentKind;
  @Field(() => String, { nullable: true, description: 'Number of a report that is kept elsewhere.' })
  reference!: string | null;
  @Field(() => Date)
  addedAt!: Date;
  @Field(() => String)
  addedBy!: string;
  @Field(() => StoredFileNode, { nullable: true })
  file!: StoredFileNode | null;
}

@ObjectType('GoLiveSignature', { description: 'One party’s word.' })
export class GoLiveSignatureNode {
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  round!: number;
  @Field(() => PartyEnum)
  party!: Party;
  @Field(() => DecisionEnum)
  decision!: Decision;
  @Field(() => String)
  opinion!: string;
  @Field(() => String)
  signerName!: string;
  @Field(() => String, { nullable: true, description: 'Of who signed on paper.' })
  organisation!: string | null;
  @Field(() => String, { nullable: true, description: 'Who entered what was signed on paper; null = with an account.' })
  enteredBy!: string | null;
  @Field(() => Date)
  at!: Date;
  @Field(() => StoredFileNode, { nullable: true, description: 'The scan of the signed page.' })
  file!: StoredFileNode | null;
}

@ObjectType('GoLiveEvent')
export class GoLiveEventNode {
  @Field(() => ID)
  id!: string;
  @Field(() => Date)
  at!: Date;
  @Field(() => String)
  actorName!: string;
  @Field(() => GoLiveStepEnum)
  action!: GoLiveMove | 'BEGIN';
  @Field(() => String, { nullable: true })
  reason!: string | null;
}

@ObjectType('GoLiveObstacle', { description: 'What keeps a trial from acceptance.' })
export class GoLiveObstacleNode {
  @Field(() => ObstacleEnum)
  kind!: ObstacleKind;
  @Field(() => Int, { description: 'Days left, or incidents that are open.' })
  count!: number;
  @Field(() => DocumentKindEnum, { nullable: true })
  document!: DocumentKind | null;
}

@ObjectType('GoLiveActionAvailability')
export class GoLiveActionAvailability {
  @Field(() => GoLiveActionEnum)
  action!: GoLiveAction;
  @Field(() => String, { nullable: true, description: 'null = may be done now.' })
  disabledReason!: string | null;
}

@ObjectType('GoLivePartyToSign', { description: 'A party that the viewer may sign for now.' })
export class PartyToSignNode {
  @Field(() => PartyEnum)
  party!: Party;
  @Field(() => Boolean, { description: 'By entering what another signed on paper.' })
  onPaper!: boolean;
}

@ObjectType('SystemInUse', { description: 'What of a system is in use.' })
export class SystemInUseNode {
  @Field(() => Int)
  machines!: number;
  @Field(() => Int)
  vcpu!: number;
  @Field(() => Int)
  memoryMib!: number;
  @Field(() => Int)
  diskGib!: number;
  @Field(() => Int)
  servers!: number;
  @Field(() => Int, { description: 'In cabinets.' })
  places!: number;
  @Field(() => Int)
  services!: number;
  @Field(() => [String])
  centers!: string[];
}

@ObjectType('GoLiveCase', { implements: () => [Node], description: '系统上线: trial run and acceptance.' })
export class GoLiveCaseNode extends Node {
  row: CaseRow;
  @Field(() => String, { description: 'e.g. SX-2026-000001.' })
  code: string;
  @Field(() => GoLiveStateEnum)
  state: GoLiveState;
  @Field(() => Int, { description: 'Edition of the rules that it began under.' })
  policyNumber: number;
  @Field(() => String)
  begunOn: string;
  @Field(() => String, { description: 'The first day on which the trial is over.' })
  overOn: string;
  @Field(() => Int, { description: 'How often it was presented; signatures name their round.' })
  round: number;
  @Field(() => DueStepEnum, { nullable: true })
  dueStep: DueStep | null;
  @Field(() => Date, { nullable: true })
  dueAt: Date | null;
  @Field(() => String, { nullable: true })
  liveSince: string | null;
  @Field(() => String)
  openedByName: string;
  @Field(() => Date)
  openedAt: Date;
  @Field(() => Date, { nullable: true })
  closedAt: Date | null;
  @Field(() => Int)
  version: number;
  @Field(() => String, { nullable: true, description: 'Of what is signed; null = it was not presented.' })
  checkCode: string | null;
  @Field(() => String, { description: 'Where to print the acceptance sheet, as PDF.' })
  sheetUrl: string;

  constructor(row: CaseRow, checkCode: string | null) {
    super();
    this.row = row;
    this.id = toNodeId('GoLiveCase', row.id);
    this.code = row.code;
    this.state = row.state;
    this.policyNumber = row.policyNumber;
    this.begunOn = row.begunOn;
    this.overOn = row.overOn;
    this.round = row.round;
    this.dueStep = row.dueStep;
    this.dueAt = row.dueAt;
    this.liveSince = row.liveSince;
    this.openedByName = row.openedByName;
    this.openedAt = row.openedAt;
    this.closedAt = row.closedAt;
    this.version = row.version;
    this.checkCode = checkCode;
    this.sheetUrl = `/papers/go-lives/${this.id}/acceptance-sheet.pdf`;
  }
}

export const GoLiveCaseConnection = connectionOf(GoLiveCaseNode, 'GoLiveCase');

@InputType('GoLiveCaseFilter')
export class GoLiveCaseFilterInput {
  @Field(() => [GoLiveStateEnum], { nullable: true })
  states!: GoLiveState[] | null;
  @Field(() => ID, { nullable: true })
  systemId!: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Only those whose deadline has passed.' })
  overdue!: boolean | null;
  @Field(() => String, { nullable: true, description: 'In code, system or person.' })
  search!: string | null;
}
