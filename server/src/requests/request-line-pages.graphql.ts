import { Field, Int, ObjectType } from '@nestjs/graphql';
import { LineKindEnum, ShareNameEnum, StandingEnum } from '../allocation/allocation.types.js';
import type { ShareName, Standing } from '../allocation/domain/dr-shares.js';
import type { LineKind } from '../allocation/domain/line-kind.js';
import { connectionOf } from '../platform/graphql/relay.js';
import type { LocalMode, RemoteMode } from '../systems/domain/system.js';
import { LocalModeEnum, RemoteModeEnum } from '../systems/systems.types.js';
import type { GroupedShare, PlanGroup } from './domain/plan-groups.js';
import { RequestLineNode } from './request-lines.graphql.js';

export const RequestLineConnection = connectionOf(RequestLineNode, 'RequestLine');

/** center is resolved from centerId. */
@ObjectType('PlanShare', { description: "One center's part of a group of lines." })
export class PlanShareNode {
  readonly centerId: string | null;
  @Field(() => ShareNameEnum)
  share: ShareName;
  @Field(() => StandingEnum)
  standing: Standing;
  @Field(() => Boolean, { description: '容灾欠账: nothing is held for it until its center opens.' })
  owed: boolean;
  @Field(() => Int, { description: 'Machines, servers, places or data sets of all its lines.' })
  count: number;

  constructor({ centerId, share, standing, owed, count }: GroupedShare) {
    this.centerId = centerId;
    this.share = share;
    this.standing = standing;
    this.owed = owed;
    this.count = count;
  }
}

@ObjectType('PlanGroup', { description: 'Lines of a request that stand alike, as one.' })
export class PlanGroupNode {
  readonly centerId: string | null;
  @Field(() => LineKindEnum)
  kind: LineKind;
  @Field(() => Int, { description: 'Of all its lines, in each center that runs it.' })
  count: number;
  @Field(() => Int)
  lineCount: number;
  @Field(() => LocalModeEnum)
  localMode: LocalMode;
  @Field(() => RemoteModeEnum)
  remoteMode: RemoteMode;
  @Field(() => [PlanShareNode], { description: 'Center by center; chosen at submit, empty before.' })
  shares: PlanShareNode[];

  constructor({ centerId, kind, count, lineCount, localMode, remoteMode, shares }: PlanGroup) {
    this.centerId = centerId;
    this.kind = kind;
    this.count = count;
    this.lineCount = lineCount;
    this.localMode = localMode;
    this.remoteMode = remoteMode;
    this.shares = shares.map((share) => new PlanShareNode(share));
  }
}
