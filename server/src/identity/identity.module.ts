import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { Accounts } from './accounts.service.js';
import { HttpCallers } from './http-callers.service.js';
import { IdentityRepository } from './identity.repository.js';
import { IdentityResolver } from './identity.resolver.js';
import { IdentityService } from './identity.service.js';
import { SignInGuard } from './sign-in-guard.service.js';
import { UserNames } from './user-names.service.js';

/** DEPARTMENT_TREE (and DEMONSTRATION, where there is one) come from a global module of the root. */
@Module({
  imports: [AuditModule],
  providers: [Accounts, HttpCallers, IdentityRepository, IdentityResolver, IdentityService, SignInGuard, UserNames],
  exports: [Accounts, HttpCallers, IdentityService, UserNames],
})
export class IdentityModule {}
