import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/identity.module.js';
import { BackupsRepository } from './backups.repository.js';
import { BackupsResolver } from './backups.resolver.js';
import { ConsoleBackups } from './console-backups.service.js';

@Module({
  imports: [IdentityModule],
  providers: [BackupsRepository, BackupsResolver, ConsoleBackups],
  exports: [ConsoleBackups],
})
export class BackupsModule {}
