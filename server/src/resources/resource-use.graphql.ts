import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { enumOf } from '../platform/graphql/enum-of.js';
import { FenScalar } from '../platform/graphql/scalars.js';

export const USE_STATES = ['CURRENT', 'OLD', 'NEVER', 'NOT_MEASURED'] as const;
export type UseState = (typeof USE_STATES)[number];
export const UseStateEnum = enumOf(USE_STATES);
registerEnumType(UseStateEnum, {
  name: 'UseState',
  valuesMap: {
    OLD: { description: 'What it uses now is unknown: nothing was heard for too long, or it is off.' },
    NEVER: { description: 'Nothing was heard of it in the window.' },
    NOT_MEASURED: { description: 'It stands on record only, or in a cloud that tells nothing.' },
  },
});

@ObjectType('UseFigures')
export class UseFiguresNode {
  @Field(() => Float)
  p50!: number;
  @Field(() => Float)
  p95!: number;
  @Field(() => Float)
  max!: number;
  @Field(() => Float)
  mean!: number;
}

@ObjectType('ResourceUseDay', { description: 'One day in Shanghai; a day without one was not seen.' })
export class ResourceUseDayNode {
  @Field(() => String)
  day!: string;
  @Field(() => Boolean, { description: 'Today: more may come.' })
  partial!: boolean;
  @Field(() => Int, { description: 'Of 24, those in which it was seen.' })
  hours!: number;
  @Field(() => UseFiguresNode, { nullable: true, description: 'Percent of its vCPU.' })
  cpu!: UseFiguresNode | null;
  @Field(() => UseFiguresNode, { nullable: true, description: 'Percent of its memory.' })
  memory!: UseFiguresNode | null;
  @Field(() => UseFiguresNode, { nullable: true, description: 'Percent of its file systems.' })
  disk!: UseFiguresNode | null;
  @Field(() => UseFiguresNode, { nullable: true, description: 'Bytes a second.' })
  diskRead!: UseFiguresNode | null;
  @Field(() => UseFiguresNode, { nullable: true, description: 'Bytes a second.' })
  diskWrite!: UseFiguresNode | null;
  @Field(() => UseFiguresNode, { nullable: true, description: 'Bytes a second.' })
  netIn!: UseFiguresNode | null;
  @Field(() => UseFiguresNode, { nullable: true, description: 'Bytes a second.' })
  netOut!: UseFiguresNode | null;
}

@ObjectType('UseEvidenceFigure')
export class UseEvidenceFigureNode {
  @Field(() => String)
  label!: string;
  @Field(() => String)
  value!: string;
}

@ObjectType('UseEvidence', { description: 'As a reclaim case takes it.' })
export class UseEvidenceNode {
  @Field(() => String)
  text!: string;
  @Field(() => [UseEvidenceFigureNode])
  figures!: UseEvidenceFigureNode[];
}

@ObjectType('SizeSuggestion', { description: 'The smallest size of the catalog that would have been enough.' })
export class SizeSuggestionNode {
  @Field(() => ID)
  offerId!: string;
  @Field(() => Int)
  vcpu!: number;
  @Field(() => Int)
  memoryMib!: number;
  @Field(() => FenScalar, {
    nullable: true,
    description: 'Less a month; null where a price is missing or none is read.',
  })
  savedMonthly!: bigint | null;
}

@ObjectType('ResourceUse', { description: 'What it used in the window of the rules of idle machines.' })
export class ResourceUseNode {
  @Field(() => UseStateEnum)
  state!: UseState;
  @Field(() => Date, { nullable: true })
  lastSampleAt!: Date | null;
  @Field(() => Int)
  windowDays!: number;
  @Field(() => Int, { description: 'Days of the window on which CPU and memory were seen.' })
  seenDays!: number;
  @Field(() => Float, { nullable: true, description: 'Percent: the p95 of its busiest day.' })
  cpuP95!: number | null;
  @Field(() => Float, { nullable: true, description: 'Percent: the p95 of its fullest day.' })
  memoryP95!: number | null;
  @Field(() => UseEvidenceNode, { nullable: true, description: 'null = it is not idle by the rules.' })
  idle!: UseEvidenceNode | null;
}
