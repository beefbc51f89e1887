import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { WorkingCalendar } from '../calendars/domain/working-days.js';
import type { StoredFile } from '../files/domain/stored-file.js';
import { StoredFileNode } from '../files/files.graphql.js';
import type { Locale } from '../kernel/bilingual.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import {
  inOrder,
  ROUND_STATES,
  type Round,
  type RoundState,
  type Seat,
  STEP_STATES,
  type Step,
  type StepState,
  VERDICTS,
  type Verdict,
} from './domain/round.js';
import { STEP_ROLES, type StepRole } from './domain/step-roles.js';
import { waitedWorkingDays } from './domain/waiting.js';
import type { StepNotice } from './rounds.service.js';

export const ApprovalRoleEnum = enumOf(STEP_ROLES);
registerEnumType(ApprovalRoleEnum, { name: 'ApprovalRole', description: 'Roles that decide steps of a chain.' });
const RoundStateEnum = enumOf(ROUND_STATES);
registerEnumType(RoundStateEnum, { name: 'ApprovalRoundState' });
const StepStateEnum = enumOf(STEP_STATES);
registerEnumType(StepStateEnum, { name: 'ApprovalStepState' });
const VerdictEnum = enumOf(VERDICTS);
registerEnumType(VerdictEnum, { name: 'ApprovalVerdict' });

@ObjectType('ApprovalSeat', { description: '席位: one signature that a step waits for, or has.' })
export class ApprovalSeatNode {
  @Field(() => [ApprovalRoleEnum], { description: 'Any of these; empty = the person alone, who was added.' })
  roles!: StepRole[];
  @Field(() => String, { nullable: true, description: 'It was handed to this person, or he was added.' })
  personName!: string | null;
  @Field(() => VerdictEnum, { nullable: true, description: 'null = not yet.' })
  verdict!: Verdict | null;
  @Field(() => String, { nullable: true })
  decidedBy!: string | null;
  @Field(() => ApprovalRoleEnum, { nullable: true })
  decidedRole!: StepRole | null;
  @Field(() => String, { nullable: true, description: 'Whose delegate decided.' })
  onBehalfOf!: string | null;
  @Field(() => Date, { nullable: true })
  decidedAt!: Date | null;
  @Field(() => String, { nullable: true })
  opinion!: string | null;
  /** Flat, because a page of a request is deep already. */
  @Field(() => String, { nullable: true, description: 'Of the opinion as a file.' })
  fileName!: string | null;
  @Field(() => String, { nullable: true, description: 'Where to download it.' })
  fileUrl!: string | null;
}

@ObjectType('ApprovalStep')
export class ApprovalStepNode {
  @Field(() => ID)
  id!: string;
  @Field(() => String)
  key!: string;
  @Field(() => String)
  title!: string;
  @Field(() => StepStateEnum)
  state!: StepState;
  @Field(() => Int)
  deadlineWorkingDays!: number;
  @Field(() => Boolean)
  needsFile!: boolean;
  @Field(() => Boolean, { description: 'Approved only once the sealed form is there, of the newest content.' })
  needsSeal!: boolean;
  @Field(() => Boolean, { description: 'Entering it takes the capacity.' })
  holdsCapacity!: boolean;
  @Field(() => String, { nullable: true, description: 'Who added it (加签); null = of the chain.' })
  addedBy!: string | null;
  @Field(() => Date, { nullable: true })
  since!: Date | null;
  @Field(() => Date, { nullable: true, description: 'While it is current.' })
  dueAt!: Date | null;
  @Field(() => Boolean)
  overdue!: boolean;
  @Field(() => Date, { nullable: true })
  endedAt!: Date | null;
  @Field(() => Date, { nullable: true, description: 'Since when its escalation role knows that it is late.' })
  escalatedAt!: Date | null;
  @Field(() => ApprovalRoleEnum)
  escalatesTo!: StepRole;
  @Field(() => Int, { nullable: true, description: 'Working days that it has had it, or had it; null = not begun.' })
  waitedWorkingDays!: number | null;
  @Field(() => Int, { description: 'How often it was reminded of.' })
  reminders!: number;
  @Field(() => Date, { nullable: true })
  lastRemindedAt!: Date | null;
  @Field(() => [ApprovalSeatNode])
  seats!: ApprovalSeatNode[];
}

@ObjectType('ApprovalRound', { description: 'One way through a chain. Sent back and sent again, another begins.' })
export class ApprovalRoundNode {
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  number!: number;
  @Field(() => RoundStateEnum)
  state!: RoundState;
  @Field(() => String)
  chainTitle!: string;
  @Field(() => Date)
  startedAt!: Date;
  @Field(() => Date, { nullable: true })
  endedAt!: Date | null;
  @Field(() => [ApprovalStepNode], { description: 'In their order.' })
  steps!: ApprovalStepNode[];
}

export interface RoundSurroundings {
  readonly now: Date;
  readonly locale: Locale;
  readonly calendar: WorkingCalendar;
  /** By step. */
  readonly notices: ReadonlyMap<string, readonly StepNotice[]>;
  readonly files: ReadonlyMap<string, StoredFile>;
}

export function toRoundNode(round: Round, around: RoundSurroundings): ApprovalRoundNode {
  return {
    id: round.id,
    number: round.number,
    state: round.state,
    chainTitle: round.chainTitle[around.locale],
    startedAt: round.startedAt,
    endedAt: round.endedAt,
    steps: inOrder(round).map((step) => toStepNode(step, around)),
  };
}

function toStepNode(step: Step, { now, locale, calendar, notices, files }: RoundSurroundings): ApprovalStepNode {
  const reminders = (notices.get(step.id) ?? []).filter((notice) => notice.kind === 'REMINDED');
  const { key, state, deadlineWorkingDays, needsFile, needsSeal, holdsCapacity } = step;
  const { since, endedAt, escalatedAt, escalatesTo } = step;
  const current = state === 'CURRENT';
  return {
    ...{
      id: step.id,
      key,
      state,
      deadlineWorkingDays,
      needsFile,
      needsSeal,
      holdsCapacity,
      since,
      endedAt,
      escalatedAt,
      escalatesTo,
    },
    title: step.title[locale],
    addedBy: step.addedBy?.name ?? null,
    dueAt: current ? step.dueAt : null,
    overdue: current && step.dueAt !== null && step.dueAt <= now,
    waitedWorkingDays: since && waitedWorkingDays(calendar, since, endedAt ?? now),
    reminders: reminders.length,
    lastRemindedAt: reminders.at(-1)?.at ?? null,
    seats: step.seats.map((seat) => toSeatNode(seat, files)),
  };
}

function toSeatNode({ roles, person, decision }: Seat, files: ReadonlyMap<string, StoredFile>): ApprovalSeatNode {
  const file = decision?.fileId ? files.get(decision.fileId) : undefined;
  return {
    roles: [...roles],
    personName: person?.name ?? null,
    verdict: decision?.verdict ?? null,
    decidedBy: decision?.by.name ?? null,
    decidedRole: decision?.role ?? null,
    onBehalfOf: decision?.onBehalfOf?.name ?? null,
    decidedAt: decision?.at ?? null,
    opinion: decision?.opinion ?? null,
    fileName: file?.name ?? null,
    fileUrl: file ? new StoredFileNode(file).url : null,
  };
}
