import { Module } from '@nestjs/common';
import { Replication } from './replication.service.js';

@Module({ providers: [Replication], exports: [Replication] })
export class ReplicationModule {}
