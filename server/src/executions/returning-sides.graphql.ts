import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { CenterNode } from '../facilities/facilities.types.js';
import type { Locale } from '../kernel/bilingual.js';
import { readIn } from '../kernel/said.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { RETURN_STATES, type ReturnState } from './domain/returning-side.js';
import type { ReturningSideRow } from './returning-sides.repository.js';

export const ReturnStateEnum = enumOf(RETURN_STATES);
registerEnumType(ReturnStateEnum, { name: 'DrReturnState' });

@ObjectType('DrReturningSide', {
  description: 'A side that serves no more: it halts before anything else, then its data follows.',
})
export class ReturningSideNode {
  @Field(() => CenterNode, { nullable: true })
  center: CenterNode | null;
  @Field(() => ReturnStateEnum)
  state: ReturnState;
  @Field(() => Int, { description: 'Of the placement that left it.' })
  epoch: number;
  @Field(() => String, { nullable: true })
  problem: string | null;
  @Field(() => Int, {
    description: 'Machines that run in no cluster; until a person has confirmed that they stand still nothing goes on.',
  })
  unseen: number;
  @Field(() => String, { nullable: true, description: 'Who confirmed it.' })
  confirmedBy: string | null;
  @Field(() => Date)
  leftAt: Date;
  @Field(() => Date, { nullable: true })
  reachedAt: Date | null;
  @Field(() => Date, { nullable: true })
  haltedAt: Date | null;
  @Field(() => Date, { nullable: true })
  followsAt: Date | null;

  constructor(row: ReturningSideRow, center: CenterNode | null, locale: Locale) {
    this.center = center;
    this.state = row.state;
    this.epoch = row.epoch;
    this.problem = row.problem === null ? null : readIn(locale, row.problem, row.problemEn);
    this.unseen = row.unseen;
    this.confirmedBy = row.confirmedBy;
    this.leftAt = row.leftAt;
    this.reachedAt = row.reachedAt;
    this.haltedAt = row.haltedAt;
    this.followsAt = row.followsAt;
  }
}
