import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Architecture, NetworkZone } from '../facilities/domain/facility.js';
import { ArchitectureEnum, NetworkZoneEnum } from '../facilities/facilities.types.js';
import { toNodeId } from '../kernel/node-id.js';
import type { QuotaMeter } from '../kernel/refusal.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import { QuotaMeterEnum, UserError } from '../platform/graphql/user-error.js';
import type { LocalMode, RemoteMode } from '../systems/domain/system.js';
import { LocalModeEnum, RemoteModeEnum } from '../systems/systems.types.js';
import { countOf, PLAN_LINE_KINDS, type PlanLineKind } from './domain/plan-line.js';
import {
  isEditable,
  PLAN_ACTIONS,
  PLAN_KINDS,
  PLAN_STATES,
  type PlanAction,
  type PlanKind,
  type PlanState,
} from './domain/plan-state.js';
import type { PlanYear } from './domain/plan-year.js';
import type { PlanLineRow, PlanRow, PlanStepRow } from './plans.types.js';

const HALF_UNITS_PER_UNIT = 2;
const MONTHS_OF_YEAR = 12;

export const PlanKindEnum = enumOf(PLAN_KINDS);
registerEnumType(PlanKindEnum, { name: 'PlanKind' });
export const PlanStateEnum = enumOf(PLAN_STATES);
registerEnumType(PlanStateEnum, { name: 'PlanState' });
export const PlanActionEnum = enumOf(PLAN_ACTIONS);
registerEnumType(PlanActionEnum, { name: 'PlanAction' });
export const PlanLineKindEnum = enumOf(PLAN_LINE_KINDS);
registerEnumType(PlanLineKindEnum, { name: 'PlanLineKind' });

@ObjectType('PlanYear', { description: '计划年度: when plans of the year are declared.' })
export class PlanYearNode {
  @Field(() => Int)
  year!: number;
  @Field(() => String, { description: 'YYYY-MM-DD, the first day of declaring.' })
  opensOn!: string;
  @Field(() => String, { description: 'YYYY-MM-DD, the last day.' })
  closesOn!: string;
  @Field(() => FenScalar, { description: 'Additions from this much a month on go to the cloud authority.' })
  additionFrom!: bigint;
  @Field(() => String)
  note!: string;
  @Field(() => Int)
  version!: number;
  @Field(() => String)
  openedByName!: string;
  @Field(() => Date)
  openedAt!: Date;
  @Field(() => Boolean, { description: 'Plans may be sent today.' })
  open!: boolean;

  static of({ additionFromFen, ...year }: PlanYear, today: string): PlanYearNode {
    return { ...year, additionFrom: additionFromFen, open: year.opensOn <= today && today <= year.closesOn };
  }
}

@ObjectType('PlanLine', {
  description: 'So many of the same thing that a system needs in the year, what runs included.',
})
export class PlanLineNode {
  readonly row: PlanLineRow;
  @Field(() => ID)
  id: string;
  @Field(() => Int, { description: 'In the order of the plan.' })
  position: number;
  @Field(() => PlanLineKindEnum)
  kind: PlanLineKind;
  @Field(() => Int)
  count: number;
  @Field(() => Int, { description: 'Of one machine.' })
  vcpu: number;
  @Field(() => Int)
  memoryMib: number;
  @Field(() => Int)
  ssdGib: number;
  @Field(() => Int)
  hddGib: number;
  @Field(() => ArchitectureEnum, { nullable: true, description: 'null = whichever.' })
  architecture: Architecture | null;
  @Field(() => NetworkZoneEnum, { nullable: true, description: 'null = whichever.' })
  zone: NetworkZone | null;
  @Field(() => String, { nullable: true })
  offerCode: string | null;
  @Field(() => Float, { description: 'U of one place in a cabinet.' })
  units: number;
  @Field(() => Int)
  powerW: number;
  @Field(() => LocalModeEnum)
  localMode: LocalMode;
  @Field(() => RemoteModeEnum)
  remoteMode: RemoteMode;
  @Field(() => Int, { description: '1 to 12: from which month on.' })
  month: number;
  @Field(() => String)
  reason: string;
  @Field(() => Int, { nullable: true, description: 'What the center accepts; null = all.' })
  acceptedCount: number | null;
  @Field(() => String, { nullable: true })
  reductionReason: string | null;
  @Field(() => FenScalar, {
    nullable: true,
    description: 'Of what is accepted, in all centers; null = a price is missing.',
  })
  monthly: bigint | null;
  @Field(() => FenScalar, { nullable: true, description: 'Until the end of the year.' })
  yearly: bigint | null;

  constructor(row: PlanLineRow) {
    this.row = row;
    this.id = toNodeId('PlanLine', row.id);
    this.position = row.position;
    this.kind = row.kind;
    this.count = row.count;
    this.vcpu = row.vcpu;
    this.memoryMib = row.memoryMib;
    this.ssdGib = row.ssdGib;
    this.hddGib = row.hddGib;
    this.architecture = row.architecture;
    this.zone = row.zone;
    this.offerCode = row.offerCode;
    this.units = row.halfUnits / HALF_UNITS_PER_UNIT;
    this.powerW = row.powerW;
    this.localMode = row.localMode;
    this.remoteMode = row.remoteMode;
    this.month = row.month;
    this.reason = row.reason;
    this.acceptedCount = row.acceptedCount;
    this.reductionReason = row.reductionReason;
    this.monthly = row.unitFen === null ? null : row.unitFen * BigInt(countOf(row));
    this.yearly = this.monthly === null ? null : this.monthly * BigInt(MONTHS_OF_YEAR + 1 - row.month);
  }
}

const PlanLineConnectionBase = connectionOf(PlanLineNode, 'PlanLine');

