import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { CenterNode } from '../facilities/facilities.types.js';
import type { Locale } from '../kernel/bilingual.js';
import { toNodeId } from '../kernel/node-id.js';
import { readIn } from '../kernel/said.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import { DUE_STATES, type DueState } from './domain/drill-calendar.js';
import {
  DRILL_MARKS,
  type DrillMark,
  ITEM_CODES,
  ITEM_KINDS,
  ITEM_STATES,
  type ItemCode,
  type ItemKind,
  type ItemState,
} from './domain/drill-items.js';
import { DEVIATION_CODES, type DeviationCode, DRILL_OUTCOMES, type DrillOutcome } from './domain/drill-outcome.js';
import { DRILL_ACTIONS, DRILL_KINDS, DRILL_STATES, type DrillKind, type DrillState } from './domain/drill-state.js';
import { COPY_STATES, type CopyState } from './domain/rehearsal.js';
import type { CopyRow, DrillRow, MarkRow, TicketRow } from './drills.types.js';

export const DrillKindEnum = enumOf(DRILL_KINDS);
registerEnumType(DrillKindEnum, {
  name: 'DrDrillKind',
  valuesMap: {
    TABLETOP: { description: '桌面推演: talked through.' },
    SIMULATED: { description: '模拟演练: on copies in an isolated place.' },
  },
});
export const DrillStateEnum = enumOf(DRILL_STATES);
registerEnumType(DrillStateEnum, { name: 'DrDrillState' });
export const DrillActionEnum = enumOf(DRILL_ACTIONS);
registerEnumType(DrillActionEnum, { name: 'DrDrillAction' });
export const DrillOutcomeEnum = enumOf(DRILL_OUTCOMES);
registerEnumType(DrillOutcomeEnum, { name: 'DrDrillOutcome' });
export const DrillMarkEnum = enumOf(DRILL_MARKS);
registerEnumType(DrillMarkEnum, {
  name: 'DrDrillMark',
  description:
    'T0 begin, T1 alarm heard, T2 declared, T3 decided, T4 fenced off, T5 data there, T6 machines answer, T7 the business is served.',
});
export const ItemCodeEnum = enumOf(ITEM_CODES);
registerEnumType(ItemCodeEnum, { name: 'DrDrillItemCode' });
export const ItemKindEnum = enumOf(ITEM_KINDS);
registerEnumType(ItemKindEnum, { name: 'DrDrillItemKind' });
export const ItemStateEnum = enumOf(ITEM_STATES);
registerEnumType(ItemStateEnum, { name: 'DrDrillItemState' });
export const CopyStateEnum = enumOf(COPY_STATES);
registerEnumType(CopyStateEnum, { name: 'DrDrillCopyState' });
export const DeviationCodeEnum = enumOf(DEVIATION_CODES);
registerEnumType(DeviationCodeEnum, { name: 'DrDeviationCode' });
export const DueStateEnum = enumOf(DUE_STATES);
registerEnumType(DueStateEnum, { name: 'DrDrillDueState' });

@ObjectType('DrDrillCheck')
export class DrillCheckNode {
  @Field(() => String)
  code!: string;
  @Field(() => Boolean)
  ok!: boolean;
  @Field(() => String)
  text!: string;
}

@ObjectType('DrDrillItem', { description: 'One entry of the checklist.' })
export class DrillItemNode {
  @Field(() => Int)
  number!: number;
  @Field(() => ItemCodeEnum)
  code!: ItemCode;
  @Field(() => ItemKindEnum)
  kind!: ItemKind;
  @Field(() => String, { nullable: true, description: 'Of what its planner added.' })
  title!: string | null;
  @Field(() => Int)
  limitSeconds!: number;
  @Field(() => DrillMarkEnum, { nullable: true, description: 'The moment that is taken as it is done.' })
  mark!: DrillMark | null;
  @Field(() => ItemStateEnum)
  state!: ItemState;
  @Field(() => Date, { nullable: true, description: 'Since when it is at hand.' })
  begunAt!: Date | null;
  @Field(() => Date, { nullable: true })
  doneAt!: Date | null;
  @Field(() => String, { nullable: true })
  doneBy!: string | null;
  @Field(() => String, { nullable: true })
  note!: string | null;
  @Field(() => Boolean, { description: 'It took, or takes, longer than its limit.' })
  late!: boolean;
  @Field(() => Boolean, { description: 'The viewer may tick it now.' })
  mayPress!: boolean;
}

