import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { LineKindEnum, ShareNameEnum, StandingEnum, StorageTierEnum } from '../allocation/allocation.types.js';
import type { StorageTier } from '../allocation/domain/capacity.js';
import type { ShareName, Standing } from '../allocation/domain/dr-shares.js';
import type { LineKind } from '../allocation/domain/line-kind.js';
import { unitsOf } from '../cabinets/domain/units.js';
import { DepartmentNode } from '../departments/departments.types.js';
import { takesPromises } from '../facilities/domain/center-life.js';
import type { Center, CenterRole } from '../facilities/domain/facility.js';
import { CenterNode, CenterRoleEnum } from '../facilities/facilities.types.js';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import { UserError } from '../platform/graphql/user-error.js';
import { OWED_MODES, type OwedMode } from './domain/debt-policy.js';
import {
  awaitedCenter,
  DEBT_ACTIONS,
  DEBT_STATES,
  type DebtAction,
  type DebtState,
  isDue,
} from './domain/debt-state.js';
import type { DebtRow, DebtTotal } from './drdebts.types.js';

export const DebtStateEnum = enumOf(DEBT_STATES);
registerEnumType(DebtStateEnum, {
  name: 'DrDebtState',
  valuesMap: {
    PENDING: { description: 'Its request holds, and is not granted yet.' },
    OPEN: { description: 'It is owed.' },
    SETTLING: { description: 'Placed and claimed, on its way.' },
    WAIVED: { description: '免予补建: somebody has said why it is not wanted any more.' },
    VOID: { description: 'What it was owed for is gone.' },
  },
});
export const DebtActionEnum = enumOf(DEBT_ACTIONS);
registerEnumType(DebtActionEnum, { name: 'DrDebtAction' });
const OwedModeEnum = enumOf(OWED_MODES);
registerEnumType(OwedModeEnum, {
  name: 'OwedMode',
  description: 'What may be owed.',
  valuesMap: {
    DUAL_ACTIVE: { description: '同城双活: the other side of the pair.' },
    DATA: { description: '异地数据级: storage in the recovery center.' },
    APPLICATION: { description: '异地应用级: what stands by in the recovery center.' },
  },
});

@ObjectType('DrDebtActionAvailability')
export class DebtActionAvailability {
  @Field(() => DebtActionEnum)
  action!: DebtAction;
  @Field(() => String, { nullable: true, description: 'null = may be done now.' })
  disabledReason!: string | null;
}

@ObjectType('DrDebtSize', { description: 'What an owed share asks of its center.' })
export class DrDebtSizeNode {
  @Field(() => Int)
  machines!: number;
  @Field(() => Int)
  vcpu!: number;
  @Field(() => Int)
  memoryMib!: number;
  @Field(() => Int)
  storageGib!: number;
  @Field(() => String, { nullable: true, description: 'Class of the accelerators; null = none.' })
  accelerator!: string | null;
  @Field(() => Int, { description: 'Pieces of that class.' })
  accelerators!: number;
}

@ObjectType('DrDebtAccelerators', { description: 'What is owed of one class of accelerators.' })
export class DrDebtAcceleratorsNode {
  @Field(() => String, { description: 'Class, as pools name it.' })
  name!: string;
  @Field(() => Int, { description: 'Pieces.' })
  count!: number;
}

