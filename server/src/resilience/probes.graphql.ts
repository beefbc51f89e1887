import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { CenterRole } from '../facilities/domain/facility.js';
import { CenterRoleEnum } from '../facilities/facilities.types.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import type { ShownLevel } from './domain/dr-signal.js';
import {
  PROBE_FAMILIES,
  PROBE_KINDS,
  type ProbeFamily,
  type ProbeKind,
  SQL_ENGINES,
  type SqlEngine,
} from './domain/probes/probe.js';
import { SignalLevelEnum } from './resilience.graphql.js';

export const ProbeKindEnum = enumOf(PROBE_KINDS);
registerEnumType(ProbeKindEnum, {
  name: 'DrProbeKind',
  valuesMap: {
    SQL_REPLICATION: { description: 'What the receiving database says of its own replication.' },
    HEARTBEAT: { description: 'A row that the console writes at the source and reads at the target.' },
  },
});
export const ProbeFamilyEnum = enumOf(PROBE_FAMILIES);
registerEnumType(ProbeFamilyEnum, { name: 'DrProbeFamily' });
export const SqlEngineEnum = enumOf(SQL_ENGINES);
registerEnumType(SqlEngineEnum, { name: 'DrSqlEngine' });

@ObjectType('DrProbe', {
  description: '探测: what the console asks of a tier. Where it asks is told to those who set it.',
})
export class DrProbeNode {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  tierId!: string;
  @Field(() => String)
  tierName!: string;
  @Field(() => String)
  name!: string;
  @Field(() => ProbeKindEnum)
  kind!: ProbeKind;
  @Field(() => CenterRoleEnum, { nullable: true, description: 'Where the copy goes; null = asked from outside.' })
  towards!: CenterRole | null;
  @Field(() => ProbeFamilyEnum)
  family!: ProbeFamily;
  @Field(() => SqlEngineEnum, { nullable: true })
  engine!: SqlEngine | null;
  @Field(() => String, { nullable: true, description: 'null = not told.' })
  target!: string | null;
  @Field(() => String, { nullable: true })
  server!: string | null;
  @Field(() => String, { nullable: true })
  expect!: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'As it is set; null = nothing is read, or it is not told to the viewer.',
  })
  statePointer!: string | null;
  @Field(() => String, { nullable: true })
  lagPointer!: string | null;
  @Field(() => String, { nullable: true })
  account!: string | null;
  @Field(() => String, { nullable: true })
  database!: string | null;
  @Field(() => Int)
  everySeconds!: number;
  @Field(() => Int)
  timeoutMs!: number;
  @Field(() => Boolean)
  enabled!: boolean;
  @Field(() => Date, { nullable: true, description: 'null = not asked yet.' })
  lastAt!: Date | null;
  @Field(() => Boolean, { nullable: true })
  lastOk!: boolean | null;
  @Field(() => String, { nullable: true, description: 'What was heard, or why nothing was.' })
  lastDetail!: string | null;
  @Field(() => Int)
  version!: number;
}

@InputType()
export class SaveDrProbeInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID, { nullable: true, description: 'Left out = a new one.' })
  id?: string | null;
  @Field(() => ID, { nullable: true, description: 'Of a new one.' })
  tierId?: string | null;
  @Field(() => Int, { defaultValue: 0 })
  expectedVersion!: number;
  @Field(() => ProbeKindEnum)
  kind!: ProbeKind;
  @Field(() => String)
  name!: string;
  @Field(() => CenterRoleEnum, { nullable: true })
  towards?: CenterRole | null;
  @Field(() => String, { description: 'An address of http(s), a name of DNS, or host:port.' })
  target!: string;
  @Field(() => String, { nullable: true, description: 'DNS: the name server. HEARTBEAT: where the beat is written.' })
  server?: string | null;
  @Field(() => String, { nullable: true })
  expect?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'REST_REPLICATION: where in the answer its state stands (RFC 6901).',
  })
  statePointer?: string | null;
  @Field(() => String, { nullable: true, description: 'REST_REPLICATION: where it says how far behind it is.' })
  lagPointer?: string | null;
  @Field(() => ProbeFamilyEnum)
  family!: ProbeFamily;
  @Field(() => SqlEngineEnum, { nullable: true })
  engine?: SqlEngine | null;
  @Field(() => String, { nullable: true })
  account?: string | null;
  @Field(() => String, { nullable: true })
  database?: string | null;
  @Field(() => String, { nullable: true, description: 'Left out = as it was. It is never told again.' })
  secret?: string | null;
  @Field(() => Int)
  everySeconds!: number;
  @Field(() => Int)
  timeoutMs!: number;
  @Field(() => Boolean)
  enabled!: boolean;
}

@InputType()
export class RemoveDrProbeInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => String)
  reason!: string;
}

@ObjectType('DrSignalChange')
export class DrSignalChangeNode {
  @Field(() => Date)
  at!: Date;
  @Field(() => SignalLevelEnum, { nullable: true, description: 'null = it was read for the first time.' })
  from!: ShownLevel | null;
  @Field(() => SignalLevelEnum)
  to!: ShownLevel;
  @Field(() => Float, { nullable: true })
  value!: number | null;
}

@ObjectType('DrSignalPoint', { description: 'What was read within five minutes, or an hour of what is old.' })
export class DrSignalPointNode {
  @Field(() => Date)
  startsAt!: Date;
  @Field(() => Int)
  minutes!: number;
  @Field(() => Float)
  least!: number;
  @Field(() => Float)
  most!: number;
  @Field(() => Float)
  mean!: number;
  @Field(() => Int)
  readings!: number;
}

@ObjectType('DrSignalHistory')
export class DrSignalHistoryNode {
  @Field(() => [DrSignalPointNode], { description: 'The oldest first.' })
  points!: DrSignalPointNode[];
  @Field(() => [DrSignalChangeNode], { description: 'The newest first; 50 at most.' })
  changes!: DrSignalChangeNode[];
}

@ObjectType('DrChange', { description: 'Something of the DR groups may be otherwise now: ask again.' })
export class DrChangeNode {
  @Field(() => Date)
  at!: Date;
}
