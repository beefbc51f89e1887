import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { StoredFileNode } from '../files/files.graphql.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { ATTACHMENT_KINDS, type AttachmentKind } from './domain/attachment.js';

export const AttachmentKindEnum = enumOf(ATTACHMENT_KINDS);
registerEnumType(AttachmentKindEnum, {
  name: 'AttachmentKind',
  valuesMap: { LETTER: { description: '公函.' }, TECHNICAL_PLAN: { description: '技术方案.' } },
});

@ObjectType('RequestAttachment', {
  description: '附件: a file that the applicant laid beside the request; part of its form, by name and SM3.',
})
export class RequestAttachmentNode {
  @Field(() => AttachmentKindEnum)
  kind!: AttachmentKind;
  @Field(() => StoredFileNode)
  file!: StoredFileNode;
  @Field(() => Date)
  attachedAt!: Date;
  @Field(() => String)
  attachedBy!: string;
}

@InputType('AttachToRequestInput', { description: 'Only while the request may be edited; each counts as an edit.' })
export class AttachToRequestInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => AttachmentKindEnum)
  kind!: AttachmentKind;
  @Field(() => [ID], { description: 'Uploads of the viewer; 20 attachments at most in all.' })
  fileIds!: string[];
}

@InputType('DetachFromRequestInput')
export class DetachFromRequestInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => ID)
  fileId!: string;
}
