import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { LineKindEnum, StorageTierEnum } from '../allocation/allocation.types.js';
import type { StorageTier } from '../allocation/domain/capacity.js';
import type { LineKind } from '../allocation/domain/line-kind.js';
import type { NetworkZone } from '../facilities/domain/facility.js';
import { NetworkZoneEnum } from '../facilities/facilities.types.js';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { Node } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import type { LineContent } from '../requests/domain/content.js';
import { RequestLineInput, ServiceAnswerNode } from '../requests/request-lines.graphql.js';
import type { LocalMode, RemoteMode } from '../systems/domain/system.js';
import { LocalModeEnum, RemoteModeEnum } from '../systems/systems.types.js';
import { PACKAGE_STATES, type PackageContent, type PackageState, type RequestPackage } from './domain/package.js';

const PackageStateEnum = enumOf(PACKAGE_STATES);
registerEnumType(PackageStateEnum, { name: 'RequestPackageState' });

@ObjectType()
export class PackageVmLine {
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

@ObjectType()
export class PackageServerLine {
  @Field(() => ID)
  offerId!: string;
  @Field(() => ID, { nullable: true })
  imageId!: string | null;
}

@ObjectType()
export class PackageCabinetLine {
  @Field(() => ID)
  offerId!: string;
  @Field(() => Float)
  heightUnits!: number;
  @Field(() => Int)
  powerW!: number;
  @Field(() => Int)
  weightKg!: number;
}

@ObjectType()
export class PackageServiceLine {
  @Field(() => ID)
  offerId!: string;
  @Field(() => [ServiceAnswerNode])
  answers!: ServiceAnswerNode[];
}

@ObjectType({ description: 'As RequestLineInput takes it; an offer that was withdrawn since is named all the same.' })
export class PackageLine {
  @Field(() => LineKindEnum)
  kind!: LineKind;
  @Field(() => String)
  name!: string;
  @Field(() => Int)
  count!: number;
  @Field(() => LocalModeEnum, { nullable: true })
  localMode!: LocalMode | null;
  @Field(() => RemoteModeEnum, { nullable: true })
  remoteMode!: RemoteMode | null;
  @Field(() => PackageVmLine, { nullable: true })
  vm!: PackageVmLine | null;
  @Field(() => PackageServerLine, { nullable: true })
  server!: PackageServerLine | null;
  @Field(() => PackageCabinetLine, { nullable: true })
  cabinet!: PackageCabinetLine | null;
  @Field(() => PackageServiceLine, { nullable: true })
  service!: PackageServiceLine | null;

  static of({ vm, server, cabinet, service, ...line }: LineContent): PackageLine {
    const idOf = (type: string, id: string | undefined): string => toNodeId(type, id ?? '');
    return Object.assign(new PackageLine(), {
      ...line,
      vm: vm && { ...vm, offerId: idOf('Offer', vm.offerId), imageId: idOf('Image', vm.imageId) },
      server: server && {
        offerId: idOf('ServerOffer', server.offerId),
        imageId: server.imageId ? idOf('Image', server.imageId) : null,
      },
      cabinet: cabinet && { ...cabinet, offerId: idOf('CabinetOffer', cabinet.offerId) },
      service: service && { ...service, offerId: idOf('ServiceOffer', service.offerId) },
    });
  }
}

@ObjectType({ description: 'One version of a package.' })
export class PackageContentNode {
  @Field(() => String)
  name!: string;
  @Field(() => String)
  summary!: string;
  @Field(() => [PackageLine])
  lines!: PackageLine[];

  static of({ name, summary, lines }: PackageContent): PackageContentNode {
    return Object.assign(new PackageContentNode(), { name, summary, lines: lines.map(PackageLine.of) });
  }
}

@ObjectType('RequestPackage', {
  implements: () => [Node],
  description: '套餐: a named set of lines with sizes that a request may begin with.',
})
export class RequestPackageNode extends Node {
  readonly row: RequestPackage;
  @Field(() => PackageStateEnum)
  state: PackageState;
  @Field(() => Int)
  version: number;
  @Field(() => Int, { nullable: true, description: 'Of the version that is offered; null = none was.' })
  number: number | null;
  @Field(() => PackageContentNode, { nullable: true, description: 'As it is offered.' })
  published: PackageContentNode | null;
  @Field(() => Date, { nullable: true })
  publishedAt: Date | null;
  @Field(() => String, { nullable: true })
  publishedBy: string | null;

  constructor(row: RequestPackage) {
    super();
    this.id = toNodeId('RequestPackage', row.id);
    this.row = row;
    this.state = row.state;
    this.version = row.version;
    this.number = row.number;
    this.published = row.published && PackageContentNode.of(row.published);
    this.publishedAt = row.publishedAt;
    this.publishedBy = row.publishedBy;
  }
}

@InputType()
export class SavePackageInput {
  @Field(() => ID, { nullable: true, description: 'null = a new one.' })
  id?: string | null;
  @Field(() => Int, { description: '0 of a new one.' })
  expectedVersion!: number;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => String)
  name!: string;
  @Field(() => String)
  summary!: string;
  @Field(() => [RequestLineInput], { description: '1 to 20; none names a center.' })
  lines!: RequestLineInput[];
}

@InputType()
export class PackageActInput {
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => ID)
  idempotencyKey!: string;
}

@ObjectType()
export class RequestPackagePayload {
  @Field(() => RequestPackageNode, { nullable: true })
  requestPackage!: RequestPackageNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
