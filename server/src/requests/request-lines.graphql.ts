import { Field, Float, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import {
  LineKindEnum,
  PlacementCheckNode,
  PlacementShareNode,
  RelationKindEnum,
  RelationScopeEnum,
  ShareNameEnum,
  StandingEnum,
  StorageTierEnum,
  SuggestionKindEnum,
} from '../allocation/allocation.types.js';
import type { StorageTier } from '../allocation/domain/capacity.js';
import type { PlacedShare, ShareName, Standing } from '../allocation/domain/dr-shares.js';
import type { LineKind } from '../allocation/domain/line-kind.js';
import type { RelationScope } from '../allocation/domain/placement-facts.js';
import type { SuggestionKind } from '../allocation/domain/suggestions.js';
import { unitsOf } from '../cabinets/domain/units.js';
import type { NetworkZone } from '../facilities/domain/facility.js';
import { NetworkZoneEnum } from '../facilities/facilities.types.js';
import { toNodeId } from '../kernel/node-id.js';
import { Node } from '../platform/graphql/relay.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import type { LocalMode, RemoteMode } from '../systems/domain/system.js';
import { LocalModeEnum, RemoteModeEnum } from '../systems/systems.types.js';
import type { LineRelation } from './domain/content.js';
import { GRAMS_PER_KG } from './request-rows.js';
import type { RequestLineRow } from './requests.types.js';

@InputType('VmLineInput')
export class VmLineInput {
  @Field(() => ID)
  offerId!: string;
  @Field(() => ID)
  imageId!: string;
  @Field(() => NetworkZoneEnum)
  zone!: NetworkZone;
  @Field(() => StorageTierEnum)
  storageTier!: StorageTier;
  @Field(() => Int)
  diskGib!: number;
}

@InputType('ServerLineInput')
export class ServerLineInput {
  @Field(() => ID)
  offerId!: string;
  @Field(() => ID, {
    nullable: true,
    description: 'Installed on it, where its cluster does that; null = what its center installs where nobody chose.',
  })
  imageId?: string | null;
}

@InputType('CabinetLineInput', {
  description: 'Of each place: one run of units, what is drawn there and what it weighs.',
})
export class CabinetLineInput {
  @Field(() => ID)
  offerId!: string;
  @Field(() => Float, { description: 'In half units. Of a whole cabinet: its height.' })
  heightUnits!: number;
  @Field(() => Int)
  powerW!: number;
  @Field(() => Int)
  weightKg!: number;
  @Field(() => Boolean, { defaultValue: false, description: 'Each place in a cabinet of its own (K7).' })
  apart!: boolean;
}

@InputType('ServiceAnswerInput')
export class ServiceAnswerInput {
  @Field(() => String)
  key!: string;
  @Field(() => String)
  value!: string;
}

@InputType('ServiceLineInput')
export class ServiceLineInput {
  @Field(() => ID)
  offerId!: string;
  @Field(() => [ServiceAnswerInput], { description: "By the keys of the service's present definition." })
  answers!: ServiceAnswerInput[];
}

@InputType('LineRelationInput', {
  description:
    'Apart from another line, or together with it: machines in pool or center, servers and space in cabinet, room or center.',
})
export class LineRelationInput {
  @Field(() => RelationKindEnum)
  kind!: LineRelation['kind'];
  @Field(() => String, { description: 'Its name.' })
  line!: string;
  @Field(() => RelationScopeEnum)
  scope!: RelationScope;
}

@ObjectType('LineRelation')
export class LineRelationNode {
  @Field(() => RelationKindEnum)
  kind!: LineRelation['kind'];
  @Field(() => String)
  line!: string;
  @Field(() => RelationScopeEnum)
  scope!: RelationScope;
}

@InputType('RequestLineInput', { description: 'One line: what all kinds have, and the one part of its kind.' })
export class RequestLineInput {
  @Field(() => LineKindEnum)
  kind!: LineKind;
  @Field(() => String, { description: 'DNS label, 1-40 characters; machines are named name-1 … name-n.' })
  name!: string;
  @Field(() => Int, { description: 'In each center that runs it.' })
  count!: number;
  @Field(() => ID, {
    nullable: true,
    description:
      'Of SINGLE: null = the best one by placement. Not with DUAL_ACTIVE, which goes to both same-city centers.',
  })
  centerId?: string | null;
  @Field(() => LocalModeEnum, { nullable: true, description: "null = the system's." })
  localMode?: LocalMode | null;
  @Field(() => RemoteModeEnum, { nullable: true, description: "null = the system's." })
  remoteMode?: RemoteMode | null;
  @Field(() => VmLineInput, { nullable: true })
  vm?: VmLineInput | null;
  @Field(() => ServerLineInput, { nullable: true })
  server?: ServerLineInput | null;
  @Field(() => CabinetLineInput, { nullable: true })
  cabinet?: CabinetLineInput | null;
  @Field(() => ServiceLineInput, { nullable: true })
  service?: ServiceLineInput | null;
  @Field(() => [LineRelationInput], { nullable: true, description: 'A service has none; at most 5.' })
  relations?: LineRelationInput[] | null;
}

/** center is resolved from centerId. */
@ObjectType('LineShare', { description: "One center's part of a line." })
export class LineShareNode {
  centerId!: string | null;
  @Field(() => ShareNameEnum)
  share!: ShareName;
  @Field(() => StandingEnum)
  standing!: Standing;
  @Field(() => Boolean, { description: '容灾欠账: nothing is held for it until its center opens.' })
  owed!: boolean;
  @Field(() => Int, { description: 'Machines, servers, places or data sets.' })
  count!: number;
  @Field(() => [PlacementShareNode], { description: 'Of machines: the pools that take them.' })
  pools!: PlacementShareNode[];

  @Field(() => FenScalar, { nullable: true, description: 'Of a month; null while a price is missing.' })
  monthlyCost!: bigint | null;

  static of({ share, centerId, standing, owed, count, pools, monthlyFen }: PlacedShare): LineShareNode {
    return Object.assign(new LineShareNode(), {
      ...{ share, centerId, standing, owed, count },
      pools: pools.map((pool) => Object.assign(new PlacementShareNode(), pool)),
      monthlyCost: monthlyFen === null ? null : BigInt(monthlyFen),
    });
  }
}

@ObjectType('SharePreview', { description: 'What became of one share, and by which criteria.' })
export class SharePreviewNode extends LineShareNode {
  @Field(() => Boolean)
  feasible!: boolean;
  @Field(() => [PlacementCheckNode])
  checks!: PlacementCheckNode[];
}

@ObjectType('LinePreview')
export class LinePreviewNode {
  @Field(() => Int)
  index!: number;
  @Field(() => Boolean)
  feasible!: boolean;
  @Field(() => [SharePreviewNode], { description: 'Center by center.' })
  shares!: SharePreviewNode[];
  @Field(() => [PlacementShareNode], { description: 'Of machines: the pools of all shares.' })
  placements!: PlacementShareNode[];
  @Field(() => [PlacementCheckNode], { description: 'Of all shares.' })
  checks!: PlacementCheckNode[];
  @Field(() => FenScalar, { nullable: true })
  monthlyCost!: bigint | null;
  @Field(() => Int, {
    description: '超出定额自付: how many of it draw no quota, because the department pays for them itself.',
  })
  beyondQuotaCount!: number;
}

@ObjectType('PlacementSuggestion', {
  description:
    'One change of one line with which it fits beside all lines that are not refused: what is not null is changed.',
})
export class SuggestionNode {
  @Field(() => SuggestionKindEnum)
  kind!: SuggestionKind;
  @Field(() => Int)
  lineIndex!: number;
  @Field(() => String)
  text!: string;
  @Field(() => Int, { nullable: true })
  count!: number | null;
  @Field(() => ID, { nullable: true })
  centerId!: string | null;
  @Field(() => ID, { nullable: true })
  offerId!: string | null;
  @Field(() => ID, { nullable: true })
  imageId!: string | null;
  @Field(() => NetworkZoneEnum, { nullable: true })
  zone!: NetworkZone | null;
  @Field(() => StorageTierEnum, { nullable: true })
  storageTier!: StorageTier | null;
  @Field(() => Int, { nullable: true })
  diskGib!: number | null;
  @Field(() => Boolean, { description: 'What the line says of its place beside others is dropped.' })
  withoutRelations!: boolean;
  @Field(() => FenScalar, { nullable: true, description: 'Of the whole request a month then.' })
  monthlyCost!: bigint | null;
}

/** Here and below: what is not a plain field is resolved from the row. */
class LinePart {
  readonly row: RequestLineRow;
  constructor(row: RequestLineRow) {
    this.row = row;
  }
}

@ObjectType('VmLine')
export class VmLineNode extends LinePart {
  @Field(() => NetworkZoneEnum)
  zone!: NetworkZone;
  @Field(() => StorageTierEnum)
  storageTier!: StorageTier;
  @Field(() => Int)
  diskGib!: number;
}

@ObjectType('ServerLine')
export class ServerLineNode extends LinePart {}

@ObjectType('CabinetLine', { description: 'Of each place.' })
export class CabinetLineNode extends LinePart {
  @Field(() => Float)
  heightUnits!: number;
  @Field(() => Int)
  powerW!: number;
  @Field(() => Int)
  weightKg!: number;
  @Field(() => Boolean, { description: 'Each place in a cabinet of its own.' })
  apart!: boolean;
}

@ObjectType('ServiceAnswer')
export class ServiceAnswerNode {
  @Field(() => String)
  key!: string;
  @Field(() => String)
  value!: string;
}

@ObjectType('ServiceLine')
export class ServiceLineNode extends LinePart {
  @Field(() => [ServiceAnswerNode])
  answers!: ServiceAnswerNode[];
}

@ObjectType('PlaceSize', { description: 'What a place has of its cabinet.' })
export class PlaceSizeNode {
  @Field(() => Float)
  heightUnits!: number;
  @Field(() => Int)
  powerW!: number;
  @Field(() => Float)
  weightKg!: number;
}

function fromPlaceOf({ fromHalfUnits, fromPowerW, fromWeightGrams }: RequestLineRow): PlaceSizeNode | null {
  if (typeof fromHalfUnits !== 'number') return null;
  return {
    heightUnits: unitsOf(fromHalfUnits),
    powerW: fromPowerW ?? 0,
    weightKg: (fromWeightGrams ?? 0) / GRAMS_PER_KG,
  };
}

@ObjectType('RequestLine', { implements: () => [Node] })
export class RequestLineNode extends Node {
  readonly row: RequestLineRow;
  @Field(() => LineKindEnum)
  kind: LineKind;
  @Field(() => Int)
  index: number;
  @Field(() => String)
  name: string;
  @Field(() => Int)
  count: number;
  @Field(() => LocalModeEnum)
  localMode: LocalMode;
  @Field(() => RemoteModeEnum)
  remoteMode: RemoteMode;
  @Field(() => LocalModeEnum, { nullable: true, description: 'Of a change: before it.' })
  fromLocalMode: LocalMode | null;
  @Field(() => RemoteModeEnum, { nullable: true, description: 'Of a change: before it.' })
  fromRemoteMode: RemoteMode | null;
  @Field(() => ID, { nullable: true, description: 'Of a change: the line that it changes.' })
  changedLineId: string | null;
  @Field(() => Int, { nullable: true, description: 'Of a change of a service: how many there were.' })
  fromCount: number | null;
  @Field(() => [ServiceAnswerNode], { description: 'Of a change of a service: what was answered before.' })
  fromAnswers: ServiceAnswerNode[];
  @Field(() => PlaceSizeNode, { nullable: true, description: 'Of a change of places in cabinets: what each had.' })
  fromPlace: PlaceSizeNode | null;
  @Field(() => VmLineNode, { nullable: true })
  vm: VmLineNode | null = null;
  @Field(() => ServerLineNode, { nullable: true })
  server: ServerLineNode | null = null;
  @Field(() => CabinetLineNode, { nullable: true })
  cabinet: CabinetLineNode | null = null;
  @Field(() => ServiceLineNode, { nullable: true })
  service: ServiceLineNode | null = null;
  @Field(() => FenScalar, { nullable: true })
  monthlyCost: bigint | null;
  @Field(() => [LineShareNode], { description: 'Center by center; chosen at submit, empty before.' })
  shares: LineShareNode[];
  @Field(() => [PlacementShareNode], { description: 'Of machines: the pools of all shares; empty before submit.' })
  placements: PlacementShareNode[];
  @Field(() => Date, { nullable: true, description: 'When it stood ready; of machines, each tells itself.' })
  fulfilledAt: Date | null;
  @Field(() => String, { nullable: true, description: 'What proves it.' })
  evidence: string | null;
  @Field(() => [LineRelationNode], { description: 'How it stands to other lines.' })
  relations: LineRelationNode[];

  constructor(row: RequestLineRow) {
    super();
    this.id = toNodeId('RequestLine', row.id);
    this.row = row;
    this.kind = row.kind;
    this.index = row.position;
    this.name = row.name;
    this.count = row.itemCount;
    this.localMode = row.localMode;
    this.remoteMode = row.remoteMode;
    this.fromLocalMode = row.fromLocalMode ?? null;
    this.fromRemoteMode = row.fromRemoteMode ?? null;
    this.changedLineId = row.changedLineId ? toNodeId('RequestLine', row.changedLineId) : null;
    this.fromCount = row.fromCount ?? null;
    this.fromAnswers = [...(row.fromAnswers ?? [])];
    this.fromPlace = fromPlaceOf(row);
    this.monthlyCost = row.monthlyFen;
    this.shares = row.shares.map(LineShareNode.of);
    this.placements = this.shares.flatMap((share) => share.pools);
    this.fulfilledAt = row.fulfilledAt;
    this.evidence = row.evidence;
    this.relations = (row.relations ?? []).map((relation) => Object.assign(new LineRelationNode(), relation));
    const { zone, storageTier, diskGib, heightHalfUnits, powerW, weightGrams } = row;
    switch (row.kind) {
      case 'VM':
        this.vm = Object.assign(new VmLineNode(row), { zone, storageTier, diskGib });
        break;
      case 'SERVER':
        this.server = new ServerLineNode(row);
        break;
      case 'CABINET':
        this.cabinet = Object.assign(new CabinetLineNode(row), {
          heightUnits: unitsOf(heightHalfUnits ?? 0),
          powerW: powerW ?? 0,
          weightKg: (weightGrams ?? 0) / GRAMS_PER_KG,
          apart: Boolean(row.placesApart),
        });
        break;
      case 'SERVICE':
        this.service = Object.assign(new ServiceLineNode(row), { answers: row.answers ?? [] });
        break;
    }
  }
}
