import { type DynamicModule, Global, Module } from '@nestjs/common';
import { DocumentsModule } from '../documents/documents.module.js';
import { FacilitiesModule } from '../facilities/facilities.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { ServersModule } from '../servers/servers.module.js';
import { CLUSTERS, type Clusters } from './domain/ports.js';
import { LiveObjectsResolver } from './live-objects.resolver.js';
import { LiveObjects } from './live-objects.service.js';

/** Whoever answers the API shows what stands in the clusters, as far as its process can reach them. */
@Module({
  imports: [ServersModule, ResourcesModule, DocumentsModule, FacilitiesModule],
  providers: [LiveObjects, LiveObjectsResolver],
})
export class LiveObjectsModule {}

/** The clusters of a process that reaches any, for those who only read. */
@Global()
@Module({})
export class ClustersModule {
  static on(clusters: Clusters): DynamicModule {
    return {
      module: ClustersModule,
      providers: [{ provide: CLUSTERS, useValue: clusters }],
      exports: [CLUSTERS],
    };
  }
}
