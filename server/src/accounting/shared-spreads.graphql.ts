import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { Fen } from '../kernel/money.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import type { SharedSpreadEntity } from './shared-spread.entity.js';

@ObjectType('SharedSpread', { description: '公共费用分摊: what of one common cost was spread in one month.' })
export class SharedSpreadNode {
  constructor(readonly row: SharedSpreadEntity) {}

  @Field(() => String, { description: 'YYYY-MM' })
  get month(): string {
    return this.row.month;
  }
  @Field(() => FenScalar, { nullable: true, description: 'Of the month itself; null = nobody measured it.' })
  get amount(): Fen | null {
    return this.row.amountFen;
  }
  @Field(() => FenScalar, { description: 'Of closed months, known too late: positive or negative.' })
  get carried(): Fen {
    return this.row.carriedFen;
  }
  @Field(() => FenScalar)
  get spread(): Fen {
    return this.row.spreadFen;
  }
  @Field(() => FenScalar, { description: 'Nobody used anything that it could be spread by.' })
  get unallocated(): Fen {
    return this.row.unallocatedFen;
  }
  @Field(() => Int, { description: 'Departments by system and project that bear a part.' })
  get bearers(): number {
    return this.row.bearers;
  }
  @Field(() => Boolean, { description: 'The month was over and all its use known: parts move no more.' })
  get settled(): boolean {
    return this.row.settled;
  }
}
