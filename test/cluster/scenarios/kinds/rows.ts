/** The kinds besides machines and disks, one row each. */
import { clusterRows } from './cluster.ts';
import { coreRows } from './core.ts';
import { machineActRows } from './machines.ts';
import { replicationRows } from './replication.ts';
import type { Row } from './row.ts';
import { serverRows } from './servers.ts';

export const customRows: readonly Row[] = [...serverRows, ...replicationRows, ...machineActRows];

export { clusterRows, coreRows };