@ObjectType('DrDebt', {
  implements: () => [Node],
  description: '容灾欠账: a share that is owed until its center opens.',
})
export class DrDebtNode extends Node {
  row: DebtRow;
  /** As centers stand when it is asked. */
  awaited: Center | null;
  @Field(() => String)
  requestCode: string;
  @Field(() => String)
  lineName: string;
  @Field(() => LineKindEnum)
  kind: LineKind;
  @Field(() => ShareNameEnum)
  share: ShareName;
  @Field(() => StandingEnum)
  standing: Standing;
  @Field(() => CenterRoleEnum, { description: 'Of the center that it waits for.' })
  role: CenterRole;
  @Field(() => CenterNode, { nullable: true, description: 'null = there is no such center yet.' })
  center: CenterNode | null;
  @Field(() => Boolean, { description: 'Owed for certain, and its center takes promises.' })
  due: boolean;
  @Field(() => String, { nullable: true, description: 'When its center is to open; null = open, or nobody has said.' })
  dueOn: string | null;
  @Field(() => Int, { description: 'Machines, servers, places or data sets.' })
  count: number;
  @Field(() => Int)
  machines: number;
  @Field(() => Int)
  vcpu: number;
  @Field(() => Int)
  memoryMib: number;
  @Field(() => Int)
  storageGib: number;
  @Field(() => StorageTierEnum, { nullable: true })
  storageTier: StorageTier | null;
  @Field(() => String, { nullable: true, description: 'Class of the accelerators that it asks for; null = none.' })
  accelerator: string | null;
  @Field(() => Int, { description: 'Pieces of that class.' })
  accelerators: number;
  @Field(() => Int)
  servers: number;
  @Field(() => Number)
  rackUnits: number;
  @Field(() => Int)
  powerW: number;
  @Field(() => FenScalar, { nullable: true, description: 'Expected of a month; null = there was no price.' })
  monthlyCost: bigint | null;
  @Field(() => DebtStateEnum)
  state: DebtState;
  @Field(() => Date)
  since: Date;
  @Field(() => Date, { nullable: true, description: 'When its request was granted.' })
  firmAt: Date | null;
  @Field(() => Date, { nullable: true, description: 'When it was placed.' })
  settledAt: Date | null;
  @Field(() => Date, { nullable: true })
  closedAt: Date | null;
  @Field(() => String, { nullable: true })
  closedBy: string | null;
  @Field(() => String, { nullable: true, description: 'Why it was waived, or is void.' })
  reason: string | null;
  @Field(() => Int)
  version: number;

  constructor(row: DebtRow, centers: readonly Center[]) {
    super();
    this.row = row;
    // What was settled stands where it stands, whatever opens later.
    this.awaited =
      row.settledAt === null ? awaitedCenter(row, centers) : (centers.find(({ id }) => id === row.centerId) ?? null);
    this.id = toNodeId('DrDebt', row.id);
    this.requestCode = row.requestCode;
    this.lineName = row.lineName;
    this.kind = row.kind;
    this.share = row.share;
    this.standing = row.standing;
    this.role = row.role;
    this.center = this.awaited && new CenterNode(this.awaited);
    this.due = isDue(row, centers);
    this.dueOn = this.awaited === null || takesPromises(this.awaited.life) ? null : (this.awaited.opensOn ?? null);
    this.count = row.itemCount;
    this.machines = row.machines;
    this.vcpu = row.vcpu;
    this.memoryMib = row.memoryMib;
    this.storageGib = row.storageGib;
    this.storageTier = row.thing.kind === 'VM' ? row.thing.storageTier : null;
    this.accelerator = row.accelerator;
    this.accelerators = row.accelerators;
    this.servers = row.servers;
    this.rackUnits = unitsOf(row.halfUnits);
    this.powerW = row.powerW;
    this.monthlyCost = row.monthlyFen;
    this.state = row.state;
    this.since = row.since;
    this.firmAt = row.firmAt;
    this.settledAt = row.settledAt;
    this.closedAt = row.closedAt;
    this.closedBy = row.closedBy;
    this.reason = row.reason;
    this.version = row.version;
  }
}

export const DrDebtConnection = connectionOf(DrDebtNode, 'DrDebt');

@ObjectType('DrDebtTotal', { description: 'What is owed to the centers of one role, over all pages of the list.' })
export class DrDebtTotalNode {
  @Field(() => CenterRoleEnum)
  role!: CenterRole;
  @Field(() => CenterNode, { nullable: true, description: 'That it waits for now; null = there is none.' })
  center!: CenterNode | null;
  @Field(() => Int)
  debts!: number;
  @Field(() => Int)
  machines!: number;
  @Field(() => Number)
  vcpu!: number;
  @Field(() => Number)
  memoryMib!: number;
  @Field(() => Number)
  storageGib!: number;
  @Field(() => [DrDebtAcceleratorsNode], { description: 'By class; none for most.' })
  accelerators!: DrDebtAcceleratorsNode[];
  @Field(() => Int)
  servers!: number;
  @Field(() => Number)
  rackUnits!: number;
  @Field(() => Number)
  powerW!: number;
  @Field(() => FenScalar, { description: 'Expected of a month, of those that have a price.' })
  monthlyCost!: bigint;
  @Field(() => Int, { description: 'Debts that no price was known for.' })
  withoutPrice!: number;

