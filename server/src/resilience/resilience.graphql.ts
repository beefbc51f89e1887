import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { CenterRole } from '../facilities/domain/facility.js';
import { CenterNode, CenterRoleEnum } from '../facilities/facilities.types.js';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import type { LocalMode, RemoteMode } from '../systems/domain/system.js';
import { LocalModeEnum, RemoteModeEnum } from '../systems/systems.types.js';
import { LOSS_FATES, type LossFate } from './domain/center-loss.js';
import { DR_ELEMENTS, type DrElement } from './domain/dr-level.js';
import { LINK_MODES, type LinkMode } from './domain/dr-link.js';
import { SHOWN_LEVELS, type ShownLevel, SIGNAL_NAMES, type SignalName } from './domain/dr-signal.js';
import {
  DATA_KINDS,
  DATA_ROLES,
  type DataKind,
  type DataRole,
  GROUP_GRADES,
  type GroupGrade,
  TIER_LAYERS,
  TIER_ORIGINS,
  TIER_PARTIES,
  TIER_SOURCES,
  type TierLayer,
  type TierOrigin,
  type TierParty,
  type TierSource,
} from './domain/dr-words.js';
import { REASON_CODES, type ReasonCode } from './domain/judge-group.js';
import { OCCUPANTS, type Occupant } from './domain/occupation.js';
import type { GroupRow, LinkRow } from './resilience.types.js';

export const GroupGradeEnum = enumOf(GROUP_GRADES);
registerEnumType(GroupGradeEnum, {
  name: 'DrGroupGrade',
  valuesMap: {
    KEPT: { description: 'What its DR mode promises is there.' },
    AT_RISK: { description: 'It is there, and something is strained, owed or on its way.' },
    UNKNOWN: { description: 'What it is judged by is too old: nobody knows.' },
    BROKEN: { description: 'Something that is promised is not there.' },
  },
});
export const TierLayerEnum = enumOf(TIER_LAYERS);
registerEnumType(TierLayerEnum, { name: 'DrTierLayer' });
export const TierPartyEnum = enumOf(TIER_PARTIES);
registerEnumType(TierPartyEnum, { name: 'DrTierParty' });
export const DataKindEnum = enumOf(DATA_KINDS);
registerEnumType(DataKindEnum, { name: 'DrDataKind' });
export const TierSourceEnum = enumOf(TIER_SOURCES);
registerEnumType(TierSourceEnum, { name: 'DrTierSource' });
const TierOriginEnum = enumOf(TIER_ORIGINS);
registerEnumType(TierOriginEnum, { name: 'DrTierOrigin' });
const DataRoleEnum = enumOf(DATA_ROLES);
registerEnumType(DataRoleEnum, { name: 'DrDataRole' });
const SignalNameEnum = enumOf(SIGNAL_NAMES);
registerEnumType(SignalNameEnum, { name: 'DrSignalName' });
export const SignalLevelEnum = enumOf(SHOWN_LEVELS);
registerEnumType(SignalLevelEnum, { name: 'DrSignalLevel' });
const ReasonCodeEnum = enumOf(REASON_CODES);
registerEnumType(ReasonCodeEnum, { name: 'DrReasonCode' });
const OccupantEnum = enumOf(OCCUPANTS);
registerEnumType(OccupantEnum, { name: 'DrOccupant' });
export const LinkModeEnum = enumOf(LINK_MODES);
registerEnumType(LinkModeEnum, { name: 'DrLinkMode' });
const LossFateEnum = enumOf(LOSS_FATES);
registerEnumType(LossFateEnum, { name: 'DrLossFate' });
export const ElementEnum = enumOf(DR_ELEMENTS);
registerEnumType(ElementEnum, { name: 'DrElement', description: 'The seven elements of GB/T 20988.' });

@ObjectType('DrReason', { description: 'Why a group has its grade.' })
export class DrReasonNode {
  @Field(() => ReasonCodeEnum)
  code!: ReasonCode;
  @Field(() => GroupGradeEnum)
  grade!: GroupGrade;
  @Field(() => String)
  text!: string;
  @Field(() => String, { nullable: true, description: 'null = of the whole group.' })
  tierName!: string | null;
  @Field(() => SignalNameEnum, { nullable: true, description: 'null = it is no signal that says so.' })
  signal!: SignalName | null;
  @Field(() => [ID], {
    description: 'Machines that a request to put it right would be about; none = no request would.',
  })
  resourceIds!: string[];
}

@ObjectType('DrTierCenter', { description: 'What of a tier stands in one center.' })
export class DrTierCenterNode {
  @Field(() => CenterRoleEnum)
  role!: CenterRole;
  @Field(() => Int)
  running!: number;
  @Field(() => Int)
  standby!: number;
  @Field(() => Int, { description: 'Of both, what is still being made.' })
  coming!: number;
}

@ObjectType('DrDataPlace')
export class DrDataPlaceNode {
  @Field(() => CenterNode)
  center!: CenterNode;
  @Field(() => DataRoleEnum)
  role!: DataRole;
}

