import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf } from '../platform/graphql/relay.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import { USE_SOURCES, type UseSource } from '../utilisation/domain/day-use.js';
import { USE_ORDERS, type UseSum } from './domain/department-use.js';
import { PERCENT, USE_FINDINGS } from './domain/idle.js';
import { USE_STATES, type UseState } from './domain/use-state.js';
import type { DepartmentUseRow } from './use-window.repository.js';

export const UseStateEnum = enumOf(USE_STATES);
registerEnumType(UseStateEnum, {
  name: 'UseState',
  valuesMap: {
    OLD: { description: 'What it uses now is unknown: nothing was heard for too long, or it is off.' },
    NEVER: { description: 'Nothing was heard of it in the window.' },
    NOT_MEASURED: { description: 'It stands on record only, or in a cloud that tells nothing.' },
  },
});

export const UseFindingEnum = enumOf(USE_FINDINGS);
registerEnumType(UseFindingEnum, {
  name: 'UseFinding',
  valuesMap: {
    IDLE: { description: 'It uses little, by the rules.' },
    OVERSIZED: { description: 'A smaller size of the catalog would do.' },
  },
});
export const UseOrderEnum = enumOf(USE_ORDERS);
registerEnumType(UseOrderEnum, {
  name: 'UseOrder',
  valuesMap: {
    SAVING: { description: 'Where most could be saved first.' },
    CPU: { description: 'Where least is used first.' },
  },
});

const UseSourceEnum = enumOf(USE_SOURCES);
registerEnumType(UseSourceEnum, {
  name: 'UseSource',
  valuesMap: {
    METRICS_API: {
      description: 'metrics.k8s.io: what the host gave it; memory is an upper bound, disks and network are unknown.',
    },
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
  @Field(() => UseSourceEnum)
  source!: UseSource;
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

@ObjectType('UseSum', {
  description: 'What machines in use amount to in the window of the rules, reckoned within the hour.',
})
export class UseSumNode {
  constructor(
    protected readonly sum: UseSum,
    private readonly priced: boolean,
    private readonly days: number,
  ) {}

  @Field(() => Int, { description: 'Of the rules of idle machines.' })
  get windowDays(): number {
    return this.days;
  }
  @Field(() => Int)
  get machines(): number {
    return this.sum.machines;
  }
  @Field(() => Int, { description: 'Of them, those of which anything was seen.' })
  get seen(): number {
    return this.sum.seen;
  }
  @Field(() => Int)
  get vcpu(): number {
    return this.sum.vcpu;
  }
  @Field(() => Float)
  get memoryMib(): number {
    return this.sum.memoryMib;
  }
  @Field(() => Float, { nullable: true, description: 'Percent of the vCPU that were seen; null = none was.' })
  get cpuMean(): number | null {
    return this.sum.cpuMean === null ? null : this.sum.cpuMean / PERCENT;
  }
  @Field(() => Float, { nullable: true, description: 'Percent of the memory that was seen; null = none was.' })
  get memoryMean(): number | null {
    return this.sum.memoryMean === null ? null : this.sum.memoryMean / PERCENT;
  }
  @Field(() => Int)
  get idle(): number {
    return this.sum.idle;
  }
  @Field(() => FenScalar, {
    nullable: true,
    description: 'What idle ones cost a month; null where no prices are read.',
  })
  get idleMonthly(): bigint | null {
    return this.priced ? this.sum.idleFen : null;
  }
  @Field(() => Int)
  get oversized(): number {
    return this.sum.oversized;
  }
  @Field(() => FenScalar, {
    nullable: true,
    description: 'Less a month by smaller sizes; null where no prices are read.',
  })
  get oversizedMonthly(): bigint | null {
    return this.priced ? this.sum.oversizedFen : null;
  }
}

@ObjectType('DepartmentUse')
export class DepartmentUseNode extends UseSumNode {
  constructor(
    readonly row: DepartmentUseRow,
    priced: boolean,
    days: number,
  ) {
    super(row, priced, days);
  }
}

export const DepartmentUseConnection = connectionOf(DepartmentUseNode, 'DepartmentUse');
