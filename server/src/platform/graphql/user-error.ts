import { Field, ID, Int, InterfaceType, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Locale } from '../../kernel/bilingual.js';
import { toNodeId } from '../../kernel/node-id.js';
import {
  CAPACITY_METERS,
  GATE_SUBJECTS,
  type GateSubject,
  HELD_METERS,
  type HeldMeter,
  LINK_TARGETS,
  type LinkTarget,
  QUOTA_LEVELS,
  QUOTA_METERS,
  type QuotaLevel,
  type QuotaMeter,
  type Refusal,
  SPACE_METERS,
  type SpaceMeter,
} from '../../kernel/refusal.js';
import { enumOf } from './enum-of.js';
import { FenScalar } from './scalars.js';

export const UserErrorCode = {
  INVALID_INPUT: 'INVALID_INPUT',
  UNKNOWN_REFERENCE: 'UNKNOWN_REFERENCE',
  CAPACITY_SHORTAGE: 'CAPACITY_SHORTAGE',
  QUOTA_SHORTAGE: 'QUOTA_SHORTAGE',
  QUOTA_OUT_OF_BOUNDS: 'QUOTA_OUT_OF_BOUNDS',
  HOLD_CAP: 'HOLD_CAP',
  SPACE_SHORTAGE: 'SPACE_SHORTAGE',
  ADDRESS_SHORTAGE: 'ADDRESS_SHORTAGE',
  ILLEGAL_TRANSITION: 'ILLEGAL_TRANSITION',
  VERSION_CONFLICT: 'VERSION_CONFLICT',
  IDEMPOTENCY_KEY_REUSED: 'IDEMPOTENCY_KEY_REUSED',
  PRICE_MISSING: 'PRICE_MISSING',
  BUDGET_SHORTAGE: 'BUDGET_SHORTAGE',
  BUDGET_BLOCKED: 'BUDGET_BLOCKED',
  BUDGET_ITEM_MISSING: 'BUDGET_ITEM_MISSING',
  GATE_CLOSED: 'GATE_CLOSED',
  NOT_PERMITTED: 'NOT_PERMITTED',
  SEALED_FORM_MISSING: 'SEALED_FORM_MISSING',
  CHANGE_OPEN: 'CHANGE_OPEN',
  CHANGE_FROZEN: 'CHANGE_FROZEN',
  PERIOD_CLOSED: 'PERIOD_CLOSED',
  CLOSING_BLOCKED: 'CLOSING_BLOCKED',
  SIGN_IN_REFUSED: 'SIGN_IN_REFUSED',
  DATABASE_READ_ONLY: 'DATABASE_READ_ONLY',
} as const satisfies { [C in Refusal['code']]: C };
registerEnumType(UserErrorCode, { name: 'UserErrorCode' });

export const CapacityMeterEnum = Object.fromEntries(CAPACITY_METERS.map((m) => [m, m])) as {
  [M in (typeof CAPACITY_METERS)[number]]: M;
};
registerEnumType(CapacityMeterEnum, { name: 'CapacityMeter' });
const SpaceMeterEnum = enumOf(SPACE_METERS);
registerEnumType(SpaceMeterEnum, { name: 'SpaceMeter' });

export const QuotaMeterEnum = enumOf(QUOTA_METERS);
registerEnumType(QuotaMeterEnum, { name: 'QuotaMeter' });
export const HeldMeterEnum = enumOf(HELD_METERS);
registerEnumType(HeldMeterEnum, {
  name: 'HeldMeter',
  description: 'What a department may hold only so much of at once.',
});
export const QuotaLevelEnum = enumOf(QUOTA_LEVELS);
registerEnumType(QuotaLevelEnum, { name: 'QuotaLevel' });
export const LinkTargetEnum = enumOf(LINK_TARGETS);
registerEnumType(LinkTargetEnum, { name: 'LinkTarget', description: 'Where in the console something is put right.' });
export const GateSubjectEnum = enumOf(GATE_SUBJECTS);
registerEnumType(GateSubjectEnum, { name: 'GateSubject' });
const QuotaBoundEnum = enumOf(['IN_USE', 'PARENT', 'CHILD']);
registerEnumType(QuotaBoundEnum, { name: 'QuotaBound' });

