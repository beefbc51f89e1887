import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { LineKindEnum } from '../allocation/allocation.types.js';
import type { LineKind } from '../allocation/domain/line-kind.js';
import { DepartmentLevelEnum } from '../departments/departments.types.js';
import type { DepartmentLevel } from '../departments/domain/department.js';
import { BeginDraftInput, EditionActInput, EditionNode, SaveDraftInput } from '../editions/editions.graphql.js';
import { toNodeId, uuidOf } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { Node } from '../platform/graphql/relay.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import { UserError } from '../platform/graphql/user-error.js';
import type { LocalMode, RemoteMode } from '../systems/domain/system.js';
import { LocalModeEnum, RemoteModeEnum } from '../systems/systems.types.js';
import { ApprovalRoleEnum } from './approvals.graphql.js';
import type { ChainEditionRow } from './approvals.types.js';
import { type EditionContent, type RuleCondition, STEP_MODES, type StepMode } from './domain/chain.js';
import type { StepRole } from './domain/step-roles.js';

const StepModeEnum = enumOf(STEP_MODES);
registerEnumType(StepModeEnum, {
  name: 'ApprovalStepMode',
  valuesMap: { ANY: { description: '或签: one decides.' }, ALL: { description: '会签: all must approve.' } },
});

/** Both languages of a title, as the editor writes them. */
@ObjectType('ChainTitle')
@InputType('ChainTitleInput')
export class ChainTitle {
  @Field(() => String)
  zh!: string;
  @Field(() => String)
  en!: string;
}

@ObjectType('ChainStep')
@InputType('ChainStepInput')
export class ChainStep {
  @Field(() => String)
  key!: string;
  @Field(() => ChainTitle)
  title!: ChainTitle;
  @Field(() => [ApprovalRoleEnum])
  roles!: StepRole[];
  @Field(() => StepModeEnum)
  mode!: StepMode;
  @Field(() => Int, { description: 'People of each role when all must approve; 1 when any may.' })
  count!: number;
  @Field(() => Int)
  deadlineWorkingDays!: number;
  @Field(() => Boolean)
  needsFile!: boolean;
  @Field(() => Boolean, { defaultValue: false, description: 'Approved only once the sealed form is there (盖章件).' })
  needsSeal!: boolean;
  @Field(() => Boolean)
  holdsCapacity!: boolean;
  @Field(() => ApprovalRoleEnum)
  escalatesTo!: StepRole;
}

@ObjectType('Chain')
@InputType('ChainInput')
export class ChainDefinition {
  @Field(() => String)
  key!: string;
  @Field(() => ChainTitle)
  title!: ChainTitle;
  @Field(() => [ChainStep])
  steps!: ChainStep[];
}

/** null of a part = whichever. */
@ObjectType('ChainCondition')
@InputType('ChainConditionInput')
export class ChainCondition {
  @Field(() => [LineKindEnum], { nullable: true })
  kinds!: LineKind[] | null;
  @Field(() => FenScalar, { nullable: true, description: 'A month, that much or more.' })
  monthlyFrom!: bigint | null;
  @Field(() => FenScalar, { nullable: true, description: 'A month, less than that.' })
  monthlyBelow!: bigint | null;
  @Field(() => [LocalModeEnum], { nullable: true })
  localModes!: LocalMode[] | null;
  @Field(() => [RemoteModeEnum], { nullable: true })
  remoteModes!: RemoteMode[] | null;
  @Field(() => [DepartmentLevelEnum], { nullable: true })
  departmentLevels!: DepartmentLevel[] | null;
  @Field(() => [ID], { nullable: true, description: 'The department is one of these or stands below one.' })
  departmentIds!: string[] | null;
  @Field(() => Boolean, { description: 'Only what the approved yearly plan has foreseen.' })
  insidePlan!: boolean;
  @Field(() => Boolean, { defaultValue: false, description: 'Not for what is graded 差 (绩效).' })
  exceptPoor!: boolean;
}