  static of({ monthlyFen, halfUnits, ...total }: DebtTotal, centers: readonly Center[]): DrDebtTotalNode {
    const share = { ACTIVE_A: 'MAIN_A', ACTIVE_B: 'MAIN_B', RECOVERY: 'RECOVERY' } as const;
    const center = awaitedCenter({ share: share[total.role], centerId: null }, centers);
    return Object.assign(new DrDebtTotalNode(), {
      ...total,
      center: center && new CenterNode(center),
      rackUnits: unitsOf(halfUnits),
      monthlyCost: monthlyFen,
    });
  }
}

@InputType('DrDebtFilter')
export class DrDebtFilterInput {
  @Field(() => [DebtStateEnum], { nullable: true })
  states?: DebtState[] | null;
  @Field(() => [CenterRoleEnum], { nullable: true, description: 'Of the centers that they wait for.' })
  roles?: CenterRole[] | null;
  @Field(() => [LineKindEnum], { nullable: true })
  kinds?: LineKind[] | null;
  @Field(() => ID, { nullable: true, description: 'The department with all below it: a city with its bureaus.' })
  departmentId?: string | null;
  @Field(() => ID, { nullable: true })
  systemId?: string | null;
  @Field(() => ID, { nullable: true })
  requestId?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Only those that are due.' })
  due?: boolean | null;
  @Field(() => String, { nullable: true, description: 'In the request’s code or the name of its line.' })
  search?: string | null;
}

@ObjectType('DrDebtRule', { description: 'The first rule that fits decides.' })
export class DrDebtRuleNode {
  @Field(() => [DepartmentNode], { description: 'Those and all below them; none = every department.' })
  departments!: DepartmentNode[];
  @Field(() => Int, { description: 'How many it names, those included that the viewer may not see.' })
  departmentCount!: number;
  @Field(() => [Int], { description: '等保 levels of the system; none = every level.' })
  protectionLevels!: number[];
  @Field(() => [OwedModeEnum], { description: 'None = every mode.' })
  modes!: OwedMode[];
  @Field(() => Boolean)
  accepted!: boolean;
}

@ObjectType('DrDebtPolicy', { description: 'One version of the rules by which a share may be owed.' })
export class DrDebtPolicyNode {
  @Field(() => Int)
  number!: number;
  @Field(() => [DrDebtRuleNode], { description: 'What none of them fits is refused.' })
  rules!: DrDebtRuleNode[];
  @Field(() => String)
  reason!: string;
  @Field(() => Date)
  changedAt!: Date;
  @Field(() => String)
  changedBy!: string;
}

@InputType('DrDebtRuleInput')
export class DrDebtRuleInput {
  @Field(() => [ID])
  departmentIds!: string[];
  @Field(() => [Int])
  protectionLevels!: number[];
  @Field(() => [OwedModeEnum])
  modes!: OwedMode[];
  @Field(() => Boolean)
  accepted!: boolean;
}

@InputType('ChangeDrDebtPolicyInput')
export class ChangeDrDebtPolicyInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int, { description: 'Number of the version that was looked at.' })
  expectedVersion!: number;
  @Field(() => [DrDebtRuleInput])
  rules!: DrDebtRuleInput[];
  @Field(() => String, { description: '1-500 characters.' })
  reason!: string;
}

@ObjectType('DrDebtPolicyPayload')
export class DrDebtPolicyPayload {
  @Field(() => DrDebtPolicyNode, { nullable: true, description: 'In force now.' })
  policy!: DrDebtPolicyNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@InputType('WaiveDrDebtInput')
export class WaiveDrDebtInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => String, { description: '1-500 characters.' })
  reason!: string;
}

@ObjectType('DrDebtPayload')
export class DrDebtPayload {
  @Field(() => DrDebtNode, { nullable: true })
  debt!: DrDebtNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
