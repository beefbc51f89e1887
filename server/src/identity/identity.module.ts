import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { AccountActs } from './account-acts.service.js';
import { Accounts } from './accounts.service.js';
import { HandOverResolver } from './hand-over.resolver.js';
import { HandOver } from './hand-over.service.js';
import { HttpCallers } from './http-callers.service.js';
import { IdentityRepository } from './identity.repository.js';
import { IdentityResolver } from './identity.resolver.js';
import { IdentityService } from './identity.service.js';
import { ImportedUsers } from './imported-users.service.js';
import { InitialPasswords } from './initial-passwords.service.js';
import { Passwords } from './passwords.service.js';
import { PeopleRights } from './people-rights.service.js';
import { PeopleToTellRepository } from './people-to-tell.repository.js';
import { PeopleToTell } from './people-to-tell.service.js';
import { Sessions } from './sessions.service.js';
import { SignInGuard } from './sign-in-guard.service.js';
import { UserAccess } from './user-access.service.js';
import { UserNames } from './user-names.service.js';
import { UserRoles } from './user-roles.service.js';
import { UsersRepository } from './users.repository.js';
import { UsersResolver } from './users.resolver.js';
import { UsersService } from './users.service.js';
import { Witnesses } from './witnesses.service.js';
import { WorkToHandOver } from './work-to-hand-over.service.js';

/** DEPARTMENT_TREE, DEPARTMENTS_OF_PEOPLE (and DEMONSTRATION, where there is one) come from a global module of the root. */
@Module({
  imports: [AuditModule],
  providers: [
    AccountActs,
    Accounts,
    HandOver,
    HandOverResolver,
    HttpCallers,
    IdentityRepository,
    IdentityResolver,
    IdentityService,
    ImportedUsers,
    InitialPasswords,
    Passwords,
    PeopleToTell,
    PeopleToTellRepository,
    PeopleRights,
    Sessions,
    SignInGuard,
    UserAccess,
    UserNames,
    UserRoles,
    UsersRepository,
    UsersResolver,
    UsersService,
    WorkToHandOver,
    Witnesses,
  ],
  exports: [
    Accounts,
    HttpCallers,
    IdentityService,
    ImportedUsers,
    Passwords,
    PeopleToTell,
    PeopleRights,
    Sessions,
    UserNames,
    UsersService,
    WorkToHandOver,
    Witnesses,
  ],
})
export class IdentityModule {}
