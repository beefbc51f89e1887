import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { MeteredKindEnum } from '../accounting/statements.graphql.js';
import { CostAxisKey, CostNarrowing } from '../costs/costs.graphql.js';
import { toNodeId } from '../kernel/node-id.js';
import type { MeteredKind } from '../metering/domain/intervals.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf } from '../platform/graphql/relay.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import { CHANGE_DIMENSIONS, type NamedUseChange } from './cost-changes.types.js';
import { CHANGE_PARTS, type ChangePart } from './domain/change.js';
import type { Divided } from './domain/divided.js';

export const ChangePartEnum = enumOf(CHANGE_PARTS);
registerEnumType(ChangePartEnum, {
  name: 'CostChangePart',
  valuesMap: {
    NEW: { description: 'Came, or is there longer than in the month before.' },
    RELEASED: { description: 'Went, or is there for less of the month.' },
    RESIZED: { description: 'Has more or less of something.' },
    PRICE: { description: 'A unit costs other.' },
    MOVED: { description: 'Is another’s, system’s, project’s or center’s; nothing in all.' },
    DAYS: { description: 'The month is longer or shorter, or not over.' },
    CORRECTION: { description: 'Corrections of earlier months, and what is disputed.' },
  },
});
export const ChangeDimensionEnum = enumOf(CHANGE_DIMENSIONS);
registerEnumType(ChangeDimensionEnum, { name: 'CostChangeDimension' });

@ObjectType('CostChangePartAmount')
export class ChangePartAmount {
  @Field(() => ChangePartEnum)
  part!: ChangePart;
  @Field(() => FenScalar)
  amount!: bigint;
}

@ObjectType('CostChangeSum', { description: 'after − before = all parts + rest.' })
export class CostChangeSum {
  constructor(private readonly sum: Divided) {}

  @Field(() => FenScalar)
  get before(): bigint {
    return this.sum.before;
  }
  @Field(() => FenScalar)
  get after(): bigint {
    return this.sum.after;
  }
  @Field(() => [ChangePartAmount], { description: 'Every part, in one order.' })
  get parts(): ChangePartAmount[] {
    return partsOf(this.sum.parts);
  }
  @Field(() => FenScalar, {
    description: 'Drafts that moved since they were looked through; nothing between closed months.',
  })
  get rest(): bigint {
    return this.sum.rest;
  }
}

@ObjectType('CostChangeGroup')
export class CostChangeGroup extends CostChangeSum {
  constructor(sum: Divided, { key, label, of }: CostAxisKey) {
    super(sum);
    this.key = key;
    this.label = label;
    this.of = of ?? null;
  }
  @Field(() => String, { nullable: true, description: 'A node id, a kind or a share; null = of none.' })
  key: string | null;
  @Field(() => String, { nullable: true, description: 'null = words of the screen.' })
  label: string | null;
  @Field(() => String, { nullable: true, description: 'Whose a system or a project is.' })
  of: string | null;
}

@ObjectType('CostChange', { description: '费用变动: why one month costs other than another.' })
export class CostChangeNode extends CostChangeSum {
  @Field(() => [CostChangeGroup], { description: 'Those that moved most first.' })
  groups!: CostChangeGroup[];
  @Field(() => CostChangeSum, { nullable: true, description: 'Groups beyond the most, as one.' })
  beyond!: CostChangeSum | null;
  @Field(() => Int)
  groupsBeyond!: number;
  @Field(() => [CostNarrowing])
  narrowedTo!: CostNarrowing[];
  @Field(() => Date, { nullable: true, description: 'When the newest month was looked through; null = not yet.' })
  madeAt!: Date | null;
}

@ObjectType('CostChangeUse', { description: 'One use, and what moved of it.' })
export class CostChangeUseNode {
  constructor(readonly row: NamedUseChange) {}

  @Field(() => ID, { description: 'Of the use.' })
  get id(): string {
    return this.row.resourceId;
  }
  @Field(() => ID)
  get departmentId(): string {
    return toNodeId('Department', this.row.departmentId);
  }
  @Field(() => MeteredKindEnum)
  get kind(): MeteredKind {
    return this.row.kind;
  }
  @Field(() => String)
  get code(): string {
    return this.row.code;
  }
  @Field(() => String)
  get name(): string {
    return this.row.name;
  }
  @Field(() => [ChangePartAmount], { description: 'Every part, in one order.' })
  get parts(): ChangePartAmount[] {
    return partsOf(this.row.parts);
  }
}
export const CostChangeUseConnection = connectionOf(CostChangeUseNode, 'CostChangeUse');

function partsOf(parts: Readonly<Record<ChangePart, bigint>>): ChangePartAmount[] {
  return CHANGE_PARTS.map((part) => ({ part, amount: parts[part] }));
}
