import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Locale } from '../kernel/bilingual.js';
import { type Fen, formatUnitPrice } from '../kernel/money.js';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import { UserError } from '../platform/graphql/user-error.js';
import {
  meterOfPool,
  SHARED_BASES,
  SHARED_KINDS,
  SHARED_METHODS,
  type SharedBasis,
  type SharedKind,
  type SharedMethod,
  type SharedPool,
  type SharedPoolVersion,
} from './domain/shared-pool.js';

const SharedKindEnum = enumOf(SHARED_KINDS);
registerEnumType(SharedKindEnum, { name: 'SharedKind' });
const SharedMethodEnum = enumOf(SHARED_METHODS);
registerEnumType(SharedMethodEnum, {
  name: 'SharedMethod',
  valuesMap: {
    FIXED: { description: 'So much a month.' },
    PUE: { description: 'What the center draws beside its racks, as it was measured, at so much a kWh.' },
  },
});
const SharedBasisEnum = enumOf(SHARED_BASES);
registerEnumType(SharedBasisEnum, {
  name: 'SharedBasis',
  valuesMap: {
    AMOUNT: { description: 'By what use was charged.' },
    METER: { description: 'By how much of one meter was in use for how long.' },
  },
});

@ObjectType('SharedPool', {
  implements: () => [Node],
  description: '公共费用: what a center costs in common, spread over those who use it.',
})
export class SharedPoolNode extends Node {
  @Field(() => String)
  code: string;
  @Field(() => String)
  name: string;
  @Field(() => String, { description: 'Its meter on statements.' })
  meter: string;
  @Field(() => SharedKindEnum)
  kind: SharedKind;
  @Field(() => Int, { description: 'Bumped by every change of its versions.' })
  version: number;

  readonly uuid: string;
  readonly centerId: string;

  constructor(pool: SharedPool, locale: Locale) {
    super();
    this.id = toNodeId('SharedPool', pool.id);
    this.uuid = pool.id;
    this.code = pool.code;
    this.name = pool.name[locale];
    this.meter = meterOfPool(pool);
    this.kind = pool.kind;
    this.version = pool.version;
    this.centerId = pool.centerId;
  }
}
export const SharedPoolConnection = connectionOf(SharedPoolNode, 'SharedPool');

@ObjectType('SharedPoolVersion', {
  description: 'How much, and by what it is spread, from a month until the next one.',
})
export class SharedPoolVersionNode {
  @Field(() => ID)
  id: string;
  @Field(() => String, { description: 'YYYY-MM' })
  fromMonth: string;
  @Field(() => SharedMethodEnum)
  method: SharedMethod;
  @Field(() => FenScalar, { nullable: true, description: 'FIXED: of a month.' })
  monthlyAmount: Fen | null;
  @Field(() => String, { nullable: true, description: 'PUE: yuan for a kWh.' })
  pricePerKwh: string | null;
  @Field(() => SharedBasisEnum)
  basis: SharedBasis;
  @Field(() => String, { nullable: true, description: 'METER: which.' })
  meter: string | null;
  @Field(() => String, { description: 'By which document, or why.' })
  reason: string;
  @Field(() => String)
  enteredBy: string;

  constructor(readonly row: SharedPoolVersion) {
    this.id = toNodeId('SharedPoolVersion', row.id);
    this.fromMonth = row.fromMonth;
    this.method = row.method;
    this.monthlyAmount = row.monthly;
    this.pricePerKwh = row.pricePerKwh === null ? null : formatUnitPrice(row.pricePerKwh);
    this.basis = row.basis;
    this.meter = row.meter;
    this.reason = row.reason;
    this.enteredBy = row.enteredBy;
  }
}

@InputType()
export class CreateSharedPoolInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => String)
  code!: string;
  @Field(() => String)
  nameZh!: string;
  @Field(() => String)
  nameEn!: string;
  @Field(() => SharedKindEnum)
  kind!: SharedKind;
  @Field(() => ID)
  centerId!: string;
}

@InputType()
export class AddSharedPoolVersionInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  poolId!: string;
  @Field(() => String, { description: 'YYYY-MM, not before the first open month.' })
  fromMonth!: string;
  @Field(() => SharedMethodEnum)
  method!: SharedMethod;
  @Field(() => FenScalar, { nullable: true })
  monthlyAmount!: bigint | null;
  @Field(() => String, { nullable: true, description: 'Yuan with up to six decimals.' })
  pricePerKwh!: string | null;
  @Field(() => SharedBasisEnum)
  basis!: SharedBasis;
  @Field(() => String, { nullable: true })
  meter!: string | null;
  @Field(() => String)
  reason!: string;
}

@InputType()
export class WithdrawSharedPoolVersionInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  id!: string;
}

@ObjectType()
export class SharedPoolPayload {
  @Field(() => SharedPoolNode, { nullable: true })
  sharedPool!: SharedPoolNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