@InterfaceType('UserError', {
  description: 'An expected refusal: what happened, where in the input, and data to act upon. Nothing was written.',
  resolveType: (value: UserError) => USER_ERROR_TYPES[value.code],
})
export abstract class UserError {
  @Field(() => UserErrorCode)
  code!: Refusal['code'];
  @Field(() => String)
  message!: string;
  @Field(() => [String])
  path!: string[];
}

@ObjectType('InvalidInput', { implements: () => [UserError] })
export class InvalidInputError extends UserError {
  @Field(() => String)
  rule!: string;
}
@ObjectType('UnknownReference', { implements: () => [UserError] })
export class UnknownReferenceError extends UserError {}

@ObjectType('CapacityShortage', { implements: () => [UserError] })
export class CapacityShortageError extends UserError {
  @Field(() => String, { description: 'Number of the placement criterion that refused, e.g. P7.' })
  criterion!: string;
  @Field(() => CapacityMeterEnum)
  meter!: (typeof CAPACITY_METERS)[number];
  @Field(() => Number)
  requested!: number;
  @Field(() => Number, { nullable: true, description: 'Null for a city: it is told whether, not how much.' })
  free!: number | null;
  @Field(() => Number, { nullable: true, description: 'Null for a city, likewise.' })
  short!: number | null;
  /** Resolved to nodes by the allocation feature. */
  centerId!: string | null;
  poolId!: string | null;
}
@ObjectType('QuotaShortage', { implements: () => [UserError] })
export class QuotaShortageError extends UserError {
  @Field(() => QuotaLevelEnum)
  level!: QuotaLevel;
  @Field(() => String)
  subjectName!: string;
  @Field(() => QuotaMeterEnum)
  meter!: QuotaMeter;
  @Field(() => Number)
  requested!: number;
  @Field(() => Number)
  left!: number;
  @Field(() => Number)
  short!: number;
}
@ObjectType('QuotaOutOfBounds', { implements: () => [UserError] })
export class QuotaOutOfBoundsError extends UserError {
  @Field(() => QuotaBoundEnum)
  reason!: 'IN_USE' | 'PARENT' | 'CHILD';
  @Field(() => QuotaMeterEnum)
  meter!: QuotaMeter;
  @Field(() => Number, { nullable: true, description: 'null = no limit was asked for.' })
  asked!: number | null;
  @Field(() => Number)
  bound!: number;
  @Field(() => String)
  subjectName!: string;
}
@ObjectType('HoldCap', { implements: () => [UserError] })
export class HoldCapError extends UserError {
  @Field(() => HeldMeterEnum)
  meter!: HeldMeter;
  @Field(() => Number, { description: 'By the other requests of the department that wait for a decision.' })
  held!: number;
  @Field(() => Number)
  requested!: number;
  @Field(() => Number, { description: 'What the department may hold at once.' })
  cap!: number;
  @Field(() => Number)
  short!: number;
}
@ObjectType('SpaceShortage', { implements: () => [UserError] })
export class SpaceShortageError extends UserError {
  @Field(() => SpaceMeterEnum)
  meter!: SpaceMeter;
  @Field(() => Number)
  requested!: number;
  @Field(() => Number, {
    nullable: true,
    description:
      'For UNITS the longest piece: room that is not in one piece holds nothing. Null for a city: it is told whether, not how much.',
  })
  free!: number | null;
  @Field(() => Number, { nullable: true, description: 'Null for a city, likewise.' })
  short!: number | null;
  /** Resolved to a node by the cabinets feature; null = none of the cabinets that were asked. */
  cabinetId!: string | null;
}
@ObjectType('AddressShortage', { implements: () => [UserError] })
export class AddressShortageError extends UserError {
  @Field(() => String, { nullable: true, description: 'Of placement; null where a person takes one by hand.' })
  criterion?: string;
  @Field(() => String, { description: 'Code of the network.' })
  network!: string;
  @Field(() => String)
  family!: string;
  @Field(() => Int)
  requested!: number;
  @Field(() => Int)
  free!: number;
  @Field(() => Int)
  short!: number;
}
@ObjectType('IllegalTransition', { implements: () => [UserError] })
export class IllegalTransitionError extends UserError {
  @Field(() => String)
  state!: string;
  @Field(() => String)
  action!: string;
}
@ObjectType('VersionConflict', { implements: () => [UserError] })
export class VersionConflictError extends UserError {
  @Field(() => Int)
  expected!: number;
  @Field(() => Int)
  current!: number;
}
@ObjectType('IdempotencyKeyReused', { implements: () => [UserError] })
export class IdempotencyKeyReusedError extends UserError {}

