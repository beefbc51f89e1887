import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import {
  DEPARTMENT_LEVELS,
  DEPARTMENT_STATES,
  type DepartmentLevel,
  type DepartmentRow,
  type DepartmentState,
} from './domain/department.js';

export const DepartmentLevelEnum = enumOf(DEPARTMENT_LEVELS);
registerEnumType(DepartmentLevelEnum, {
  name: 'DepartmentLevel',
  valuesMap: {
    PROVINCE: { description: 'A provincial department.' },
    CITY: { description: 'A city (设区市): a delegated tenant with its own bureaus.' },
    BUREAU: { description: "A city's bureau." },
  },
});

export const DepartmentStateEnum = enumOf(DEPARTMENT_STATES);
registerEnumType(DepartmentStateEnum, { name: 'DepartmentState' });

@ObjectType('Department', { implements: () => [Node], description: '使用单位: a tenant organisation.' })
export class DepartmentNode extends Node {
  @Field(() => String, { description: 'Lasting; the namespace in every cluster is dept-<code>.' })
  code: string;

  @Field(() => String)
  name: string;

  @Field(() => DepartmentLevelEnum)
  level: DepartmentLevel;

  @Field(() => DepartmentStateEnum)
  state: DepartmentState;

  @Field(() => Int)
  version: number;

  readonly uuid: string;
  readonly parentId: string | null;
  readonly contact: Pick<DepartmentRow, 'contactName' | 'contactPhone'>;

  constructor(department: DepartmentRow) {
    super();
    this.id = toNodeId('Department', department.id);
    this.uuid = department.id;
    this.code = department.code;
    this.name = department.name;
    this.level = department.level;
    this.state = department.state;
    this.version = department.version;
    this.parentId = department.parentId;
    this.contact = department;
  }
}

export const DepartmentConnection = connectionOf(DepartmentNode, 'Department');

@InputType('DepartmentFilter')
export class DepartmentFilterInput {
  @Field(() => ID, { nullable: true, description: 'Its bureaus only.' })
  parentId?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Only what stands on top, as far as the viewer sees.' })
  tops?: boolean | null;
  @Field(() => DepartmentStateEnum, { nullable: true })
  state?: DepartmentState | null;
}

@InputType('CreateDepartmentInput')
export class CreateDepartmentInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => String, { description: 'Never changed again. A bureau’s begins with its city’s code and a hyphen.' })
  code!: string;
  @Field(() => String)
  name!: string;
  @Field(() => DepartmentLevelEnum, { description: 'Of what stands on top; a department with a parent is a BUREAU.' })
  level!: DepartmentLevel;
  @Field(() => ID, { nullable: true, description: 'The city of a bureau.' })
  parentId?: string | null;
  @Field(() => String, { nullable: true })
  contactName?: string | null;
  @Field(() => String, { nullable: true })
  contactPhone?: string | null;
}

@InputType('DepartmentActInput')
export class DepartmentActInput {
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => ID)
  idempotencyKey!: string;
}

@InputType('EditDepartmentInput')
export class EditDepartmentInput extends DepartmentActInput {
  @Field(() => String)
  name!: string;
  @Field(() => String, { nullable: true })
  contactName?: string | null;
  @Field(() => String, { nullable: true })
  contactPhone?: string | null;
}

@ObjectType('DepartmentPayload')
export class DepartmentPayload {
  @Field(() => DepartmentNode, { nullable: true })
  department!: DepartmentNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
