import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/identity.module.js';
import { ForcedPrimary } from './forced-primary.service.js';

@Module({ imports: [IdentityModule], providers: [ForcedPrimary], exports: [ForcedPrimary] })
export class QuorumModule {}
