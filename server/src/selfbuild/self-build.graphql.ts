import { Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import {
  BeginDraftInput,
  DatedEditionNode,
  EditionActInput,
  SaveDatedDraftInput,
} from '../editions/editions.graphql.js';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { Node } from '../platform/graphql/relay.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import { UserError } from '../platform/graphql/user-error.js';
import {
  ASSUMPTION_GROUPS,
  ASSUMPTION_KEYS,
  ASSUMPTION_UNITS,
  ASSUMPTIONS,
  type AssumptionGroup,
  type AssumptionKey,
  type AssumptionUnit,
  SOURCE_KINDS,
  type SourceKind,
} from './domain/assumptions.js';
import { LINE_TERMS, type LineTerm, SELF_BUILD_LINES, type SelfBuildLineKey } from './domain/comparison.js';
import { textOf } from './domain/ratio.js';
import type { SiteUse } from './domain/site-use.js';
import type { SelfBuildEditionRow } from './self-build.entity.js';

const AssumptionKeyEnum = enumOf(ASSUMPTION_KEYS);
registerEnumType(AssumptionKeyEnum, { name: 'SelfBuildAssumptionKey' });
const AssumptionUnitEnum = enumOf(ASSUMPTION_UNITS);
registerEnumType(AssumptionUnitEnum, { name: 'SelfBuildAssumptionUnit' });
const AssumptionGroupEnum = enumOf(ASSUMPTION_GROUPS);
registerEnumType(AssumptionGroupEnum, { name: 'SelfBuildAssumptionGroup' });
const SourceKindEnum = enumOf(SOURCE_KINDS);
registerEnumType(SourceKindEnum, {
  name: 'SelfBuildSourceKind',
  valuesMap: {
    PUBLIC: { description: 'Somebody outside has said it; the note says where.' },
    ASSUMED: { description: 'An assumption of our own; the note says why.' },
  },
});
const LineKeyEnum = enumOf(SELF_BUILD_LINES);
registerEnumType(LineKeyEnum, { name: 'SelfBuildLineKey' });
const LineTermEnum = enumOf(LINE_TERMS);
registerEnumType(LineTermEnum, { name: 'SelfBuildLineTerm' });

@ObjectType('SelfBuildAssumption')
export class AssumptionNode {
  @Field(() => AssumptionKeyEnum)
  key!: AssumptionKey;
  @Field(() => AssumptionGroupEnum)
  group!: AssumptionGroup;
  @Field(() => AssumptionUnitEnum)
  unit!: AssumptionUnit;
  @Field(() => String, { nullable: true, description: 'In its unit; null = not said yet, in a draft.' })
  value!: string | null;
  @Field(() => SourceKindEnum)
  source!: SourceKind;
  @Field(() => String, { description: 'Where it is from, or why it is assumed so.' })
  note!: string;
}

@ObjectType('SelfBuildEdition', {
  implements: () => [Node],
  description: '自建测算参数: what is assumed about building for oneself; in force it never changes.',
})
export class SelfBuildEditionNode extends DatedEditionNode {
  @Field(() => [AssumptionNode])
  assumptions: AssumptionNode[];

  constructor(row: SelfBuildEditionRow, inForce: boolean, problems: UserError[]) {
    super(toNodeId('SelfBuildEdition', row.id), row, inForce, problems);
    this.inForce = inForce;
    this.assumptions = row.content.assumptions.map((one) => {
      const { group, unit } = ASSUMPTIONS[one.key];
      return { ...one, group, unit };
    });
  }
}

@ObjectType('SelfBuildTerm', { description: 'What a line is reckoned from.' })
export class LineTermNode {
  @Field(() => LineTermEnum)
  term!: LineTerm;
  @Field(() => String)
  value!: string;
}

@ObjectType('SelfBuildLine')
export class SelfBuildLineNode {
  @Field(() => LineKeyEnum)
  key!: SelfBuildLineKey;
  @Field(() => FenScalar)
  amount!: bigint;
  @Field(() => [LineTermNode])
  terms!: LineTermNode[];
}

@ObjectType('SelfBuildYear', { description: 'Both sides up to the end of a year.' })
export class SelfBuildYearNode {
  @Field(() => Int)
  year!: number;
  @Field(() => FenScalar)
  selfBuild!: bigint;
  @Field(() => FenScalar)
  jiyun!: bigint;
}

/** As they are read; sums are made of the exact ones. */
const USE_DECIMALS = 2;

@ObjectType('SelfBuildSite', { description: 'What was in use in one center, on average over the months.' })
export class SelfBuildSiteNode {
  constructor(
    private readonly site: SiteUse,
    name: string | null,
  ) {
    this.centerName = name;
  }
  @Field(() => String, { nullable: true, description: 'null = of no center.' })
  centerName: string | null;
  @Field(() => String)
  get vcpu(): string {
    return textOf(this.site.vcpu, USE_DECIMALS);
  }
  @Field(() => String)
  get memoryGib(): string {
    return textOf(this.site.memoryGib, USE_DECIMALS);
  }
  @Field(() => String)
  get ssdTib(): string {
    return textOf(this.site.ssdTib, USE_DECIMALS);
  }
  @Field(() => String)
  get hddTib(): string {
    return textOf(this.site.hddTib, USE_DECIMALS);
  }
  @Field(() => String)
  get accelerators(): string {
    return textOf(this.site.accelerators, USE_DECIMALS);
  }
  @Field(() => String)
  get servers(): string {
    return textOf(this.site.servers, USE_DECIMALS);
  }
  @Field(() => String)
  get cabinetU(): string {
    return textOf(this.site.cabinetU, USE_DECIMALS);
  }
}

@ObjectType('SelfBuildComparison', {
  description:
    '自建成本对比: what building for oneself would cost in so many years, beside what the same is accounted at.',
})
export class SelfBuildComparisonNode {
  @Field(() => String, { nullable: true, description: 'Of which department or system.' })
  subjectName!: string | null;
  @Field(() => SelfBuildEditionNode, { description: 'By which assumptions.' })
  edition!: SelfBuildEditionNode;
  @Field(() => String, { description: 'YYYY-MM' })
  first!: string;
  @Field(() => String, { description: 'YYYY-MM, included.' })
  last!: string;
  @Field(() => Int)
  months!: number;
  @Field(() => Int)
  years!: number;
  @Field(() => [SelfBuildSiteNode])
  sites!: SelfBuildSiteNode[];
  @Field(() => FenScalar, { description: 'Machines, data, servers and space in these months.' })
  accounted!: bigint;
  @Field(() => FenScalar, { description: 'Services and addresses, which stand on neither side.' })
  beside!: bigint;
  @Field(() => [String], { description: 'Not closed: another day they may come to something else.' })
  draftedMonths!: readonly string[];
  @Field(() => [SelfBuildLineNode])
  lines!: SelfBuildLineNode[];
  @Field(() => FenScalar)
  selfBuild!: bigint;
  @Field(() => FenScalar)
  jiyun!: bigint;
  @Field(() => FenScalar, { description: 'selfBuild − jiyun; below nought where building would be cheaper.' })
  savings!: bigint;
  @Field(() => Int, { nullable: true, description: 'Of selfBuild, in hundredths of a percent; null = it is nothing.' })
  savingsPart!: number | null;
  @Field(() => [SelfBuildYearNode])
  byYear!: SelfBuildYearNode[];
}

@InputType('BeginSelfBuildDraftInput')
export class BeginSelfBuildDraftInput extends BeginDraftInput {}

@InputType('SelfBuildAssumptionInput')
export class AssumptionInput {
  @Field(() => AssumptionKeyEnum)
  key!: AssumptionKey;
  @Field(() => String, { nullable: true })
  value?: string | null;
  @Field(() => SourceKindEnum)
  source!: SourceKind;
  @Field(() => String)
  note!: string;
}

@InputType('SaveSelfBuildDraftInput')
export class SaveSelfBuildDraftInput extends SaveDatedDraftInput {
  @Field(() => [AssumptionInput], { description: 'What is left out stays as it was.' })
  assumptions!: AssumptionInput[];
}

@InputType('SelfBuildEditionActInput')
export class SelfBuildEditionActInput extends EditionActInput {}

@ObjectType('SelfBuildEditionPayload')
export class SelfBuildEditionPayload {
  @Field(() => SelfBuildEditionNode, { nullable: true })
  edition!: SelfBuildEditionNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
