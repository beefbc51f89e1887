import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { toNodeId } from '../kernel/node-id.js';
import type { QuotaLevel, QuotaMeter } from '../kernel/refusal.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { QuotaLevelEnum, QuotaMeterEnum, UserError } from '../platform/graphql/user-error.js';
import type { MeterState, QuotaSubject, SomeAmounts } from './domain/quota.js';

/** What one quota says now. */
export interface QuotaFigures {
  /** 0 = nobody has set a limit yet. */
  readonly version: number;
  readonly meters: { readonly [M in QuotaMeter]?: MeterState };
  readonly held: SomeAmounts;
}

@ObjectType('QuotaMeterState', {
  description: 'In the unit of the meter: MiB, GiB, half rack units, W. left = limit - held - allocated.',
})
export class QuotaMeterStateNode {
  @Field(() => QuotaMeterEnum)
  meter!: QuotaMeter;
  @Field(() => Number, { nullable: true, description: 'null = no limit on this level.' })
  limit!: number | null;
  @Field(() => Number)
  held!: number;
  @Field(() => Number)
  allocated!: number;
  @Field(() => Number, { nullable: true })
  left!: number | null;
}

/** Figures are resolved in one batch. */
@ObjectType('Quota', { implements: () => [Node], description: '用云定额 of a department, a system or a project.' })
export class QuotaNode extends Node {
  @Field(() => QuotaLevelEnum)
  level: QuotaLevel;
  @Field(() => String, { description: 'Of the department, system or project.' })
  name: string;

  readonly subject: QuotaSubject;

  constructor(subject: QuotaSubject) {
    super();
    this.id = toNodeId('Quota', subject.id);
    this.level = subject.level;
    this.name = subject.name;
    this.subject = subject;
  }
}

export const QuotaConnection = connectionOf(QuotaNode, 'Quota');

@InputType('QuotaFilter')
export class QuotaFilterInput {
  @Field(() => QuotaLevelEnum, { defaultValue: 'DEPARTMENT' })
  level!: QuotaLevel;
  @Field(() => ID, {
    nullable: true,
    description: 'Of this department and, on the level of departments, all below it.',
  })
  departmentId!: string | null;
  @Field(() => String, { nullable: true, description: 'In name or code.' })
  search!: string | null;
}

@InputType('QuotaLimitInput')
export class QuotaLimitInput {
  @Field(() => QuotaMeterEnum)
  meter!: QuotaMeter;
  @Field(() => Number, { nullable: true, description: 'null = no limit.' })
  limit!: number | null;
}

@InputType('SetQuotaInput', { description: 'Meters that are not named stay as they are.' })
export class SetQuotaInput {
  @Field(() => ID, { description: 'Of the quota.' })
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => [QuotaLimitInput])
  limits!: QuotaLimitInput[];
}

@ObjectType('QuotaPayload')
export class QuotaPayload {
  @Field(() => QuotaNode, { nullable: true })
  quota!: QuotaNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
