import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { LineKindEnum } from '../allocation/allocation.types.js';
import type { LineKind } from '../allocation/domain/line-kind.js';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import { RequestNode } from '../requests/requests.graphql.js';
import type { RequestRow } from '../requests/requests.types.js';
import type { ObjectionRow, SheetOfRequest } from './documents.types.js';
import { SHEET_STATES, type SheetState } from './domain/delivery-sheet.js';
import { FIRST_LOGIN_STATES, type FirstLoginState } from './domain/first-login.js';
import { RESET_STAGES, type ResetStage } from './domain/login-reset.js';
import type { SheetItem } from './domain/sheet-content.js';
import { kindOfThing } from './domain/sheet-items.js';

/** The node that a thing of a sheet is, by its kind. */
export const NODE_OF_THING = {
  VM: 'Resource',
  SERVER: 'Server',
  CABINET: 'CabinetHolder',
  SERVICE: 'RequestLine',
} as const satisfies { readonly [K in LineKind]: string };

const SheetStateEnum = enumOf(SHEET_STATES);
registerEnumType(SheetStateEnum, { name: 'DeliverySheetState' });
const FirstLoginStateEnum = enumOf(FIRST_LOGIN_STATES);
registerEnumType(FirstLoginStateEnum, {
  name: 'FirstLoginState',
  valuesMap: {
    REVEALED: { description: 'It was shown once and is gone.' },
    DESTROYED: { description: 'Nobody fetched it in its term.' },
    RESETTING: { description: 'It was lost, and another one is being set in the guest.' },
  },
});
const ResetStageEnum = enumOf(RESET_STAGES);
registerEnumType(ResetStageEnum, {
  name: 'LoginResetStage',
  valuesMap: {
    SENDING: { description: 'The cluster does not have it yet.' },
    RESTART: { description: 'The machine must be started anew before it can take one.' },
    OFF: { description: 'It does not run.' },
    NO_AGENT: { description: 'The guest agent does not answer.' },
    REFUSED: { description: 'The guest did not take it.' },
    SETTING: { description: 'The guest has it and needs a moment.' },
    SET: { description: 'It holds, and is to be fetched.' },
    OVER: { description: 'It was handed over, or destroyed.' },
  },
});

@ObjectType('LoginReset', {
  description: '口令重置: another password for the same account, because the first one was lost.',
})
export class LoginResetNode {
  @Field(() => Int, { description: 'From 1, of its machine.' })
  number!: number;
  @Field(() => ResetStageEnum)
  stage!: ResetStage;
  @Field(() => String, { description: 'How far it is, with what keeps it in the cluster’s own words.' })
  stageText!: string;
  @Field(() => String)
  reason!: string;
  @Field(() => Date)
  askedAt!: Date;
  @Field(() => String)
  askedBy!: string;
}

@ObjectType('FirstLogin', {
  description: '初始口令: shown once, to the applicant alone. Never part of any answer but that one.',
})
export class FirstLoginNode {
  @Field(() => FirstLoginStateEnum)
  state!: FirstLoginState;
  @Field(() => String)
  username!: string;
  @Field(() => Date, { description: 'What nobody fetched until then is destroyed.' })
  expiresAt!: Date;
  @Field(() => Date, { nullable: true })
  revealedAt!: Date | null;
  @Field(() => String, { nullable: true })
  revealedBy!: string | null;
  @Field(() => Boolean, { description: 'The viewer may take it now.' })
  mayReveal!: boolean;
  @Field(() => Boolean, { description: 'The viewer may have another one set now.' })
  mayReset!: boolean;
  @Field(() => LoginResetNode, { nullable: true, description: 'The newest; null = it was never reset.' })
  reset!: LoginResetNode | null;
}

@ObjectType('DeliveryObjection', { implements: () => [Node], description: '异议: of the department, to one resource.' })
export class DeliveryObjectionNode extends Node {
  @Field(() => String)
  reason: string;
  @Field(() => Date)
  raisedAt: Date;
  @Field(() => String)
  raisedBy: string;
  @Field(() => String, { nullable: true, description: 'null = it waits for the center.' })
  answer: string | null;
  @Field(() => Date, { nullable: true })
  answeredAt: Date | null;
  @Field(() => String, { nullable: true })
  answeredBy: string | null;

  constructor(row: ObjectionRow) {
    super();
    this.id = toNodeId('DeliveryObjection', row.id);
    this.reason = row.reason;
    this.raisedAt = row.raisedAt;
    this.raisedBy = row.raisedBy;
    this.answer = row.answer;
    this.answeredAt = row.answeredAt;
    this.answeredBy = row.answeredBy;
  }
}

/** Its login is a field of the resolver: asked for where somebody looks at it. */
@ObjectType('DeliverySheetItem')
export class DeliverySheetItemNode {
  @Field(() => LineKindEnum)
  kind: LineKind;
  @Field(() => ID, { description: 'Of the Resource, Server, CabinetHolder or RequestLine, by its kind.' })
  resourceId: string;
  @Field(() => String)
  code: string;
  @Field(() => String)
  name: string;
  @Field(() => String)
  specification: string;
  @Field(() => String)
  center: string;
  @Field(() => [String])
  addresses: string[];
  @Field(() => String, { nullable: true })
  clusterObject: string | null;
  @Field(() => String)
  provisionedBy: string;
  @Field(() => Date, { nullable: true, description: 'Use is metered from then on.' })
  deliveredAt: Date | null;
  @Field(() => String, { nullable: true, description: 'What proves it, of what people made ready.' })
  evidence: string | null;
  @Field(() => [DeliveryObjectionNode], { description: 'The first first.' })
  objections: DeliveryObjectionNode[];

