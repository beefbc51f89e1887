import mysql from 'mysql2/promise';
import type { DataSource } from 'typeorm';
import {
  auditSchemaOf,
  type DatabaseAddress,
  type EntityList,
  openDataSource,
} from '../../server/src/platform/database/data-source.js';
import { copyTemplate } from './schema-template.ts';

export interface TestDatabase {
  readonly db: DataSource;
  /** How the application's account reaches it (may not change audit rows). */
  readonly address: DatabaseAddress;
  /** The owner's account, for what only an attacker or a migration would do. */
  readonly owner: DatabaseAddress;
  close(): Promise<void>;
}

let made = 0;

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined)
    throw new Error(`${name} is not set: this file must run in a jest project with the database set-up`);
  return value;
}

/** A new, empty database of this test file's own, as migrations leave it, reached with the application's account. */
export async function openTestDatabase(entities: EntityList = []): Promise<TestDatabase> {
  made += 1;
  const database = `t_${process.pid}_${process.env.JEST_WORKER_ID ?? '0'}_${made}`;
  const socketPath = required('TEST_MARIADB_SOCKET');
  const owner = { socketPath, user: 'jiyun_owner', password: required('TEST_MARIADB_OWNER_PASSWORD'), database };
  const address = { socketPath, user: 'jiyun_app', password: required('TEST_MARIADB_APPLICATION_PASSWORD'), database };
  const admin = await mysql.createConnection({ socketPath, user: owner.user, password: owner.password });
  await admin.query(`create database \`${database}\` character set utf8mb4 collate utf8mb4_unicode_ci`);
  await copyTemplate(owner, address.user);
  const db = await openDataSource(address, entities);
  return {
    db,
    address,
    owner,
    close: async () => {
      if (db.isInitialized) await db.destroy();
      await admin.query(`drop database if exists \`${database}\``);
      await admin.query(`drop database if exists \`${auditSchemaOf(database)}\``);
      await admin.end();
    },
  };
}