@ObjectType('PriceMissing', { implements: () => [UserError] })
export class PriceMissingError extends UserError {
  @Field(() => String)
  meter!: string;
}
@ObjectType('BudgetShortage', { implements: () => [UserError] })
export class BudgetShortageError extends UserError {
  @Field(() => ID)
  budgetId!: string;
  @Field(() => String, { description: 'Year, department, item and classes of the budget that is short.' })
  budgetKey!: string;
  @Field(() => FenScalar)
  availableFen!: string;
  @Field(() => FenScalar)
  requestedFen!: string;
  @Field(() => FenScalar)
  shortFen!: string;
}
@ObjectType('BudgetItemMissing', { implements: () => [UserError] })
export class BudgetItemMissingError extends UserError {
  @Field(() => ID)
  projectId!: string;
  @Field(() => Int)
  year!: number;
  @Field(() => String, { description: 'As the project gives them.' })
  budgetKeys!: string;
  @Field(() => Int, { description: 'Items that the keys fit: none, or more than one.' })
  matching!: number;
}
@ObjectType('BudgetBlocked', {
  implements: () => [UserError],
  description: 'The budget is used to the part from which on it takes nothing new.',
})
export class BudgetBlockedError extends UserError {
  @Field(() => ID)
  budgetId!: string;
  @Field(() => String)
  budgetKey!: string;
  @Field(() => Int)
  percent!: number;
}
@ObjectType('GateClosed', { implements: () => [UserError], description: 'A rule at submit (准入规则) is not met.' })
export class GateClosedError extends UserError {
  @Field(() => String, { description: 'Key of the rule in its edition.' })
  gate!: string;
  @Field(() => GateSubjectEnum)
  subjectType!: GateSubject;
  @Field(() => ID, { nullable: true, description: 'null = the request that has no id yet.' })
  subjectId!: string | null;
  @Field(() => LinkTargetEnum)
  linkTo!: LinkTarget;
}
@ObjectType('NotPermitted', { implements: () => [UserError] })
export class NotPermittedError extends UserError {
  @Field(() => String)
  reason!: string;
}
const SealedFormReasonEnum = { NONE: 'NONE', VOID: 'VOID' } as const;
registerEnumType(SealedFormReasonEnum, {
  name: 'SealedFormReason',
  valuesMap: {
    NONE: { description: 'No scan was sent.' },
    VOID: { description: 'What was sealed is of other content than the request has now.' },
  },
});
@ObjectType('SealedFormMissing', { implements: () => [UserError] })
export class SealedFormMissingError extends UserError {
  @Field(() => ID, { description: 'Of the request whose papers are meant.' })
  requestId!: string;
  @Field(() => SealedFormReasonEnum)
  reason!: 'NONE' | 'VOID';
}
@ObjectType('ChangeOpen', {
  implements: () => [UserError],
  description: 'Another change is under way for the resource: it is neither changed again nor released meanwhile.',
})
export class ChangeOpenError extends UserError {
  @Field(() => ID, { description: 'Of the request that changes it.' })
  requestId!: string;
  @Field(() => String)
  requestCode!: string;
}
@ObjectType('ChangeFrozen', {
  implements: () => [UserError],
  description: 'Nothing is changed now (重保、封网) but what a leader lets through.',
})
export class ChangeFrozenError extends UserError {
  @Field(() => ID)
  freezeId!: string;
  @Field(() => String)
  freezeCode!: string;
  @Field(() => String, { description: 'ISO time of its end.' })
  until!: string;
}
@ObjectType('PeriodClosed', {
  implements: () => [UserError],
  description:
    'The month is closed, or just being closed: only a correction or a reversal in an open month says otherwise.',
})
export class PeriodClosedError extends UserError {
  @Field(() => String, { description: 'YYYY-MM' })
  month!: string;
}
@ObjectType('ClosingBlocked', {
  implements: () => [UserError],
  description: 'Something on the checklist keeps the month from being closed.',
})
export class ClosingBlockedError extends UserError {
  @Field(() => String, { description: 'Of the checklist.' })
  item!: string;
  @Field(() => Int)
  count!: number;
}
@ObjectType('SignInRefused', { implements: () => [UserError] })
export class SignInRefusedError extends UserError {
  @Field(() => Date, { nullable: true, description: 'Set while the account is locked.' })
  lockedUntil!: Date | null;
}
@ObjectType('DatabaseIsReadOnly', {
  implements: () => [UserError],
  description:
    'The database takes no writes where this console stands: its majority is elsewhere, or nowhere. Reading goes on.',
})
export class DatabaseIsReadOnlyError extends UserError {
  @Field(() => Date)
  since!: Date;
  @Field(() => Boolean, {
    description:
      'True = the link broke while it was being kept: the same idempotency key, later, says what became of it.',
  })
  outcomeUnknown!: boolean;
}