@ObjectType('DrDataSet', { description: 'At most one center writes it.' })
export class DrDataSetNode {
  @Field(() => String)
  name!: string;
  @Field(() => [DrDataPlaceNode])
  places!: DrDataPlaceNode[];
}

@ObjectType('DrTier')
export class DrTierNode {
  @Field(() => ID)
  id!: string;
  @Field(() => String)
  name!: string;
  @Field(() => TierOriginEnum)
  origin!: TierOrigin;
  @Field(() => TierLayerEnum)
  layer!: TierLayer;
  @Field(() => DataKindEnum)
  dataKind!: DataKind;
  @Field(() => TierSourceEnum)
  source!: TierSource;
  @Field(() => TierPartyEnum)
  party!: TierParty;
  @Field(() => String, { nullable: true })
  partyName!: string | null;
  @Field(() => LocalModeEnum)
  localMode!: LocalMode;
  @Field(() => RemoteModeEnum)
  remoteMode!: RemoteMode;
  @Field(() => [DrTierCenterNode])
  centers!: DrTierCenterNode[];
  @Field(() => [DrDataSetNode])
  dataSets!: DrDataSetNode[];
  @Field(() => Int)
  version!: number;
}

@ObjectType('DrSignal')
export class DrSignalNode {
  @Field(() => ID)
  signalId!: string;
  @Field(() => SignalNameEnum)
  name!: SignalName;
  @Field(() => String, { nullable: true, description: 'Of which tier or center; null = of the group.' })
  subject!: string | null;
  @Field(() => CenterRoleEnum, {
    nullable: true,
    description: 'Where the data goes to; ACTIVE_B = between the two of a city.',
  })
  towards!: CenterRole | null;
  @Field(() => String)
  source!: string;
  @Field(() => Float, { nullable: true })
  value!: number | null;
  @Field(() => SignalLevelEnum, { description: 'UNKNOWN: older than it may be, or settling.' })
  level!: ShownLevel;
  @Field(() => Boolean, {
    description: 'Read for the first time only lately, and not good yet: whether that stays nobody can say.',
  })
  settling!: boolean;
  @Field(() => Date)
  levelSince!: Date;
  @Field(() => Date)
  observedAt!: Date;
  @Field(() => Int)
  maxAgeSeconds!: number;
}

@ObjectType('DrElementLevel')
export class DrElementLevelNode {
  @Field(() => ElementEnum)
  element!: DrElement;
  @Field(() => Int, { nullable: true, description: 'null = not assessed.' })
  level!: number | null;
}

@ObjectType('DrLevel', { description: 'GB/T 20988: the least of the seven elements.' })
export class DrLevelNode {
  @Field(() => String)
  standard!: string;
  @Field(() => Int, { nullable: true, description: 'null = something is not assessed.' })
  level!: number | null;
  @Field(() => String, { nullable: true, description: 'What the standard calls it.' })
  name!: string | null;
  @Field(() => [DrElementLevelNode])
  elements!: DrElementLevelNode[];
  @Field(() => [ElementEnum], { description: 'What keeps it below its target, or where it is.' })
  shortest!: DrElement[];
}

@ObjectType('DrGroup', { implements: () => [Node], description: '容灾组: one system’s tiers over the centers.' })
export class DrGroupNode extends Node {
  row: GroupRow;
  @Field(() => String)
  name: string;
  @Field(() => LocalModeEnum, { description: 'As it is promised.' })
  localMode: LocalMode;
  @Field(() => RemoteModeEnum, { description: 'As it is promised.' })
  remoteMode: RemoteMode;
  @Field(() => Date)
  gradeSince: Date;
  @Field(() => Date, { nullable: true, description: 'null = not yet.' })
  judgedAt: Date | null;
  @Field(() => Int, { nullable: true })
  targetLevel: number | null;
  @Field(() => Int, { nullable: true })
  rtoSeconds: number | null;
  @Field(() => Int, { nullable: true })
  rpoSeconds: number | null;
  @Field(() => Int, { nullable: true, description: 'DOO: until it works in part.' })
  dooSeconds: number | null;
  @Field(() => Int, { nullable: true, description: 'NRO: until its network works.' })
  nroSeconds: number | null;
  @Field(() => Int)
  version: number;

  constructor(row: GroupRow) {
    super();
    this.row = row;
    this.id = toNodeId('DrGroup', row.id);
    this.name = row.name;
    this.localMode = row.localMode;
    this.remoteMode = row.remoteMode;
    this.gradeSince = row.gradeSince;
    this.judgedAt = row.judgedAt;
    this.targetLevel = row.targetLevel;
    this.rtoSeconds = row.rtoSeconds;
    this.rpoSeconds = row.rpoSeconds;
    this.dooSeconds = row.dooSeconds;
    this.nroSeconds = row.nroSeconds;
    this.version = row.version;
  }
}

export const DrGroupConnection = connectionOf(DrGroupNode, 'DrGroup');

