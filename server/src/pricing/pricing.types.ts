import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Architecture } from '../facilities/domain/facility.js';
import { ArchitectureEnum } from '../facilities/facilities.types.js';
import type { Locale } from '../kernel/bilingual.js';
import type { CalendarDate } from '../kernel/calendar.js';
import { amountFen, type Fen, formatUnitPrice } from '../kernel/money.js';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import { UserError } from '../platform/graphql/user-error.js';
import { type PriceItem, UNIT_PERIODS, type UnitPeriod } from './domain/price-item.js';
import { isTiered, rangesOf, type TierRange } from './domain/price-tiers.js';
import {
  holdsOn,
  PRICE_KINDS,
  type PriceKind,
  type PriceReach,
  type PriceVersion,
  type Term,
} from './domain/price-version.js';
import type { NamedUnitPrice } from './pricing.repository.js';

export const UnitPeriodEnum = enumOf(UNIT_PERIODS);
registerEnumType(UnitPeriodEnum, {
  name: 'UnitPeriod',
  description: 'What one unit is priced for.',
  valuesMap: {
    HOUR: { description: '小时' },
    DAY: { description: '日' },
    MONTH: { description: '月' },
    YEAR: { description: '年' },
  },
});

export const PriceKindEnum = enumOf(PRICE_KINDS);
registerEnumType(PriceKindEnum, {
  name: 'PriceKind',
  valuesMap: {
    STANDARD: { description: '计费' },
    FREE: { description: '免费: rates to nothing, and says its list price and why.' },
    INTERNAL: { description: '内部: the center bears it; rates to nothing, and says its list price and why.' },
  },
});

/** Where a price stands in time, as of today. */
const PRICE_STATES = ['COMING', 'IN_FORCE', 'ENDED'] as const;
type PriceState = (typeof PRICE_STATES)[number];
const PriceStateEnum = enumOf(PRICE_STATES);
registerEnumType(PriceStateEnum, {
  name: 'PriceState',
  valuesMap: {
    COMING: { description: '未生效' },
    IN_FORCE: { description: '生效中' },
    ENDED: { description: '已终止' },
  },
});

@ObjectType('UnitPrice', { description: '计费标准: what one unit costs a month today.' })
export class UnitPriceNode {
  @Field(() => String)
  meter: string;

  @Field(() => String)
  name: string;

  @Field(() => ArchitectureEnum, { nullable: true, description: 'Null = whatever the architecture.' })
  architecture: Architecture | null;

  @Field(() => String)
  unit: string;

  @Field(() => FenScalar, { description: 'Rounded to the fen for reading; amounts are made from the exact price.' })
  monthlyPrice: Fen;

  @Field(() => Boolean, { description: 'Invented for the demonstration.' })
  synthetic: boolean;

  readonly centerId: string | null;

  constructor(price: NamedUnitPrice, locale: Locale) {
    this.meter = price.meter;
    this.name = price.name[locale];
    this.architecture = price.architecture;
    this.unit = price.unit[locale];
    this.monthlyPrice = amountFen(price.price, 1n);
    this.synthetic = price.synthetic;
    this.centerId = price.centerId;
  }
}

@ObjectType('PriceItem', {
  implements: () => [Node],
  description: '计费项: one thing that is counted and has a price.',
})
export class PriceItemNode extends Node {
  @Field(() => String, { description: 'E.g. VCPU, CABINET_U, SERVER:kunpeng-2s, SERVICE:waf.' })
  meter: string;

  @Field(() => String)
  name: string;

  @Field(() => String)
  unit: string;

  @Field(() => UnitPeriodEnum)
  period: UnitPeriod;

  @Field(() => Int, { description: 'Bumped by every change of its prices.' })
  version: number;

  readonly uuid: string;

  constructor(item: PriceItem, locale: Locale) {
    super();
    this.id = toNodeId('PriceItem', item.id);
    this.uuid = item.id;
    this.meter = item.meter;
    this.name = item.name[locale];
    this.unit = item.unit[locale];
    this.period = item.period;
    this.version = item.version;
  }
}

export const PriceItemConnection = connectionOf(PriceItemNode, 'PriceItem');

@ObjectType('PriceTier', { description: '档: what of one resource’s quantity lies between its bounds costs this.' })
export class PriceTierNode {
  @Field(() => Int, { description: 'From 1.' })
  number: number;

  @Field(() => Float, { description: 'In units of the price; what lies above it.' })
  from: number;

  @Field(() => Float, { nullable: true, description: 'Null = without end.' })
  to: number | null;

  @Field(() => String, { description: 'Yuan for one unit, exactly, with six decimals.' })
  unitPrice: string;

  constructor({ from, price, tier, to }: TierRange) {
    this.number = tier + 1;
    this.from = Number(from);
    this.to = to === null ? null : Number(to);
    this.unitPrice = formatUnitPrice(price);
  }
}

@ObjectType('PriceVersion', { description: 'What one unit costs from a day until another.' })
export class PriceVersionNode {
  @Field(() => ID)
  id: string;