const USER_ERROR_TYPES = {
  INVALID_INPUT: InvalidInputError,
  UNKNOWN_REFERENCE: UnknownReferenceError,
  CAPACITY_SHORTAGE: CapacityShortageError,
  QUOTA_SHORTAGE: QuotaShortageError,
  QUOTA_OUT_OF_BOUNDS: QuotaOutOfBoundsError,
  HOLD_CAP: HoldCapError,
  SPACE_SHORTAGE: SpaceShortageError,
  ADDRESS_SHORTAGE: AddressShortageError,
  ILLEGAL_TRANSITION: IllegalTransitionError,
  VERSION_CONFLICT: VersionConflictError,
  IDEMPOTENCY_KEY_REUSED: IdempotencyKeyReusedError,
  PRICE_MISSING: PriceMissingError,
  BUDGET_SHORTAGE: BudgetShortageError,
  BUDGET_BLOCKED: BudgetBlockedError,
  BUDGET_ITEM_MISSING: BudgetItemMissingError,
  GATE_CLOSED: GateClosedError,
  NOT_PERMITTED: NotPermittedError,
  SEALED_FORM_MISSING: SealedFormMissingError,
  CHANGE_OPEN: ChangeOpenError,
  CHANGE_FROZEN: ChangeFrozenError,
  PERIOD_CLOSED: PeriodClosedError,
  CLOSING_BLOCKED: ClosingBlockedError,
  SIGN_IN_REFUSED: SignInRefusedError,
  DATABASE_READ_ONLY: DatabaseIsReadOnlyError,
} as const satisfies { [C in Refusal['code']]: unknown };

/** For `orphanedTypes`: members of an interface that no field names directly. */
export const USER_ERROR_CLASSES = Object.values(USER_ERROR_TYPES);

export function toUserErrors(refusals: readonly Refusal[], locale: Locale): UserError[] {
  return refusals.map((refusal) => ({
    ...refusal,
    message: refusal.message[locale],
    path: [...refusal.path],
    ...nodeIdsOf(refusal),
    ...(refusal.code === 'SIGN_IN_REFUSED'
      ? { lockedUntil: refusal.lockedUntil === null ? null : new Date(refusal.lockedUntil) }
      : {}),
    ...(refusal.code === 'DATABASE_READ_ONLY' ? { since: new Date(refusal.since) } : {}),
  }));
}

/** Ids of what a refusal is about, as the API tells them. */
function nodeIdsOf(refusal: Refusal): object {
  switch (refusal.code) {
    case 'BUDGET_SHORTAGE':
    case 'BUDGET_BLOCKED':
      return { budgetId: toNodeId('Budget', refusal.budgetId) };
    case 'BUDGET_ITEM_MISSING':
      return { projectId: toNodeId('Project', refusal.projectId) };
    case 'GATE_CLOSED':
      return { subjectId: refusal.subjectId === null ? null : toNodeId(refusal.subjectType, refusal.subjectId) };
    case 'CHANGE_OPEN':
      return { requestId: toNodeId('Request', refusal.requestId) };
    case 'CHANGE_FROZEN':
      return { freezeId: toNodeId('ChangeFreeze', refusal.freezeId) };
    default:
      return {};
  }
}
