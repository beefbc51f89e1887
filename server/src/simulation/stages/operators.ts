/** Everything in a cluster that acts by itself. */
import { credentialStages } from './credential-stages.js';
import { diskStages } from './disk-stages.js';
import { Engine } from './engine.js';
import { hostStages } from './host-stages.js';
import { housekeepingStages } from './housekeeping-stages.js';
import { instanceStages } from './instance-stages.js';
import { liveUpdateStages } from './live-update-stages.js';
import { machineStages } from './machine-stages.js';
import { migrationStages } from './migration-stages.js';
import { QuotaCounter } from './quota-counter.js';
import { replicationStages } from './replication-stages.js';
import { restoreStages } from './restore-stages.js';
import { snapshotStages } from './snapshot-stages.js';
import type { World } from './world.js';

export interface Operators {
  settle(): Promise<void>;
  stop(): void;
}

export function startOperators(world: World, speed: number, tell: (message: string) => void): Operators {
  const stages = [
    ...diskStages,
    ...instanceStages,
    ...machineStages,
    ...migrationStages,
    ...liveUpdateStages,
    ...snapshotStages,
    ...restoreStages,
    ...hostStages,
    ...credentialStages,
    ...replicationStages,
    ...housekeepingStages,
  ];
  const engine = new Engine(stages, world, speed, tell);
  const quotas = new QuotaCounter(world, speed, tell);
  engine.start();
  quotas.start();
  return {
    settle: () => engine.settle(),
    stop: () => {
      engine.stop();
      quotas.stop();
    },
  };
}
