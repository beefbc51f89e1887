import { Field, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { PaperStanding } from '../documents/domain/scan.js';
import { PaperStandingEnum } from '../documents/papers.graphql.js';
import type { Party } from '../golive/domain/go-live-policy.js';
import { PartyEnum } from '../golive/go-live.graphql.js';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf } from '../platform/graphql/relay.js';
import { keyOf, PAPER_KINDS, type PaperKind, type WaitingPaper } from './domain/waiting-papers.js';

export const PaperKindEnum = enumOf(PAPER_KINDS);
registerEnumType(PaperKindEnum, {
  name: 'PaperKind',
  valuesMap: {
    REQUEST_FORM: { description: '申请表.' },
    DELIVERY_SHEET: { description: '资源开通确认单.' },
    ACCEPTANCE_SHEET: { description: '系统上线验收单.' },
  },
});

@ObjectType('WaitingPaper', { description: 'A paper that somebody has to seal or sign.' })
export class WaitingPaperNode {
  readonly row: WaitingPaper;
  @Field(() => ID, { description: 'Its own in lists; no node.' })
  id: string;
  @Field(() => PaperKindEnum)
  kind: PaperKind;
  @Field(() => ID, { description: 'Of the Request, or of the GoLiveCase.' })
  subjectId: string;
  @Field(() => String)
  code: string;
  @Field(() => [PartyEnum], { description: 'Who has not sealed yet.' })
  parties: Party[];
  @Field(() => Date)
  since: Date;
  @Field(() => Date, { nullable: true })
  dueAt: Date | null;
  @Field(() => Boolean, { description: 'What it blocks waits for it now.' })
  blocking: boolean;
  @Field(() => PaperStandingEnum, { description: 'VOID: what was sealed says something else.' })
  standing: PaperStanding;
  @Field(() => String, { description: 'The paper as it reads now, to be printed.' })
  printUrl: string;

  constructor(row: WaitingPaper) {
    const subject = toNodeId(row.kind === 'ACCEPTANCE_SHEET' ? 'GoLiveCase' : 'Request', row.subjectId);
    this.row = row;
    this.id = keyOf(row);
    this.kind = row.kind;
    this.subjectId = subject;
    this.code = row.code;
    this.parties = [...row.parties];
    this.since = row.since;
    this.dueAt = row.dueAt;
    this.blocking = row.blocking;
    this.standing = row.standing;
    this.printUrl = PRINTED_AT[row.kind](subject);
  }
}

const PRINTED_AT: { readonly [K in PaperKind]: (id: string) => string } = {
  REQUEST_FORM: (id) => `/papers/requests/${id}/form.pdf`,
  DELIVERY_SHEET: (id) => `/papers/requests/${id}/delivery-sheet.pdf`,
  ACCEPTANCE_SHEET: (id) => `/papers/go-lives/${id}/acceptance-sheet.pdf`,
};

export const WaitingPaperConnection = connectionOf(WaitingPaperNode, 'WaitingPaper');

@InputType('WaitingPaperFilter')
export class WaitingPaperFilterInput {
  @Field(() => [PaperKindEnum], { nullable: true })
  kinds!: PaperKind[] | null;
  @Field(() => [PartyEnum], { nullable: true, description: 'That wait for one of these.' })
  parties!: Party[] | null;
  @Field(() => Boolean, { nullable: true, description: 'Only those for which something waits now.' })
  blocking!: boolean | null;
  @Field(() => String, { nullable: true, description: 'In the code.' })
  search!: string | null;
}