export { PlanLineConnectionBase as PlanLineConnection };

@ObjectType('PlanStep', { description: 'Who did what with a plan, and said what.' })
export class PlanStepNode {
  @Field(() => Int)
  round!: number;
  @Field(() => Date)
  at!: Date;
  @Field(() => String)
  actorName!: string;
  @Field(() => PlanActionEnum)
  action!: PlanAction;
  @Field(() => String, { nullable: true })
  opinion!: string | null;
  @Field(() => PlanStateEnum)
  toState!: PlanState;

  static of({ round, at, actorName, action, opinion, toState }: PlanStepRow): PlanStepNode {
    return { round, at, actorName, action, opinion, toState };
  }
}

@ObjectType('PlanAmount', { description: 'In the unit of the meter, in all centers together.' })
export class PlanAmountNode {
  @Field(() => QuotaMeterEnum)
  meter!: QuotaMeter;
  @Field(() => Number)
  asked!: number;
  @Field(() => Number)
  accepted!: number;
}

@ObjectType('PlanActionAvailability')
export class PlanActionAvailability {
  @Field(() => PlanActionEnum)
  action!: PlanAction;
  @Field(() => String, { nullable: true, description: 'null = may be done now.' })
  disabledReason!: string | null;
}

@ObjectType('PlanQuotaChange', { description: 'A limit as it is and as approval makes it.' })
export class PlanQuotaChangeNode {
  @Field(() => String)
  subjectName!: string;
  @Field(() => QuotaMeterEnum)
  meter!: QuotaMeter;
  @Field(() => Number, { nullable: true, description: 'null = no limit.' })
  before!: number | null;
  @Field(() => Number)
  after!: number;
  @Field(() => Number, { description: 'Held and allocated now.' })
  live!: number;
}

@ObjectType('PlanQuotaOutlook')
export class PlanQuotaOutlookNode {
  @Field(() => Boolean, { description: 'They are set with the approval; false = when the year begins.' })
  withApproval!: boolean;
  @Field(() => [PlanQuotaChangeNode])
  changes!: PlanQuotaChangeNode[];
  @Field(() => [UserError], { description: 'What stands in the way, as things are now.' })
  objections!: UserError[];
}

@ObjectType('Plan', {
  implements: () => [Node],
  description: '年度用云需求计划 of a department, or an addition (追加) to it.',
})
export class PlanNode extends Node {
  readonly row: PlanRow;
  @Field(() => String)
  code: string;
  @Field(() => PlanKindEnum)
  kind: PlanKind;
  @Field(() => Int)
  year: number;
  @Field(() => PlanStateEnum)
  state: PlanState;
  @Field(() => Date)
  stateSince: Date;
  @Field(() => Int)
  version: number;
  @Field(() => String, { description: 'Of an addition.' })
  reason: string;
  @Field(() => Int)
  lineCount: number;
  @Field(() => FenScalar, {
    nullable: true,
    description: 'A month of all that is accepted; null = a price is missing.',
  })
  monthly: bigint | null;
  @Field(() => Date)
  createdAt: Date;
  @Field(() => String)
  createdByName: string;
  @Field(() => Date, { nullable: true, description: 'When its quotas were put in force.' })
  quotasSetAt: Date | null;

  constructor(row: PlanRow) {
    super();
    this.row = row;
    this.id = toNodeId('Plan', row.id);
    this.code = row.code;
    this.kind = row.kind;
    this.year = row.year;
    this.state = row.state;
    this.stateSince = row.stateSince;
    this.version = row.version;
    this.reason = row.reason;
    this.lineCount = row.lineCount;
    this.monthly = row.monthlyFen;
    this.createdAt = row.createdAt;
    this.createdByName = row.createdByName;
    this.quotasSetAt = row.quotasSetAt;
  }

  get writable(): boolean {
    return isEditable(this.row.state);
  }
}

const PlanConnectionBase = connectionOf(PlanNode, 'Plan');

export { PlanConnectionBase as PlanConnection };

@ObjectType('PlanStateSum')
export class PlanStateSumNode {
  @Field(() => PlanStateEnum)
  state!: PlanState;
  @Field(() => PlanKindEnum)
  kind!: PlanKind;
  @Field(() => Int)
  plans!: number;
  @Field(() => FenScalar, { description: 'A month, of plans in which no price is missing.' })
  monthly!: bigint;
  @Field(() => Int)
  unpriced!: number;
}

@ObjectType('PlanOverview')
export class PlanOverviewNode {
  @Field(() => [PlanStateSumNode])
  sums!: PlanStateSumNode[];
  @Field(() => Int, { description: 'In sight, with or without a plan.' })
  departments!: number;
}

@InputType('PlanFilter')
export class PlanFilterInput {
  @Field(() => Int, { nullable: true })
  year!: number | null;
  @Field(() => [PlanStateEnum], { nullable: true })
  states!: PlanState[] | null;
  @Field(() => PlanKindEnum, { nullable: true })
  kind!: PlanKind | null;
  @Field(() => ID, { nullable: true, description: 'With all beneath it.' })
  departmentId!: string | null;
  @Field(() => String, { nullable: true, description: 'In code or reason.' })
  search!: string | null;
}

@ObjectType('PlanPayload')
export class PlanPayload {
  @Field(() => PlanNode, { nullable: true })
  plan!: PlanNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@ObjectType('PlanYearPayload')
export class PlanYearPayload {
  @Field(() => PlanYearNode, { nullable: true })
  planYear!: PlanYearNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@ObjectType('PlansPayload', { description: 'Each plan stands alone.' })
export class PlansPayload {
  @Field(() => [PlanPayload])
  results!: PlanPayload[];
  @Field(() => [UserError])
  errors!: UserError[];
}
