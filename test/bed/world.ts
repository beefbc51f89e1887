import { NestFactory } from '@nestjs/core';
import { ApplicationModule } from '../../server/src/application.module.js';
import { entities } from '../../server/src/entities.js';
import type { CenterRole } from '../../server/src/facilities/domain/facility.js';
import { systemClock } from '../../server/src/kernel/clock.js';
import type { Viewer } from '../../server/src/kernel/viewer.js';
import { readConfiguration } from '../../server/src/platform/config/configuration.js';
import { openSoftwareCrypto } from '../../server/src/platform/crypto/software-crypto.js';
import { type DatabaseAddress, openDataSource } from '../../server/src/platform/database/data-source.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { diskNameOf } from '../../server/src/provisioning/domain/desired-manifests.js';
import { GroupForming } from '../../server/src/resilience/group-forming.service.js';
import { type TestApplication, viewerWith } from '../support/application.ts';
import { KindsDesk } from '../support/kinds-desk.ts';
import { idOf } from '../support/request-journey.ts';
import { CENTERS, type CenterName, type GaleraBed } from './galera.ts';

/** What the system was promised: short, so that a copy is behind by twice as much within a minute. */
export const RPO_S = 20;
const ROLE: { readonly [C in CenterName]: CenterRole } = { a: 'ACTIVE_A', b: 'ACTIVE_B', c: 'RECOVERY' };
const VCPU = 100;
const ADDRESSES = 20;

export interface Machine {
  readonly id: string;
  readonly name: string;
  readonly namespace: string;
  readonly disk: string;
}

export type Person = 'duty' | 'operator' | 'leader' | 'head';

/** A department's system, granted over three centers; its people; and the group that has formed of it. */
export interface World {
  readonly groupId: string;
  readonly centerId: Readonly<Record<CenterName, string>>;
  /** Where the system's database runs: one machine a center, the recovery center's defined and halted. */
  readonly machine: Readonly<Record<CenterName, Machine>>;
  readonly people: Readonly<Record<Person, Viewer>>;
}

export const codeOf = (center: CenterName) => `center-${center}`;

/** Made with the features themselves, before the database has three nodes; machines are wished for and not there yet. */
export async function makeWorld(first: DatabaseAddress, bed: GaleraBed): Promise<World> {
  const db = await openDataSource(first, entities);
  const crypto = await openSoftwareCrypto({ dataDirectory: bed.keysDirectory, passwordIterations: 1_000 });
  const configuration = readConfiguration({ JIYUN_LOG_LEVEL: 'silent', JIYUN_DATA: bed.directory });
  const context = await NestFactory.createApplicationContext(
    ApplicationModule.of({
      ground: { configuration, db, crypto, clock: systemClock },
      ...{ demonstration: null, parts: [] },
    }),
    { logger: false, abortOnError: false },
  );
  try {
    return await grant({ test: { db }, context } as unknown as TestApplication);
  } finally {
    await context.close();
    await db.destroy();
    await crypto.onApplicationShutdown();
  }
}

async function grant(app: TestApplication): Promise<World> {
  const { db } = app.test;
  const kinds = await KindsDesk.open(app);
  const centerId: Record<string, string> = {};
  for (const name of CENTERS) {
    const site = await kinds.openSite(ROLE[name], { vcpu: VCPU });
    centerId[name] = site.center.id;
    await kinds.openNetwork(site, ADDRESSES);
    await db.query('update center set code = ? where id = ?', [codeOf(name), site.center.id]);
  }
  const modes = { localMode: 'DUAL_ACTIVE', remoteMode: 'APPLICATION' } as const;
  const requestId = await kinds.journey.submitted(
    kinds.content([kinds.line('VM', { ...modes, name: 'db', count: 1 })]),
  );
  idOf(await kinds.journey.approve(requestId));
  await kinds.get(GroupForming).run();
  const [group] = await db.query('select id from dr_group');
  await db.query('update dr_group set rpo_seconds = ?', [RPO_S]);
  const rows: { id: string; name: string; namespace: string; center: string }[] = await db.query(
    'select id, object_name as name, object_namespace as namespace, center_id as center from resource order by id',
  );
  const machine: Record<string, Machine> = {};
  for (const name of CENTERS) {
    const found = rows.filter(({ center }) => center === centerId[name]);
    const [row] = found;
    if (!row || found.length !== 1) throw new Error(`${found.length} machines in ${name}: ${JSON.stringify(rows)}`);
    machine[name] = { ...row, disk: diskNameOf(row.name) };
  }
  const [center, authority] = [newId(), newId()];
  return {
    groupId: group.id,
    ...({ centerId, machine } as Pick<World, 'centerId' | 'machine'>),
    people: {
      duty: viewerWith(['DUTY_ENGINEER'], center, { name: '孙值班' }),
      operator: viewerWith(['DR_OPERATOR'], center, { name: '高运维' }),
      leader: viewerWith(['LEADER'], authority, { name: '周领导' }),
      head: kinds.journey.head,
    },
  };
}
