import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { DEPARTMENT_LEVELS, type Department, type DepartmentLevel } from './domain/department.js';

const DepartmentLevelEnum = enumOf(DEPARTMENT_LEVELS);
registerEnumType(DepartmentLevelEnum, {
  name: 'DepartmentLevel',
  valuesMap: {
    PROVINCE: { description: 'A provincial department.' },
    CITY: { description: 'A city (设区市): a delegated tenant with its own bureaus.' },
    BUREAU: { description: "A city's bureau." },
  },
});

@ObjectType('Department', { implements: () => [Node], description: '使用单位: a tenant organisation.' })
export class DepartmentNode extends Node {
  @Field(() => String, { description: 'Lasting; the namespace in every cluster is dept-<code>.' })
  code: string;

  @Field(() => String)
  name: string;

  @Field(() => DepartmentLevelEnum)
  level: DepartmentLevel;

  readonly parentId: string | null;

  constructor(department: Department) {
    super();
    this.id = toNodeId('Department', department.id);
    this.code = department.code;
    this.name = department.name;
    this.level = department.level;
    this.parentId = department.parentId;
  }
}

export const DepartmentConnection = connectionOf(DepartmentNode, 'Department');
