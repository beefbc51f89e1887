import { Field, Float, ID, InputType, Int } from '@nestjs/graphql';
import type { NetworkZone } from '../facilities/domain/facility.js';
import { NetworkZoneEnum } from '../facilities/facilities.types.js';
import { CabinetStatusEnum } from './cabinets.types.js';
import type { CabinetStatus } from './domain/cabinet.js';

@InputType('CabinetFilter')
export class CabinetFilterInput {
  @Field(() => ID, { nullable: true })
  centerId!: string | null;
  @Field(() => ID, { nullable: true })
  roomId!: string | null;
  @Field(() => ID, { nullable: true })
  rowId!: string | null;
  @Field(() => NetworkZoneEnum, { nullable: true })
  zone!: NetworkZone | null;
  @Field(() => [CabinetStatusEnum], { nullable: true })
  statuses!: CabinetStatus[] | null;
  @Field(() => ID, { nullable: true, description: 'Wholly its own, or holding something of its.' })
  departmentId!: string | null;
  @Field(() => Float, { nullable: true, description: 'In one piece, full depth.' })
  minimumFreeUnits!: number | null;
  @Field(() => Int, { nullable: true, description: 'For those who see whole cabinets only, like the weight.' })
  minimumFreeWatts!: number | null;
  @Field(() => Int, { nullable: true })
  minimumFreeGrams!: number | null;
  @Field(() => String, { nullable: true, description: 'In the code.' })
  search!: string | null;
}
