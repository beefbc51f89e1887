import { type DynamicModule, Inject, Injectable, Module, type OnModuleInit } from '@nestjs/common';
import { CLUSTERS, type Clusters } from '../provisioning/domain/ports.js';
import { DataWriters } from '../resilience/data-writers.service.js';
import { ResilienceModule } from '../resilience/resilience.module.js';
import { ResourceStanding } from '../resources/resource-standing.service.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { ClusterSilence } from './cluster-silence.service.js';
import { EvidenceRepository } from './evidence.repository.js';
import { ExecutionGrounds } from './execution-grounds.service.js';
import { ExecutionsModule } from './executions.module.js';
import { ExecutionsRepository } from './executions.repository.js';
import { Fences } from './fences.service.js';
import { ReturningSidesRepository } from './returning-sides.repository.js';
import { StepHandlers } from './step-handlers.service.js';
import { CheckPrerequisites, LiftFence } from './steps/checking.js';
import { ProveFence } from './steps/fencing.js';
import { HaltSource } from './steps/halting.js';
import { Lifting } from './steps/lifting.js';
import { outside, Probe, SwitchTraffic } from './steps/outside.js';
import { PromoteTarget } from './steps/promoting.js';
import { DemoteSource, FinalSync, PointRemote, Reprotect } from './steps/replicating.js';
import { StartTarget } from './steps/starting.js';

/** What the console itself does to clusters in an execution. */
@Injectable()
export class ExecutionSteps implements OnModuleInit {
  constructor(
    @Inject(CLUSTERS) private readonly clusters: Clusters,
    private readonly handlers: StepHandlers,
    private readonly repository: ExecutionsRepository,
    private readonly evidence: EvidenceRepository,
    private readonly grounds: ExecutionGrounds,
    private readonly fences: Fences,
    private readonly writers: DataWriters,
    private readonly standing: ResourceStanding,
    private readonly returning: ReturningSidesRepository,
    private readonly silence: ClusterSilence,
  ) {}

  onModuleInit(): void {
    const { evidence, fences, grounds, handlers, repository, returning, standing, writers } = this;
    const clusters = this.silence.over(this.clusters);
    const lifting = new Lifting(clusters, evidence, grounds);
    handlers.register('CHECK_PREREQUISITES', new CheckPrerequisites(clusters, grounds, repository, lifting));
    handlers.register('HALT_SOURCE', new HaltSource(clusters, standing));
    const proving = new ProveFence(clusters, fences);
    handlers.register('PROVE_FENCE', proving);
    handlers.register('FINAL_SYNC', new FinalSync(clusters));
    handlers.register('DEMOTE_SOURCE', new DemoteSource(clusters));
    handlers.register(
      'PROMOTE_TARGET',
      new PromoteTarget(clusters, repository, evidence, writers, standing, proving, returning),
    );
    handlers.register('START_TARGET', new StartTarget(clusters, standing, outside));
    handlers.register('PROBE', new Probe(outside));
    handlers.register('SWITCH_TRAFFIC', new SwitchTraffic(outside));
    handlers.register('REPROTECT', new Reprotect(clusters));
    handlers.register('POINT_REMOTE', new PointRemote(clusters));
    handlers.register('LIFT_FENCE', new LiftFence(repository, lifting));
  }
}

/** The worker's part: a process that only answers the API plays no execution. */
@Module({})
export class ExecutionStepsModule {
  static on(clusters: Clusters): DynamicModule {
    return {
      module: ExecutionStepsModule,
      imports: [ExecutionsModule, ResilienceModule, ResourcesModule],
      providers: [{ provide: CLUSTERS, useValue: clusters }, ExecutionSteps],
    };
  }
}