  @Field(() => ArchitectureEnum, { nullable: true, description: 'Null = whatever the architecture.' })
  architecture: Architecture | null;

  @Field(() => String, { description: 'First day, YYYY-MM-DD.' })
  from: CalendarDate;

  @Field(() => String, { nullable: true, description: 'First day on which it no longer holds; null = no end.' })
  to: CalendarDate | null;

  @Field(() => PriceKindEnum)
  kind: PriceKind;

  @Field(() => String, {
    description: 'Yuan for one unit, exactly, with six decimals; of a price by tiers, in its first.',
  })
  unitPrice: string;

  @Field(() => [PriceTierNode], { description: '阶梯价: all tiers in their order; none = one price for all.' })
  tiers: PriceTierNode[];

  @Field(() => String, { nullable: true, description: 'What it would cost were it not free; null = it is charged.' })
  listPrice: string | null;

  @Field(() => PriceStateEnum)
  state: PriceState;

  @Field(() => Boolean, { description: 'Invented for the demonstration.' })
  synthetic: boolean;

  @Field(() => String, { description: 'By which document, or why.' })
  reason: string;

  readonly centerId: string | null;

  constructor(version: PriceVersion, today: CalendarDate) {
    this.id = toNodeId('PriceVersion', version.id);
    this.architecture = version.architecture;
    this.from = version.from;
    this.to = version.to;
    this.kind = version.kind;
    this.unitPrice = formatUnitPrice(version.price);
    this.tiers = isTiered(version) ? rangesOf(version).map((range) => new PriceTierNode(range)) : [];
    this.listPrice = version.listPrice === null ? null : formatUnitPrice(version.listPrice);
    this.state = holdsOn(version, today) ? 'IN_FORCE' : version.from > today ? 'COMING' : 'ENDED';
    this.synthetic = version.synthetic;
    this.reason = version.reason;
    this.centerId = version.centerId;
  }
}

@ObjectType('PriceGap', {
  description: 'Days on which nothing of this reach has a price: a request for them is refused.',
})
export class PriceGapNode {
  @Field(() => ArchitectureEnum, { nullable: true })
  architecture: Architecture | null;

  @Field(() => String)
  from: CalendarDate;

  @Field(() => String, { nullable: true, description: 'Null = without end.' })
  to: CalendarDate | null;

  readonly centerId: string | null;

  constructor(gap: Term & PriceReach) {
    this.architecture = gap.architecture;
    this.from = gap.from;
    this.to = gap.to;
    this.centerId = gap.centerId;
  }
}

@InputType({ description: 'One tier as it was typed; rows are in their order and cover every quantity.' })
export class PriceTierInput {
  @Field(() => String, { description: 'Whole units of the price: 0 in the first row, else where the one before ends.' })
  from!: string;
  @Field(() => String, { nullable: true, description: 'Null in the last row: without end.' })
  to!: string | null;
  @Field(() => String, { description: 'Yuan with up to six decimals for what lies between the two.' })
  unitPrice!: string;
}

@InputType()
export class CreatePriceItemInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => String)
  meter!: string;
  @Field(() => String)
  nameZh!: string;
  @Field(() => String)
  nameEn!: string;
  @Field(() => String)
  unitZh!: string;
  @Field(() => String)
  unitEn!: string;
}

@InputType()
export class AddPriceVersionInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  itemId!: string;
  @Field(() => ID, { nullable: true })
  centerId!: string | null;
  @Field(() => ArchitectureEnum, { nullable: true })
  architecture!: Architecture | null;
  @Field(() => String, { description: 'First day, YYYY-MM-DD.' })
  from!: string;
  @Field(() => String, { nullable: true, description: 'First day on which it no longer holds.' })
  to!: string | null;
  @Field(() => PriceKindEnum, { defaultValue: 'STANDARD' })
  kind!: PriceKind;
  @Field(() => String, {
    nullable: true,
    description:
      'Yuan with up to six decimals: what is charged, or, of what is free, what it would cost. Null = by tiers.',
  })
  unitPrice!: string | null;
  @Field(() => [PriceTierInput], {
    nullable: true,
    description:
      '阶梯价: what lies in each tier of one resource’s quantity costs that tier’s price. Null = one price for all.',
  })
  tiers!: PriceTierInput[] | null;
  @Field(() => String)
  reason!: string;
  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Ends the price of the same reach that holds until now on the day when this one begins.',
  })
  endsPrevious!: boolean;
}

@InputType()
export class EndPriceVersionInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  id!: string;
  @Field(() => Int, { description: "The item's version." })
  expectedVersion!: number;
  @Field(() => String, { description: 'First day on which it no longer holds.' })
  to!: string;
  @Field(() => String)
  reason!: string;
}

@InputType()
export class WithdrawPriceVersionInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  id!: string;
  @Field(() => Int, { description: "The item's version." })
  expectedVersion!: number;
}

@ObjectType()
export class PriceItemPayload {
  @Field(() => PriceItemNode, { nullable: true })
  priceItem!: PriceItemNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