@ObjectType('DrDrillMarkTime')
export class DrillMarkNode {
  @Field(() => DrillMarkEnum)
  mark: DrillMark;
  @Field(() => Date)
  at: Date;
  @Field(() => String, { nullable: true, description: 'null = read at the cluster.' })
  by: string | null;

  constructor({ at, byName, mark }: MarkRow) {
    this.mark = mark;
    this.at = at;
    this.by = byName;
  }
}

@ObjectType('DrDrillCopy', { description: 'The copy of one machine.' })
export class DrillCopyNode {
  @Field(() => ID, { description: 'The machine that it is a copy of.' })
  resourceId: string;
  @Field(() => String)
  name: string;
  @Field(() => Int, { description: '1 = data, 2 = what stands on it.' })
  wave: number;
  @Field(() => CopyStateEnum)
  state: CopyState;
  @Field(() => String, { nullable: true })
  trouble: string | null;
  @Field(() => Date, { nullable: true })
  readyAt: Date | null;

  constructor({ name, readyAt, resourceId, state, trouble, troubleEn, wave }: CopyRow, locale: Locale) {
    this.resourceId = toNodeId('Resource', resourceId);
    this.name = name;
    this.wave = wave;
    this.state = state;
    this.trouble = trouble === null ? null : readIn(locale, trouble, troubleEn);
    this.readyAt = readyAt;
  }
}

@ObjectType('DrDrillFigures', { description: 'Measured by the console; seconds. null = a moment is missing.' })
export class DrillFiguresNode {
  @Field(() => Int, { nullable: true })
  rtoSeconds!: number | null;
  @Field(() => Int, { nullable: true })
  detectionSeconds!: number | null;
  @Field(() => Int, { nullable: true })
  decisionSeconds!: number | null;
  @Field(() => Int, { nullable: true })
  executionSeconds!: number | null;
  @Field(() => Int, { nullable: true })
  rpoSeconds!: number | null;
}

@ObjectType('DrDrill', { implements: () => [Node], description: '容灾演练.' })
export class DrillNode extends Node {
  readonly row: DrillRow;
  @Field(() => String)
  code: string;
  @Field(() => String)
  groupName: string;
  @Field(() => ID)
  groupId: string;
  @Field(() => DrillKindEnum)
  kind: DrillKind;
  @Field(() => DrillStateEnum)
  state: DrillState;
  @Field(() => String)
  scenario: string;
  @Field(() => Date)
  plannedAt: Date;
  @Field(() => Int)
  cleanupHours: number;
  @Field(() => Date, { nullable: true, description: 'All of it is taken away then, whoever is in the midst of it.' })
  cleanupDueAt: Date | null;
  @Field(() => Date, {
    nullable: true,
    description: 'Since when it is cleaned up, this time; after 15 minutes that has failed.',
  })
  cleanupBegunAt: Date | null;
  @Field(() => Int, { nullable: true })
  targetRtoSeconds: number | null;
  @Field(() => Int, { nullable: true })
  targetRpoSeconds: number | null;
  @Field(() => Int, { nullable: true })
  targetLevel: number | null;
  @Field(() => String)
  plannedBy: string;
  @Field(() => String, { nullable: true })
  approvedBy: string | null;
  @Field(() => Date, { nullable: true })
  approvedAt: Date | null;
  @Field(() => Date, { nullable: true })
  closedAt: Date | null;
  @Field(() => DrillOutcomeEnum, { nullable: true })
  outcome: DrillOutcome | null;
  @Field(() => String, {
    nullable: true,
    description: 'SM3 of the frozen report; it stands in the chain of the audit, too.',
  })
  reportHash: string | null;
  @Field(() => Date)
  createdAt: Date;
  @Field(() => Int)
  version: number;

  constructor(row: DrillRow) {
    super();
    this.row = row;
    this.id = toNodeId('DrDrill', row.id);
    this.code = row.code;
    this.groupName = row.groupName;
    this.groupId = toNodeId('DrGroup', row.groupId);
    this.kind = row.kind;
    this.state = row.state;
    this.scenario = row.scenario;
    this.plannedAt = row.plannedAt;
    this.cleanupHours = row.cleanupHours;
    this.cleanupDueAt = row.cleanupDueAt;
    this.cleanupBegunAt = row.cleanupBegunAt;
    this.targetRtoSeconds = row.targets.rtoSeconds;
    this.targetRpoSeconds = row.targets.rpoSeconds;
    this.targetLevel = row.targets.level;
    this.plannedBy = row.plannedBy;
    this.approvedBy = row.approvedBy;
    this.approvedAt = row.approvedAt;
    this.closedAt = row.closedAt;
    this.outcome = row.outcome;
    this.reportHash = row.reportHash;
    this.createdAt = row.createdAt;
    this.version = row.version;
  }
}

