import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { CenterNode } from '../facilities/facilities.types.js';
import { toNodeId } from '../kernel/node-id.js';
import type { QuotaLevel, QuotaMeter } from '../kernel/refusal.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf } from '../platform/graphql/relay.js';
import { QuotaLevelEnum, QuotaMeterEnum } from '../platform/graphql/user-error.js';
import { DEMAND_METERS, type DemandMeter } from './domain/plan-demand.js';
import { DEMAND_BASES } from './plan-demand.service.js';
import type { SubjectUse } from './plan-use.service.js';

export const PlanDemandBasisEnum = enumOf(DEMAND_BASES);
registerEnumType(PlanDemandBasisEnum, { name: 'PlanDemandBasis' });
const PlanDemandMeterEnum = enumOf(DEMAND_METERS);
registerEnumType(PlanDemandMeterEnum, { name: 'PlanDemandMeter' });

@ObjectType('PlanMeterUse', { description: 'In the unit of the meter. used = held and allocated.' })
export class PlanMeterUseNode {
  @Field(() => QuotaMeterEnum)
  meter!: QuotaMeter;
  @Field(() => Number)
  planned!: number;
  @Field(() => Number)
  used!: number;
  @Field(() => Number, { description: 'May still be asked for inside the plan.' })
  left!: number;
  @Field(() => Number, { description: 'Used beyond the plan.' })
  over!: number;
}

@ObjectType('PlanUse', { description: 'Plan, use and rest of a department with all beneath it, or of a system.' })
export class PlanUseNode {
  readonly departmentUuid: string;
  @Field(() => ID, { description: 'Of the department or system.' })
  subjectId: string;
  @Field(() => QuotaLevelEnum)
  level: QuotaLevel;
  @Field(() => String)
  name: string;
  @Field(() => Boolean, { description: 'Something is approved for it.' })
  planned: boolean;
  @Field(() => [PlanMeterUseNode])
  meters: readonly PlanMeterUseNode[];

  constructor({ subject, planned, meters }: SubjectUse) {
    this.departmentUuid = subject.departmentId;
    this.subjectId = toNodeId(subject.level === 'SYSTEM' ? 'System' : 'Department', subject.id);
    this.level = subject.level;
    this.name = subject.name;
    this.planned = planned;
    this.meters = meters;
  }
}

const PlanUseConnectionBase = connectionOf(PlanUseNode, 'PlanUse');

export { PlanUseConnectionBase as PlanUseConnection };

@ObjectType('PlanDemandCenter')
export class PlanDemandCenterNode {
  @Field(() => CenterNode)
  center!: CenterNode;
  @Field(() => Number)
  free!: number;
  @Field(() => Number, { description: 'Known to come: in a center that is not open yet, or a server that is planned.' })
  arriving!: number;
  @Field(() => Number, { description: 'Demanded of this center by its DR mode.' })
  demanded!: number;
  @Field(() => Number)
  short!: number;
}

@ObjectType('PlanDemandRow', { description: 'One kind of room against what the plans still ask for.' })
export class PlanDemandRowNode {
  @Field(() => PlanDemandMeterEnum)
  meter!: DemandMeter;
  @Field(() => String, { nullable: true, description: 'null = whichever there is.' })
  architecture!: string | null;
  @Field(() => String, { nullable: true, description: 'null = whichever there is.' })
  zone!: string | null;
  @Field(() => [PlanDemandCenterNode])
  centers!: PlanDemandCenterNode[];
  @Field(() => Number, { description: 'In one of the same-city centers, whichever has room.' })
  either!: number;
  @Field(() => Number)
  demanded!: number;
  @Field(() => Number)
  free!: number;
  @Field(() => Number)
  arriving!: number;
  @Field(() => Number)
  short!: number;
  @Field(() => [Number], { description: 'Demanded in all until the end of each month.' })
  byMonth!: readonly number[];
  @Field(() => Int, { nullable: true, description: 'The first month in which it does not fit.' })
  shortFrom!: number | null;
}

@ObjectType('PlanDemandReport')
export class PlanDemandReportNode {
  @Field(() => [CenterNode])
  centers!: CenterNode[];
  @Field(() => [PlanDemandRowNode])
  rows!: PlanDemandRowNode[];
  @Field(() => Int, { description: 'Departments whose plans are summed.' })
  departments!: number;
  @Field(() => Int)
  systems!: number;
}
