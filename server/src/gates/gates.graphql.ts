import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { LineKindEnum } from '../allocation/allocation.types.js';
import type { LineKind } from '../allocation/domain/line-kind.js';
import { ChainTitle } from '../approvals/chain-editions.graphql.js';
import { DepartmentLevelEnum } from '../departments/departments.types.js';
import type { DepartmentLevel } from '../departments/domain/department.js';
import {
  BeginDraftInput,
  DatedEditionNode,
  EditionActInput,
  SaveDatedDraftInput,
} from '../editions/editions.graphql.js';
import type { NetworkZone } from '../facilities/domain/facility.js';
import { NetworkZoneEnum } from '../facilities/facilities.types.js';
import { toNodeId, uuidOf } from '../kernel/node-id.js';
import type { LinkTarget } from '../kernel/refusal.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { Node } from '../platform/graphql/relay.js';
import { LinkTargetEnum, UserError } from '../platform/graphql/user-error.js';
import type { ServerArchitecture } from '../servers/domain/processor.js';
import { ServerArchitectureEnum } from '../servers/servers.graphql.js';
import type { ReliabilityPart } from '../systems/domain/reliability.js';
import type { LocalMode, RemoteMode } from '../systems/domain/system.js';
import { LocalModeEnum, ReliabilityPartEnum, RemoteModeEnum } from '../systems/systems.types.js';
import { CHECKS } from './domain/checks.js';
import { GATE_CHECKS, GATE_SEVERITIES, type GateCheck, type GateContent, type GateSeverity } from './domain/rules.js';
import type { GateEditionRow } from './gates.types.js';

export const GateCheckEnum = enumOf(GATE_CHECKS);
registerEnumType(GateCheckEnum, { name: 'GateCheck', description: 'What a rule of the gates looks at.' });
export const GateSeverityEnum = enumOf(GATE_SEVERITIES);
registerEnumType(GateSeverityEnum, {
  name: 'GateSeverity',
  valuesMap: {
    REFUSE: { description: '拒绝: nothing goes to the center.' },
    WARN: { description: '提示: told, and it goes on.' },
  },
});
const GateUnitEnum = enumOf(['DAY', 'CHARACTER']);
registerEnumType(GateUnitEnum, { name: 'GateUnit' });

/** null of a part = whichever. */
@ObjectType('GateCondition')
@InputType('GateConditionInput')
export class GateConditionPart {
  @Field(() => [LineKindEnum], { nullable: true, description: 'At least one line is of these kinds.' })
  kinds!: LineKind[] | null;
  @Field(() => [NetworkZoneEnum], { nullable: true, description: 'At least one line is in these zones.' })
  zones!: NetworkZone[] | null;
  @Field(() => [Int], { nullable: true, description: '等保 level of the system.' })
  protectionLevels!: number[] | null;
  @Field(() => [LocalModeEnum], { nullable: true })
  localModes!: LocalMode[] | null;
  @Field(() => [RemoteModeEnum], { nullable: true })
  remoteModes!: RemoteMode[] | null;
  @Field(() => [DepartmentLevelEnum], { nullable: true })
  departmentLevels!: DepartmentLevel[] | null;
  @Field(() => [ID], { nullable: true, description: 'The department is one of these or stands below one.' })
  departmentIds!: string[] | null;
}

@ObjectType('GateRule')
@InputType('GateRuleInput')
export class GateRulePart {
  @Field(() => String, { description: 'Lasting: refusals and records carry it.' })
  key!: string;
  @Field(() => GateCheckEnum)
  check!: GateCheck;
  @Field(() => GateSeverityEnum)
  severity!: GateSeverity;
  @Field(() => ChainTitle)
  title!: ChainTitle;
  @Field(() => ChainTitle, { description: 'What is wrong and what to do.' })
  text!: ChainTitle;
  @Field(() => LinkTargetEnum)
  linkTo!: LinkTarget;
  @Field(() => Int, { nullable: true, description: 'Days or characters, where the check counts something.' })
  parameter!: number | null;
  @Field(() => GateConditionPart)
  condition!: GateConditionPart;
}