export const DrillConnection = connectionOf(DrillNode, 'DrDrill');

@ObjectType('DrTicket', {
  implements: () => [Node],
  description: '整改项: a deviation that somebody puts right until a day.',
})
export class TicketNode extends Node {
  readonly row: TicketRow;
  @Field(() => String)
  code: string;
  @Field(() => DeviationCodeEnum)
  deviation: DeviationCode;
  @Field(() => Int, { nullable: true })
  target: number | null;
  @Field(() => Int, { nullable: true })
  measured: number | null;
  @Field(() => String, { nullable: true })
  subject: string | null;
  @Field(() => String)
  ownerName: string;
  @Field(() => String, { description: 'A date.' })
  dueOn: string;
  @Field(() => Boolean)
  done: boolean;
  @Field(() => Date, { nullable: true })
  doneAt: Date | null;
  @Field(() => String, { nullable: true })
  doneBy: string | null;
  @Field(() => String, { nullable: true })
  doneNote: string | null;
  @Field(() => Int)
  version: number;

  constructor(row: TicketRow) {
    super();
    this.row = row;
    this.id = toNodeId('DrTicket', row.id);
    this.code = row.code;
    this.deviation = row.deviation;
    this.target = row.target;
    this.measured = row.measured;
    this.subject = row.subject;
    this.ownerName = row.ownerName;
    this.dueOn = row.dueOn;
    this.done = row.state === 'DONE';
    this.doneAt = row.doneAt;
    this.doneBy = row.doneBy;
    this.doneNote = row.doneNote;
    this.version = row.version;
  }
}

@ObjectType('DrDrillDue', { description: 'When a group is to be drilled next.' })
export class DrillDueNode {
  @Field(() => ID)
  groupId!: string;
  @Field(() => String)
  groupName!: string;
  @Field(() => DrillKindEnum)
  kind!: DrillKind;
  @Field(() => Date, { nullable: true, description: 'null = never.' })
  lastPassedAt!: Date | null;
  @Field(() => Date)
  dueAt!: Date;
  @Field(() => DueStateEnum)
  state!: DueState;
  @Field(() => DrillNode, { nullable: true, description: 'Planned and not over.' })
  planned!: DrillNode | null;
}

@ObjectType('DrDrillRuleLine')
export class DrillRuleLineNode {
  @Field(() => DrillKindEnum)
  kind!: DrillKind;
  @Field(() => Int)
  everyDays!: number;
  @Field(() => Int, { description: 'So many days before it is due people are told.' })
  warnDays!: number;
  @Field(() => Boolean, { description: 'Only of groups that are in more than one center.' })
  onlyProtected!: boolean;
}

@ObjectType('DrDrillPlace', { description: '可演练的中心: where copies of a group could stand now.' })
export class DrillPlaceNode {
  @Field(() => CenterNode)
  center!: CenterNode;
  @Field(() => Int, { description: 'Machines that stand there and would be copied.' })
  machines!: number;
  @Field(() => Boolean, { description: 'Their pools have the room now; it is looked for again at the precheck.' })
  fits!: boolean;
  @Field(() => String, { description: 'What is short, or that it is enough, in the viewer’s language.' })
  text!: string;
}

@ObjectType('DrDrillCalendar', { description: '演练日历, by the rule in force.' })
export class DrillCalendarNode {
  @Field(() => Int)
  ruleNumber!: number;
  @Field(() => String, { description: 'A date.' })
  effectiveOn!: string;
  @Field(() => [DrillRuleLineNode])
  lines!: DrillRuleLineNode[];
  @Field(() => Int)
  overdue!: number;
  @Field(() => Int)
  soon!: number;
  @Field(() => [DrillDueNode], { description: 'The first due first; at most 500.' })
  entries!: DrillDueNode[];
}

@ObjectType('DrDrillPayload')
export class DrillPayload {
  @Field(() => DrillNode, { nullable: true })
  drill!: DrillNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@ObjectType('DrTicketPayload')
export class TicketPayload {
  @Field(() => TicketNode, { nullable: true })
  ticket!: TicketNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
