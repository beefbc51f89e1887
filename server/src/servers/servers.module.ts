import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { CabinetsModule } from '../cabinets/cabinets.module.js';
import { DepartmentsModule } from '../departments/departments.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { FreezesModule } from '../freezes/freezes.module.js';
import { ImportsModule } from '../imports/imports.module.js';
import { QuotasModule } from '../quotas/quotas.module.js';
import { SystemsModule } from '../systems/systems.module.js';
import { BmcService } from './bmc.service.js';
import { DeviceTypeImport } from './device-type-import.js';
import { FreeServers } from './free-servers.service.js';
import { HardwareModelsRepository } from './hardware-models.repository.js';
import { HardwareModelsService } from './hardware-models.service.js';
import { HoldingService } from './holding.service.js';
import { HostActs } from './host-acts.service.js';
import { HostMismatchActs } from './host-mismatch-acts.service.js';
import { HostMismatchesRepository } from './host-mismatches.repository.js';
import { HostMismatchesResolver } from './host-mismatches.resolver.js';
import { HostMismatches } from './host-mismatches.service.js';
import { HostOrders } from './host-orders.service.js';
import { HostRecords } from './host-records.service.js';
import { ServerEdgesResolver, ServerPlaceEdgesResolver } from './server-edges.resolver.js';
import { ServerHistory } from './server-history.service.js';
import { ServerHostsRepository } from './server-hosts.repository.js';
import { ServerHostsResolver } from './server-hosts.resolver.js';
import { ServerHosts } from './server-hosts.service.js';
import { ServerImport } from './server-import.js';
import { ServerIntakeService } from './server-intake.service.js';
import { ServerLifeService } from './server-life.service.js';
import { ServerLoginsRepository } from './server-logins.repository.js';
import { ServerLogins } from './server-logins.service.js';
import { ServerMoves } from './server-moves.service.js';
import { ServerPlaceService } from './server-place.service.js';
import { ServerReferences } from './server-references.service.js';
import { ServerTasksResolver } from './server-tasks.resolver.js';
import { ServerTasks } from './server-tasks.service.js';
import { ServersRepository } from './servers.repository.js';
import { ServersResolver } from './servers.resolver.js';
import { ServersService } from './servers.service.js';
import { ServersInDepartment } from './servers-in-department.service.js';

@Module({
  imports: [
    AuditModule,
    ImportsModule,
    DepartmentsModule,
    SystemsModule,
    QuotasModule,
    FacilitiesModule,
    FreezesModule,
    CabinetsModule,
  ],
  providers: [
    ServersInDepartment,
    ServersRepository,
    HardwareModelsRepository,
    ServersService,
    ServerReferences,
    HardwareModelsService,
    ServerLifeService,
    ServerPlaceService,
    ServerMoves,
    HoldingService,
    FreeServers,
    BmcService,
    ServerHistory,
    ServerHostsRepository,
    ServerHosts,
    ServerHostsResolver,
    HostActs,
    HostOrders,
    ServerLoginsRepository,
    ServerLogins,
    HostRecords,
    HostMismatchesRepository,
    HostMismatches,
    HostMismatchActs,
    HostMismatchesResolver,
    ServerTasks,
    ServerTasksResolver,
    ServerIntakeService,
    ServerImport,
    DeviceTypeImport,
    ServersResolver,
    ServerEdgesResolver,
    ServerPlaceEdgesResolver,
  ],
  exports: [
    ServersService,
    HardwareModelsService,
    HoldingService,
    FreeServers,
    BmcService,
    ServerIntakeService,
    ServerMoves,
    ServerHistory,
    HostOrders,
    ServerLogins,
    HostRecords,
    HostActs,
    HostMismatches,
    HostMismatchActs,
  ],
})
export class ServersModule {}
