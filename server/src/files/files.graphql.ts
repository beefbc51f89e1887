import { Field, Int, ObjectType } from '@nestjs/graphql';
import { toNodeId } from '../kernel/node-id.js';
import { Node } from '../platform/graphql/relay.js';
import type { StoredFile } from './domain/stored-file.js';

@ObjectType('StoredFile', { implements: () => [Node], description: '附件: a file that somebody sent, as it was sent.' })
export class StoredFileNode extends Node {
  @Field(() => String)
  name: string;

  @Field(() => Int)
  sizeBytes: number;

  @Field(() => String, { description: 'By its content, whatever its name says.' })
  mediaType: string;

  @Field(() => String, { description: 'SM3 of the bytes, hexadecimal.' })
  sm3: string;

  @Field(() => Date)
  uploadedAt: Date;

  @Field(() => String, { description: 'Where to download it.' })
  url: string;

  constructor(file: StoredFile) {
    super();
    this.id = toNodeId('StoredFile', file.id);
    this.name = file.name;
    this.sizeBytes = file.sizeBytes;
    this.mediaType = file.mediaType;
    this.sm3 = file.sm3;
    this.uploadedAt = file.uploadedAt;
    this.url = `/files/${this.id}`;
  }
}
