import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { DECLARATION_STATES, DECLARATION_WARNING_DAYS, type DeclarationState } from './domain/declaration.js';
import {
  type GovernmentSystem,
  LOCAL_MODES,
  type LocalMode,
  type Project,
  REMOTE_MODES,
  type RemoteMode,
} from './domain/system.js';

const LocalModeEnum = enumOf(LOCAL_MODES);
registerEnumType(LocalModeEnum, {
  name: 'LocalMode',
  valuesMap: { SINGLE: { description: '单中心' }, DUAL_ACTIVE: { description: '同城双活' } },
});

const RemoteModeEnum = enumOf(REMOTE_MODES);
registerEnumType(RemoteModeEnum, {
  name: 'RemoteMode',
  valuesMap: { DATA: { description: '异地数据级灾备' }, APPLICATION: { description: '异地应用级灾备' } },
});

const DeclarationStateEnum = enumOf(DECLARATION_STATES);
registerEnumType(DeclarationStateEnum, {
  name: 'DeclarationState',
  description: '非涉密声明 today.',
  valuesMap: { EXPIRING: { description: `Runs out within ${DECLARATION_WARNING_DAYS} days.` } },
});

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

  readonly uuid: string;
  readonly departmentId: string;

  constructor(system: GovernmentSystem) {
    super();
    this.id = toNodeId('System', system.id);
    this.code = system.code;
    this.name = system.name;
    this.protectionLevel = system.protectionLevel;
    this.localMode = system.localMode;
    this.remoteMode = system.remoteMode;
    this.uuid = system.id;
    this.departmentId = system.departmentId;
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

  readonly departmentId: string;

  constructor(project: Project) {
    super();
    this.id = toNodeId('Project', project.id);
    this.code = project.code;
    this.name = project.name;
    this.budgetYear = project.budgetYear;
    this.fundSource = project.fundSource;
    this.departmentId = project.departmentId;
  }
}