  constructor(
    readonly item: SheetItem,
    readonly request: RequestRow,
    objections: readonly ObjectionRow[],
  ) {
    this.kind = kindOfThing(item);
    this.resourceId = toNodeId(NODE_OF_THING[this.kind], item.resourceId);
    this.code = item.code;
    this.name = item.name;
    this.specification = item.specification;
    this.center = item.center;
    this.addresses = [...item.addresses];
    this.clusterObject = item.clusterObject;
    this.provisionedBy = item.provisionedBy;
    this.deliveredAt = item.deliveredAt === null ? null : new Date(item.deliveredAt);
    this.evidence = item.evidence ?? null;
    this.objections = objections.map((one) => new DeliveryObjectionNode(one));
  }
}

export const DeliverySheetItemConnection = connectionOf(DeliverySheetItemNode, 'DeliverySheetItem');

@InputType('DeliverySheetItemFilter')
export class DeliverySheetItemFilterInput {
  @Field(() => [LineKindEnum], { nullable: true })
  kinds!: LineKind[] | null;
  @Field(() => Boolean, { nullable: true, description: 'Only those with an objection that waits for its answer.' })
  openObjection!: boolean | null;
  @Field(() => String, { nullable: true, description: 'In code, name and addresses.' })
  search!: string | null;
}

/** Its things and what is counted of them are fields of the resolver. */
@ObjectType('DeliverySheet', {
  implements: () => [Node],
  description: '资源开通确认单: what was delivered of a request.',
})
export class DeliverySheetNode extends Node {
  @Field(() => String, { description: 'e.g. KT-2026-000123.' })
  code: string;
  @Field(() => String)
  requestCode: string;
  @Field(() => ID)
  requestId: string;
  @Field(() => SheetStateEnum)
  state: SheetState;
  @Field(() => Int)
  version: number;
  @Field(() => Date, { description: 'When the last of its resources was delivered.' })
  openedAt: Date;
  @Field(() => Date, { nullable: true, description: 'Confirmed by rule then (默认确认), unless somebody acts.' })
  dueAt: Date | null;
  @Field(() => Date, { nullable: true })
  confirmedAt: Date | null;
  @Field(() => String, { nullable: true })
  confirmedBy: string | null;
  @Field(() => Boolean)
  byRule: boolean;
  @Field(() => String, { description: 'Where to print it, as PDF.' })
  sheetUrl: string;

  constructor(readonly of: SheetOfRequest) {
    super();
    const { head } = of;
    this.id = toNodeId('DeliverySheet', head.id);
    this.code = head.code;
    this.requestCode = head.requestCode;
    this.requestId = toNodeId('Request', head.requestId);
    this.state = head.state;
    this.version = head.version;
    this.openedAt = head.openedAt;
    this.dueAt = head.dueAt;
    this.confirmedAt = head.confirmedAt;
    this.confirmedBy = head.confirmedBy;
    this.byRule = head.byRule;
    this.sheetUrl = `/papers/requests/${this.requestId}/delivery-sheet.pdf`;
  }
}

export const DeliverySheetConnection = connectionOf(DeliverySheetNode, 'DeliverySheet');

@InputType('DeliverySheetFilter')
export class DeliverySheetFilterInput {
  @Field(() => [SheetStateEnum], { nullable: true })
  states!: SheetState[] | null;
  @Field(() => Boolean, {
    nullable: true,
    description: 'Only those that the rule confirmed (默认确认), or only others.',
  })
  byRule!: boolean | null;
  @Field(() => String, { nullable: true, description: 'In the code of the sheet or of its request.' })
  search!: string | null;
}

@InputType('ConfirmDeliveryInput')
export class ConfirmDeliveryInput {
  @Field(() => ID)
  requestId!: string;
  @Field(() => Int, { description: 'Of the sheet.' })
  expectedVersion!: number;
  @Field(() => ID)
  idempotencyKey!: string;
}

@InputType('ResourceObjectionInput')
export class ResourceObjectionInput {
  @Field(() => ID)
  resourceId!: string;
  @Field(() => String, { description: '1-500 characters.' })
  reason!: string;
}

@InputType('ObjectToDeliveryInput')
export class ObjectToDeliveryInput extends ConfirmDeliveryInput {
  @Field(() => [ResourceObjectionInput])
  objections!: ResourceObjectionInput[];
}

@InputType('AnswerObjectionInput')
export class AnswerObjectionInput {
  @Field(() => ID)
  objectionId!: string;
  @Field(() => String, { description: 'What was done about it, 1-500 characters.' })
  answer!: string;
  @Field(() => ID)
  idempotencyKey!: string;
}

@InputType('RevealFirstLoginInput')
export class RevealFirstLoginInput {
  @Field(() => ID, { description: 'Of a Resource or a Server.' })
  resourceId!: string;
  @Field(() => ID)
  idempotencyKey!: string;
}

@InputType('ResetFirstLoginInput')
export class ResetFirstLoginInput {
  @Field(() => ID)
  resourceId!: string;
  @Field(() => String, { description: '1-500 characters.' })
  reason!: string;
  @Field(() => ID)
  idempotencyKey!: string;
}

@ObjectType('DeliverySheetPayload')
export class DeliverySheetPayload {
  @Field(() => RequestNode, { nullable: true })
  request!: RequestNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@ObjectType('RevealedLogin', { description: 'Answered once; the same press asked again is told that it was.' })
export class RevealedLoginNode {
  @Field(() => String)
  username!: string;
  @Field(() => String)
  password!: string;
}

@ObjectType('RevealFirstLoginPayload')
export class RevealFirstLoginPayload {
  @Field(() => RevealedLoginNode, { nullable: true })
  login!: RevealedLoginNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
