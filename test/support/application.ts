import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DynamicModule, INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { DataSource } from 'typeorm';
import { ApplicationModule } from '../../server/src/application.module.js';
import { entities } from '../../server/src/entities.js';
import { permissionsOf } from '../../server/src/identity/domain/permissions.js';
import { type Clock, systemClock } from '../../server/src/kernel/clock.js';
import type { Role, Viewer } from '../../server/src/kernel/viewer.js';
import { readConfiguration } from '../../server/src/platform/config/configuration.js';
import { newKeyRing } from '../../server/src/platform/crypto/key-file.js';
import { SoftwareCrypto } from '../../server/src/platform/crypto/software-crypto.js';
import { newId } from '../../server/src/platform/database/ids.js';
import type { DatabaseQuorum } from '../../server/src/platform/database/quorum/database-quorum.js';
import { openTestDatabase, type TestDatabase } from './database.ts';

/** Few rounds: these hashes guard nothing. */
const PASSWORD_ITERATIONS = 1_000;

export interface TestApplication {
  readonly test: TestDatabase;
  readonly context: INestApplicationContext;
  close(): Promise<void>;
}

/** All features on a database of their own, without HTTP and without a worker. */
export async function openTestApplication(
  clock: Clock = systemClock,
  parts: readonly DynamicModule[] = [],
): Promise<TestApplication> {
  const test = await openTestDatabase(entities);
  const application = await openApplicationOn(test.db, clock, parts);
  return {
    test,
    context: application.context,
    close: async () => {
      await application.close();
      await test.close();
    },
  };
}

/** One more process beside it, over a connection of its own. */
export async function openApplicationOn(
  db: DataSource,
  clock: Clock = systemClock,
  parts: readonly DynamicModule[] = [],
  quorum?: DatabaseQuorum,
): Promise<Pick<TestApplication, 'context' | 'close'>> {
  const directory = await mkdtemp(join(tmpdir(), 'jiyun-application-'));
  const crypto = new SoftwareCrypto(newKeyRing(), PASSWORD_ITERATIONS);
  const context = await NestFactory.createApplicationContext(
    ApplicationModule.of({
      ground: {
        configuration: readConfiguration({ JIYUN_LOG_LEVEL: 'silent', JIYUN_DATA: directory }),
        db,
        crypto,
        clock,
        ...(quorum ? { quorum } : {}),
      },
      demonstration: null,
      parts,
    }),
    { logger: false, abortOnError: false },
  );
  return {
    context,
    close: async () => {
      await context.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** A signed-in person with the real permissions of these roles. */
export function viewerWith(roles: readonly Role[], departmentId: string | null, more: Partial<Viewer> = {}): Viewer {
  return {
    userId: newId(),
    username: 'test',
    name: '测试人',
    departmentId,
    departmentTreeIds: departmentId === null ? [] : [departmentId],
    address: '127.0.0.1',
    traceId: newId(),
    sessionId: newId(),
    roles,
    permissions: permissionsOf(roles),
    locale: 'zh',
    ...more,
  };
}
