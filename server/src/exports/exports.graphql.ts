import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import { UserError } from '../platform/graphql/user-error.js';
import {
  EXPORT_NAMES,
  type ExportName,
  TOKEN_KINDS,
  TOKEN_STATES,
  type TokenKind,
  type TokenState,
} from './domain/token.js';
import type { TokenRow } from './tokens.repository.js';

export const ExportNameEnum = enumOf(EXPORT_NAMES);
registerEnumType(ExportNameEnum, { name: 'ExportName' });
export const ExportTokenKindEnum = enumOf(TOKEN_KINDS);
registerEnumType(ExportTokenKindEnum, {
  name: 'ExportTokenKind',
  valuesMap: {
    PERSONAL: { description: 'One’s own, for 90 days at most.' },
    SERVICE: { description: 'For another system, for a year at most, once the security administrator has agreed.' },
  },
});
const ExportTokenStateEnum = enumOf(TOKEN_STATES);
registerEnumType(ExportTokenStateEnum, { name: 'ExportTokenState' });
/** What this viewer may do with it now. */
export const TOKEN_ACTIONS = ['APPROVE', 'REVOKE'] as const;
export type TokenAction = (typeof TOKEN_ACTIONS)[number];
export const ExportTokenActionEnum = enumOf(TOKEN_ACTIONS);
registerEnumType(ExportTokenActionEnum, { name: 'ExportTokenAction' });

@ObjectType('ExportToken', {
  implements: () => [Node],
  description: '导出令牌: a key by which a machine reads named exports, and nothing else.',
})
export class ExportTokenNode extends Node {
  constructor(readonly row: TokenRow) {
    super();
    this.id = toNodeId('ExportToken', row.id);
  }
  @Field(() => String, { description: 'By which it is known; no secret.' })
  get publicId(): string {
    return this.row.publicId;
  }
  @Field(() => ExportTokenKindEnum)
  get kind(): TokenKind {
    return this.row.kind;
  }
  @Field(() => ExportTokenStateEnum)
  get state(): TokenState {
    return this.row.state;
  }
  @Field(() => Int)
  get version(): number {
    return this.row.version;
  }
  @Field(() => String)
  get purpose(): string {
    return this.row.purpose;
  }
  @Field(() => [ExportNameEnum])
  get exports(): readonly ExportName[] {
    return this.row.exports;
  }
  @Field(() => String)
  get owner(): string {
    return this.row.ownerName;
  }
  @Field(() => Date)
  get createdAt(): Date {
    return this.row.createdAt;
  }
  @Field(() => Date, { description: 'The first moment at which it opens nothing.' })
  get expiresAt(): Date {
    return this.row.expiresAt;
  }
  @Field(() => String, { nullable: true })
  get approvedBy(): string | null {
    return this.row.approvedByName;
  }
  @Field(() => String, { nullable: true })
  get revokedBy(): string | null {
    return this.row.revokedByName;
  }
  @Field(() => Date, { nullable: true })
  get revokedAt(): Date | null {
    return this.row.revokedAt;
  }
  @Field(() => Date, { nullable: true, description: 'null = never.' })
  get lastUsedAt(): Date | null {
    return this.row.lastUsedAt;
  }
  @Field(() => String, { nullable: true })
  get lastUsedAddress(): string | null {
    return this.row.lastUsedAddress;
  }
  @Field(() => Int)
  get uses(): number {
    return this.row.uses;
  }
}
export const ExportTokenConnection = connectionOf(ExportTokenNode, 'ExportToken');

@ObjectType('ExportMonth', { description: 'A closed month, as it can be taken out.' })
export class ExportMonthNode {
  @Field(() => String, { description: 'YYYY-MM' })
  month!: string;
  @Field(() => Int, { description: 'Statements of departments.' })
  statements!: number;
  @Field(() => Int)
  lines!: number;
  @Field(() => FenScalar)
  amount!: bigint;
  @Field(() => Date)
  closedAt!: Date;
}

@InputType()
export class CreateExportTokenInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ExportTokenKindEnum)
  kind!: TokenKind;
  @Field(() => String)
  purpose!: string;
  @Field(() => [ExportNameEnum])
  exports!: ExportName[];
  @Field(() => Int, { description: 'How many days it lives.' })
  days!: number;
  @Field(() => ID, { nullable: true, description: 'With all below it; null = all that you read.' })
  departmentId?: string | null;
}

@InputType()
export class ExportTokenActInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  expectedVersion!: number;
}

@ObjectType()
export class ExportTokenPayload {
  @Field(() => ExportTokenNode, { nullable: true })
  token!: ExportTokenNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@ObjectType()
export class CreateExportTokenPayload extends ExportTokenPayload {
  @Field(() => String, { nullable: true, description: 'The token itself, this once; null = it was shown already.' })
  secret!: string | null;
}