@ObjectType('GateProduct', { description: 'One product of the directory that statements and lines are compared by.' })
@InputType('GateProductInput')
export class GateProductPart {
  @Field(() => String)
  key!: string;
  @Field(() => ReliabilityPartEnum)
  part!: ReliabilityPart;
  @Field(() => String)
  name!: string;
  @Field(() => [String], { description: 'One of them stands in what a statement calls it.' })
  statedAs!: string[];
  @Field(() => [String], {
    description:
      'One of them stands in the code or name of an image or service that is it; of a processor, in its maker.',
  })
  offeredAs!: string[];
  @Field(() => [ServerArchitectureEnum], { description: 'Of a processor what it runs; empty for others.' })
  architectures!: ServerArchitecture[];
  @Field(() => Boolean, { nullable: true, description: 'null = the published list does not say.' })
  domestic!: boolean | null;
}

@ObjectType('GateCheckMeaning', { description: 'What a check counts, for whoever writes a rule.' })
export class GateCheckMeaningNode {
  @Field(() => GateCheckEnum)
  check!: GateCheck;
  @Field(() => GateUnitEnum, { nullable: true, description: 'null = it counts nothing.' })
  unit!: 'DAY' | 'CHARACTER' | null;
  @Field(() => Int, { nullable: true })
  min!: number | null;
  @Field(() => Int, { nullable: true })
  max!: number | null;
}

export function meaningOf(check: GateCheck): GateCheckMeaningNode {
  const { parameter } = CHECKS[check];
  return { check, unit: parameter?.unit ?? null, min: parameter?.min ?? null, max: parameter?.max ?? null };
}

@ObjectType('GateEdition', {
  implements: () => [Node],
  description: '准入规则: rules at submit as they are published together; a request keeps by which it was judged.',
})
export class GateEditionNode extends DatedEditionNode {
  @Field(() => [GateRulePart])
  rules: GateRulePart[];
  @Field(() => [GateProductPart], { description: '产品目录.' })
  products: GateProductPart[];

  constructor(row: GateEditionRow, inForce: boolean, problems: UserError[]) {
    super(toNodeId('GateEdition', row.id), row, inForce, problems);
    this.inForce = inForce;
    this.rules = row.content.rules.map(
      ({ condition, ...rule }) =>
        ({
          ...rule,
          condition: {
            ...condition,
            departmentIds: condition.departmentIds?.map((id) => toNodeId('Department', id)) ?? null,
          },
        }) as GateRulePart,
    );
    this.products = (row.content.products ?? []).map((product) => ({ ...product }) as GateProductPart);
  }
}

@InputType('BeginGateDraftInput')
export class BeginGateDraftInput extends BeginDraftInput {}

@InputType('SaveGateDraftInput')
export class SaveGateDraftInput extends SaveDatedDraftInput {
  @Field(() => [GateRulePart])
  rules!: GateRulePart[];
  @Field(() => [GateProductPart], { nullable: true, description: 'null = as they were.' })
  products?: GateProductPart[] | null;
}

@InputType('GateEditionActInput')
export class GateEditionActInput extends EditionActInput {}

@ObjectType('GateEditionPayload')
export class GateEditionPayload {
  @Field(() => GateEditionNode, { nullable: true })
  edition!: GateEditionNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

/** An id that names no department reads as one that does not exist: publishing says so. */
const NO_DEPARTMENT = '-';

export function toGateContent(
  rules: readonly GateRulePart[],
  products: readonly GateProductPart[] | null | undefined,
): GateContent {
  return {
    ...(products ? { products: products.map((product) => ({ ...product, domestic: product.domestic ?? null })) } : {}),
    rules: rules.map(({ condition, title, text, ...rule }) => ({
      ...rule,
      parameter: rule.parameter ?? null,
      title: { ...title },
      text: { ...text },
      condition: {
        kinds: condition.kinds ?? null,
        zones: condition.zones ?? null,
        protectionLevels: condition.protectionLevels ?? null,
        localModes: condition.localModes ?? null,
        remoteModes: condition.remoteModes ?? null,
        departmentLevels: condition.departmentLevels ?? null,
        departmentIds: condition.departmentIds?.map((id) => uuidOf('Department', id) ?? NO_DEPARTMENT) ?? null,
      },
    })),
  };
}
