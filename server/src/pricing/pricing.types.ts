import { Field, ObjectType } from '@nestjs/graphql';
import type { Architecture } from '../facilities/domain/facility.js';
import { ArchitectureEnum } from '../facilities/facilities.types.js';
import { amountFen, type Fen } from '../kernel/money.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import type { PriceMeter, UnitPrice } from './domain/quote.js';

const UNITS: { readonly [M in PriceMeter]: string } = {
  VCPU: 'vCPU',
  MEMORY_GIB: 'GiB',
  STORAGE_GIB_SSD: 'GiB',
  STORAGE_GIB_HDD: 'GiB',
};

@ObjectType('UnitPrice', { description: '计费标准: what one unit costs a month.' })
export class UnitPriceNode {
  @Field(() => String)
  meter: string;

  @Field(() => ArchitectureEnum, { nullable: true, description: 'Null = whatever the architecture.' })
  architecture: Architecture | null;

  @Field(() => String)
  unit: string;

  @Field(() => FenScalar, { description: 'Rounded to the fen for reading; amounts are made from the exact price.' })
  monthlyPrice: Fen;

  @Field(() => Boolean, { description: 'Invented for the demonstration.' })
  synthetic: boolean;

  constructor(price: UnitPrice) {
    this.meter = price.meter;
    this.architecture = price.architecture;
    this.unit = UNITS[price.meter];
    this.monthlyPrice = amountFen(price.price, 1n);
    this.synthetic = price.synthetic;
  }
}
