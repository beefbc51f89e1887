import { Module } from '@nestjs/common';
import { AllocationModule } from '../allocation/allocation.module.js';
import { ApprovalsModule } from '../approvals/approvals.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { CabinetsModule } from '../cabinets/cabinets.module.js';
import { CalendarsModule } from '../calendars/calendars.module.js';
import { CatalogModule } from '../catalog/catalog.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { FilesModule } from '../files/files.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { RequestsModule } from '../requests/requests.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { ServersModule } from '../servers/servers.module.js';
import { SystemsModule } from '../systems/systems.module.js';
import { DeliveriesResolver } from './deliveries.resolver.js';
import { DeliveriesService } from './deliveries.service.js';
import { DeliveryDisputes } from './delivery-disputes.service.js';
import { DeliverySheetItemResolver, DeliverySheetResolver } from './delivery-sheets.resolver.js';
import { FirstLoginsRepository } from './first-logins.repository.js';
import { FirstLogins } from './first-logins.service.js';
import { FormChanges } from './form-changes.service.js';
import { FormContents } from './form-contents.service.js';
import { FormsService } from './forms.service.js';
import { HandOverRepository } from './hand-over.repository.js';
import { LoginNodes } from './login-nodes.js';
import { LoginNotices } from './login-notices.service.js';
import { LoginResetsRepository } from './login-resets.repository.js';
import { LoginResets } from './login-resets.service.js';
import { MachineLogins } from './machine-logins.service.js';
import { NamesOfLines } from './names-of-lines.service.js';
import { PaperContents } from './paper-contents.service.js';
import { PaperNodes } from './paper-nodes.js';
import { PaperVersions } from './paper-versions.service.js';
import { PapersController } from './papers.controller.js';
import { PapersRepository } from './papers.repository.js';
import { PapersResolver, SealedScanResolver } from './papers.resolver.js';
import { Printing } from './printing.service.js';
import { ScansService } from './scans.service.js';
import { ServerFirstLoginsResolver } from './server-first-logins.resolver.js';
import { ServerFirstLogins } from './server-first-logins.service.js';
import { SheetContents } from './sheet-contents.service.js';
import { SheetDeadlines } from './sheet-deadlines.service.js';
import { SheetHeads } from './sheet-heads.service.js';
import { SheetMoves } from './sheet-moves.service.js';
import { SheetThings } from './sheet-things.service.js';
import { SheetsService } from './sheets.service.js';

@Module({
  imports: [
    AuditModule,
    IdentityModule,
    FilesModule,
    CalendarsModule,
    DepartmentsModule,
    SystemsModule,
    FacilitiesModule,
    CabinetsModule,
    ServersModule,
    AllocationModule,
    CatalogModule,
    ApprovalsModule,
    ResourcesModule,
    RequestsModule,
  ],
  controllers: [PapersController],
  providers: [
    Printing,
    NamesOfLines,
    SheetThings,
    PapersRepository,
    PaperVersions,
    PaperContents,
    PaperNodes,
    FormChanges,
    FormContents,
    FormsService,
    ScansService,
    PapersResolver,
    SealedScanResolver,
    HandOverRepository,
    FirstLoginsRepository,
    LoginResetsRepository,
    MachineLogins,
    LoginResets,
    LoginNodes,
    LoginNotices,
    FirstLogins,
    ServerFirstLogins,
    ServerFirstLoginsResolver,
    SheetContents,
    SheetsService,
    SheetHeads,
    SheetMoves,
    SheetDeadlines,
    DeliveriesService,
    DeliveryDisputes,
    DeliveriesResolver,
    DeliverySheetResolver,
    DeliverySheetItemResolver,
  ],
  exports: [
    ScansService,
    SheetsService,
    DeliveriesService,
    DeliveryDisputes,
    SheetDeadlines,
    FirstLogins,
    ServerFirstLogins,
    LoginResets,
    LoginNotices,
    MachineLogins,
    Printing,
    FormsService,
    PaperContents,
  ],
})
export class DocumentsModule {}