@ObjectType('DrOccupation', { description: 'What has a group to itself: a drill or an execution.' })
export class DrOccupationNode {
  @Field(() => OccupantEnum)
  kind!: Occupant;
  @Field(() => ID, { description: 'Of the drill or the execution.' })
  byId!: string;
  @Field(() => String, { description: 'As people know it.' })
  code!: string;
  @Field(() => Date)
  since!: Date;
  @Field(() => Date, { nullable: true, description: 'Since when it should have ended and could not be cleaned up.' })
  blockedSince!: Date | null;
}

@ObjectType('DrGradeCount')
export class DrGradeCountNode {
  @Field(() => GroupGradeEnum)
  grade!: GroupGrade;
  @Field(() => Int)
  groups!: number;
}

@ObjectType('DrArbiterPath')
export class DrArbiterPathNode {
  @Field(() => CenterRoleEnum)
  from!: CenterRole;
  @Field(() => String)
  via!: string;
  @Field(() => String, { nullable: true, description: 'Told to whoever sets it.' })
  target?: string | null;
}

@ObjectType('DrLink', { implements: () => [Node], description: '链路: how data goes between two centers.' })
export class DrLinkNode extends Node {
  @Field(() => CenterNode)
  from!: CenterNode;
  @Field(() => CenterNode)
  to!: CenterNode;
  @Field(() => LinkModeEnum, { description: 'As it goes now.' })
  mode!: LinkMode;
  @Field(() => LinkModeEnum, { description: 'What it was built for; otherwise only since two people have signed it.' })
  promisedMode!: LinkMode;
  @Field(() => [DrArbiterPathNode])
  arbiterPaths!: DrArbiterPathNode[];
  @Field(() => Float, {
    nullable: true,
    description: 'Of the tier that is furthest behind; null = nobody knows, or none goes by it.',
  })
  lagSeconds!: number | null;
  @Field(() => Int, { description: 'Tiers whose copies go by it.' })
  tiers!: number;
  @Field(() => Int)
  late!: number;
  @Field(() => Int)
  unknown!: number;
  @Field(() => Int)
  version!: number;

  static bare(link: LinkRow, from: CenterNode, to: CenterNode): DrLinkNode {
    const { arbiterPaths, mode, promisedMode, version } = link;
    const none = { lagSeconds: null, tiers: 0, late: 0, unknown: 0 };
    return Object.assign(new DrLinkNode(), {
      ...{ id: toNodeId('DrLink', link.id), from, to, arbiterPaths, mode, promisedMode, version },
      ...none,
    });
  }
}

@ObjectType('DrCenterGroups')
export class DrCenterGroupsNode {
  @Field(() => CenterNode)
  center!: CenterNode;
  @Field(() => [DrGradeCountNode], { description: 'Groups that have something there.' })
  grades!: DrGradeCountNode[];
}

@ObjectType('DrPicture', { description: '两地三中心: links and groups, as far as the viewer may see them.' })
export class DrPictureNode {
  @Field(() => [DrLinkNode])
  links!: DrLinkNode[];
  @Field(() => [DrCenterGroupsNode])
  centers!: DrCenterGroupsNode[];
  @Field(() => [DrGradeCountNode], { description: 'All groups, judged at the same moment as the rest of the picture.' })
  grades!: DrGradeCountNode[];
}

@ObjectType('DrGroupLoss')
export class DrGroupLossNode {
  @Field(() => DrGroupNode)
  group!: DrGroupNode;
  @Field(() => LossFateEnum)
  fate!: LossFate;
  @Field(() => Float, { nullable: true, description: 'Seconds of data that would be missing; null = nobody can say.' })
  dataLossSeconds!: number | null;
  @Field(() => Boolean, { description: 'Signals are too old to be sure of it.' })
  uncertain!: boolean;
}

@ObjectType('DrFateCount')
export class DrFateCountNode {
  @Field(() => LossFateEnum)
  fate!: LossFate;
  @Field(() => Int)
  groups!: number;
}

@ObjectType('DrRoom')
export class DrRoomNode {
  @Field(() => Float)
  vcpu!: number;
  @Field(() => Float)
  memoryMib!: number;
}

@ObjectType('DrCenterLoss', { description: 'What would come of the loss of a center now. Nothing is done.' })
export class DrCenterLossNode {
  @Field(() => CenterNode)
  center!: CenterNode;
  @Field(() => [DrFateCountNode])
  fates!: DrFateCountNode[];
  @Field(() => [DrGroupLossNode], { description: 'Those that it touches, the worst first; 200 at most.' })
  groups!: DrGroupLossNode[];
  @Field(() => DrRoomNode, { description: 'What would have to be started in the recovery center.' })
  needs!: DrRoomNode;
  @Field(() => DrRoomNode, {
    nullable: true,
    description: 'Free there; null = not the viewer’s to see, or there is none.',
  })
  free!: DrRoomNode | null;
}

@ObjectType('DrGroupPayload')
export class DrGroupPayload {
  @Field(() => DrGroupNode, { nullable: true })
  group!: DrGroupNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@ObjectType('DrLinkPayload')
export class DrLinkPayload {
  @Field(() => DrLinkNode, { nullable: true })
  link!: DrLinkNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