@ObjectType('ChainRule')
@InputType('ChainRuleInput')
export class ChainRule {
  @Field(() => ChainTitle)
  title!: ChainTitle;
  @Field(() => ChainCondition)
  condition!: ChainCondition;
  @Field(() => String)
  chainKey!: string;
}

@ObjectType('ChainEdition', {
  implements: () => [Node],
  description: 'Rules and chains as they are published together; a request keeps the edition that it began with.',
})
export class ChainEditionNode extends EditionNode {
  @Field(() => [ChainRule], { description: 'In their order; the first that matches wins.' })
  rules: ChainRule[];
  @Field(() => [ChainDefinition])
  chains: ChainDefinition[];

  constructor(row: ChainEditionRow, inForce: boolean, problems: UserError[]) {
    super(toNodeId('ChainEdition', row.id), row, inForce, problems);
    this.inForce = inForce;
    this.rules = row.content.rules.map((rule) => ({ ...rule, condition: toCondition(rule.condition) }));
    this.chains = row.content.chains.map((chain) => ({
      ...chain,
      steps: chain.steps.map((step) => ({ ...step, needsSeal: step.needsSeal ?? false, roles: [...step.roles] })),
    }));
  }
}

function toCondition({ monthlyFenFrom, monthlyFenBelow, ...rest }: RuleCondition): ChainCondition {
  return {
    monthlyFrom: monthlyFenFrom === null ? null : BigInt(monthlyFenFrom),
    monthlyBelow: monthlyFenBelow === null ? null : BigInt(monthlyFenBelow),
    kinds: rest.kinds && [...rest.kinds],
    localModes: rest.localModes && ([...rest.localModes] as LocalMode[]),
    remoteModes: rest.remoteModes && ([...rest.remoteModes] as RemoteMode[]),
    departmentLevels: rest.departmentLevels && ([...rest.departmentLevels] as DepartmentLevel[]),
    departmentIds: rest.departmentIds?.map((id) => toNodeId('Department', id)) ?? null,
    insidePlan: rest.insidePlan,
    exceptPoor: rest.exceptPoor ?? false,
  };
}

@InputType('SaveChainDraftInput')
export class SaveChainDraftInput extends SaveDraftInput {
  @Field(() => [ChainRule])
  rules!: ChainRule[];
  @Field(() => [ChainDefinition])
  chains!: ChainDefinition[];
}

@InputType('BeginChainDraftInput')
export class BeginChainDraftInput extends BeginDraftInput {}

@InputType('ChainEditionActInput')
export class ChainEditionActInput extends EditionActInput {}

@ObjectType('ChainEditionPayload')
export class ChainEditionPayload {
  @Field(() => ChainEditionNode, { nullable: true })
  edition!: ChainEditionNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

/** An id that names no department reads as one that does not exist: publishing says so. */
const NO_DEPARTMENT = '-';

export function toContent(input: Pick<SaveChainDraftInput, 'rules' | 'chains'>): EditionContent {
  return {
    rules: input.rules.map(({ title, condition, chainKey }) => ({
      title: { ...title },
      chainKey,
      condition: {
        kinds: condition.kinds ?? null,
        monthlyFenFrom: condition.monthlyFrom?.toString() ?? null,
        monthlyFenBelow: condition.monthlyBelow?.toString() ?? null,
        localModes: condition.localModes ?? null,
        remoteModes: condition.remoteModes ?? null,
        departmentLevels: condition.departmentLevels ?? null,
        departmentIds: condition.departmentIds?.map((id) => uuidOf('Department', id) ?? NO_DEPARTMENT) ?? null,
        insidePlan: condition.insidePlan,
        exceptPoor: condition.exceptPoor,
      },
    })),
    chains: input.chains.map(({ key, title, steps }) => ({
      key,
      title: { ...title },
      steps: steps.map((step) => ({ ...step, title: { ...step.title } })),
    })),
  };
}
