import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { StoredFileNode } from '../files/files.graphql.js';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { Node } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import { RequestNode } from '../requests/requests.graphql.js';
import type { ScanRow } from './documents.types.js';
import { SEALABLE_PAPERS, type SealablePaper } from './domain/paper-content.js';
import type { PortState } from './domain/ports.js';
import { PAPER_STANDINGS, type PaperStanding } from './domain/scan.js';

export const PaperStandingEnum = enumOf(PAPER_STANDINGS);
const SealablePaperEnum = enumOf(SEALABLE_PAPERS);
registerEnumType(SealablePaperEnum, {
  name: 'SealablePaper',
  description: 'What is printed, sealed and scanned of a request.',
  valuesMap: { REQUEST_FORM: { description: '申请表.' }, DELIVERY_SHEET: { description: '资源开通确认单.' } },
});
registerEnumType(PaperStandingEnum, {
  name: 'PaperStanding',
  description: 'Whether the content that the paper has now is under seal.',
  valuesMap: { VOID: { description: 'Everything that was sealed is of other content.' } },
});

@ObjectType('SealedScan', {
  implements: () => [Node],
  description:
    '盖章扫描件: bound to the version of the paper that was sealed; void once the paper would say something else.',
})
export class SealedScanNode extends Node {
  readonly row: ScanRow;
  @Field(() => Int, { description: 'Of the paper that was sealed.' })
  formNumber: number;
  @Field(() => Date)
  uploadedAt: Date;
  @Field(() => String)
  uploadedBy: string;
  @Field(() => Boolean)
  valid: boolean;
  @Field(() => [String], { description: 'What has changed since it was sealed; empty while it counts.' })
  voidReasons: string[];
  @Field(() => StoredFileNode, { nullable: true })
  file!: StoredFileNode | null;

  constructor(row: ScanRow, reasons: readonly string[]) {
    super();
    this.id = toNodeId('SealedScan', row.id);
    this.row = row;
    this.formNumber = row.version.number;
    this.uploadedAt = row.uploadedAt;
    this.uploadedBy = row.uploadedBy;
    this.valid = reasons.length === 0;
    this.voidReasons = [...reasons];
  }
}

@ObjectType('PortState', { description: 'Whether something outside of the console that it could use is connected.' })
export class PortStateNode implements Omit<PortState, 'text'> {
  @Field(() => String)
  name!: string;
  @Field(() => Boolean)
  configured!: boolean;
  @Field(() => String)
  text!: string;
}

@ObjectType('RequestPapers', {
  description: '纸质申请表, or 资源开通确认单: what was printed and sealed of one paper of a request.',
})
export class RequestPapersNode {
  @Field(() => PaperStandingEnum)
  standing!: PaperStanding;
  @Field(() => String, { description: 'SM3 of what the paper says now, hexadecimal.' })
  contentHash!: string;
  @Field(() => String, { description: 'Of it, as the paper shows it.' })
  checkCode!: string;
  @Field(() => Int, {
    nullable: true,
    description: 'Version that says what the paper says now; null = never printed.',
  })
  formNumber!: number | null;
  @Field(() => String, { description: 'Where to print it, as PDF.' })
  formUrl!: string;
  @Field(() => [String], { description: 'Steps of its chain that are approved only with a valid scan.' })
  neededBy!: string[];
  @Field(() => Boolean)
  mayUpload!: boolean;
  @Field(() => [SealedScanNode], { description: 'The newest first.' })
  scans!: SealedScanNode[];
  @Field(() => [PortStateNode], { description: 'Electronic seals and OFD.' })
  ports!: PortStateNode[];
}

@InputType('UploadSealedScanInput')
export class UploadSealedScanInput {
  @Field(() => ID)
  requestId!: string;
  @Field(() => SealablePaperEnum, { nullable: true, description: 'null = the form.' })
  paper!: SealablePaper | null;
  @Field(() => ID, { description: 'Sent to /files before: PDF, JPG or PNG.' })
  fileId!: string;
  @Field(() => String, { description: 'As the paper shows it, e.g. 3F9A-27C1.' })
  checkCode!: string;
  @Field(() => ID)
  idempotencyKey!: string;
}

@ObjectType('SealedScanPayload')
export class SealedScanPayload {
  @Field(() => SealedScanNode, { nullable: true })
  scan!: SealedScanNode | null;
  @Field(() => RequestNode, { nullable: true })
  request!: RequestNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
