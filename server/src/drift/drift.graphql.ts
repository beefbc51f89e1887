import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import { HANDLINGS, type Handling } from './domain/drift-policy.js';
import { DRIFT_ACTIONS, DRIFT_STATES, type DriftState } from './domain/drift-state.js';
import { FIELD_CLASSES, type FieldClass } from './domain/field-class.js';
import type { DriftRow } from './drift.types.js';
import type { DriftPolicyRow } from './drift-policies.service.js';

export const DriftStateEnum = enumOf(DRIFT_STATES);
registerEnumType(DriftStateEnum, {
  name: 'DriftState',
  valuesMap: {
    ACCEPTED: { description: 'Let be until a day.' },
    GONE: { description: 'It went without the console.' },
  },
});
export const DriftActionEnum = enumOf(DRIFT_ACTIONS);
registerEnumType(DriftActionEnum, { name: 'DriftAction' });
export const DriftHandlingEnum = enumOf(HANDLINGS);
registerEnumType(DriftHandlingEnum, {
  name: 'DriftHandling',
  valuesMap: {
    HEAL: { description: 'Recorded, then put back at once.' },
    REPORT: { description: 'Recorded, and left until a person decides.' },
    IGNORE: { description: 'Not recorded.' },
  },
});
export const DriftFieldClassEnum = enumOf(FIELD_CLASSES);
registerEnumType(DriftFieldClassEnum, { name: 'DriftFieldClass' });

@ObjectType('Drift', {
  implements: () => [Node],
  description: '配置漂移: a field of a cluster’s object that says something else than the console applied.',
})
export class DriftNode extends Node {
  row: DriftRow;
  @Field(() => String, { description: 'Code of the resource, or the name of the object.' })
  subjectCode: string;
  @Field(() => String)
  objectKind: string;
  @Field(() => String)
  objectNamespace: string;
  @Field(() => String)
  objectName: string;
  @Field(() => String)
  path: string;
  @Field(() => DriftFieldClassEnum)
  fieldClass: FieldClass;
  @Field(() => String, { description: 'What was applied, as JSON.' })
  wanted: string;
  @Field(() => String, { nullable: true, description: 'What is found, as JSON; null = it is not there.' })
  found: string | null;
  @Field(() => String, { nullable: true, description: 'Who wrote it, as the cluster names its field managers.' })
  manager: string | null;
  @Field(() => DriftHandlingEnum)
  handling: Handling;
  @Field(() => DriftStateEnum)
  state: DriftState;
  @Field(() => Date)
  firstSeenAt: Date;
  @Field(() => Date, { description: 'When it was last seen to change.' })
  lastSeenAt: Date;
  @Field(() => Date, { nullable: true })
  acceptedUntil: Date | null;
  @Field(() => String, { nullable: true })
  decidedBy: string | null;
  @Field(() => Date, { nullable: true })
  decidedAt: Date | null;
  @Field(() => String, { nullable: true })
  reason: string | null;
  @Field(() => Date, { nullable: true })
  endedAt: Date | null;
  @Field(() => Int)
  version: number;

  constructor(row: DriftRow) {
    super();
    this.row = row;
    this.id = toNodeId('Drift', row.id);
    this.subjectCode = row.subjectCode;
    this.objectKind = row.objectKind;
    this.objectNamespace = row.objectNamespace;
    this.objectName = row.objectName;
    this.path = row.path;
    this.fieldClass = row.fieldClass;
    this.wanted = JSON.stringify(row.wanted, null, 2);
    this.found = row.found === null ? null : JSON.stringify(row.found, null, 2);
    this.manager = row.manager;
    this.handling = row.handling;
    this.state = row.state;
    this.firstSeenAt = row.firstSeenAt;
    this.lastSeenAt = row.lastSeenAt;
    this.acceptedUntil = row.acceptedUntil;
    this.decidedBy = row.decidedBy;
    this.decidedAt = row.decidedAt;
    this.reason = row.reason;
    this.endedAt = row.endedAt;
    this.version = row.version;
  }
}

export const DriftConnection = connectionOf(DriftNode, 'Drift');

@InputType('DriftFilter')
export class DriftFilterInput {
  @Field(() => [DriftStateEnum], { nullable: true })
  states?: DriftState[] | null;
  @Field(() => [DriftFieldClassEnum], { nullable: true })
  classes?: FieldClass[] | null;
  @Field(() => ID, { nullable: true })
  centerId?: string | null;
  @Field(() => ID, { nullable: true })
  resourceId?: string | null;
  @Field(() => String, { nullable: true, description: 'In the codes, the object, the field or its writer.' })
  search?: string | null;
}

@ObjectType('DriftRule')
export class DriftRuleNode {
  @Field(() => DriftFieldClassEnum)
  fieldClass!: FieldClass;
  @Field(() => DriftHandlingEnum)
  handling!: Handling;
}

@ObjectType('DriftPolicy', { description: 'One version of what becomes of foreign edits.' })
export class DriftPolicyNode {
  @Field(() => Int)
  number!: number;
  @Field(() => [DriftRuleNode])
  rules!: DriftRuleNode[];
  @Field(() => String)
  reason!: string;
  @Field(() => Date)
  changedAt!: Date;
  @Field(() => String)
  changedBy!: string;

  static of({ rules, ...row }: DriftPolicyRow): DriftPolicyNode {
    const listed = FIELD_CLASSES.map((fieldClass) => ({ fieldClass, handling: rules[fieldClass] }));
    return Object.assign(new DriftPolicyNode(), { ...row, rules: listed });
  }
}

@InputType('DriftRuleInput')
export class DriftRuleInput {
  @Field(() => DriftFieldClassEnum)
  fieldClass!: FieldClass;
  @Field(() => DriftHandlingEnum)
  handling!: Handling;
}

@InputType('ChangeDriftPolicyInput')
export class ChangeDriftPolicyInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int, { description: 'Number of the version that was looked at.' })
  expectedVersion!: number;
  @Field(() => [DriftRuleInput], { description: 'One of each class.' })
  rules!: DriftRuleInput[];
  @Field(() => String, { description: '1-500 characters.' })
  reason!: string;
}

@ObjectType('DriftPolicyPayload')
export class DriftPolicyPayload {
  @Field(() => DriftPolicyNode, { nullable: true, description: 'In force now.' })
  policy!: DriftPolicyNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@InputType('PutBackDriftInput')
export class PutBackDriftInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => String, { description: '1-500 characters.' })
  reason!: string;
}

@InputType('AcceptDriftInput')
export class AcceptDriftInput extends PutBackDriftInput {
  @Field(() => Int, { description: '1-90, from now; then it is open again.' })
  days!: number;
}

@ObjectType('DriftPayload')
export class DriftPayload {
  @Field(() => DriftNode, { nullable: true })
  drift!: DriftNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
