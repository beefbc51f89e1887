import mysql from 'mysql2/promise';
import { auditSchemaOf, type DatabaseAddress } from '../../server/src/platform/database/data-source.js';
import { migrate } from '../../server/src/platform/database/migration.js';
import { migrations } from '../../server/src/platform/database/migrations/index.js';

/** Migrated once in a run, by whichever suite comes first; nobody writes to it afterwards. */
const TEMPLATE = 'test_template';
/** Whoever waits for it waits for all migrations, beside whatever else the machine does. */
const LOCK_WAIT_S = 120;

/** Given the name of a schema of the template and of its copy, what makes one table there, with the rows of migrations. */
type Recipe = (from: string, to: string) => string;

interface Table {
  readonly schema: string;
  readonly recipe: Recipe;
}

let tables: Promise<readonly Table[]> | null = null;

/**
 * Makes the schema of `owner.database` by copying one that was migrated: the migrations are some 400 statements, many of
 * which make a table anew, and a copy has one a table.
 */
export async function copyTemplate(owner: DatabaseAddress, applicationUser: string): Promise<void> {
  tables ??= readTemplate({ ...owner, database: TEMPLATE });
  const copyOf = (schema: string): string => (schema === TEMPLATE ? owner.database : auditSchemaOf(owner.database));
  const made = (await tables).map(({ schema, recipe }) => recipe(schema, copyOf(schema)));
  const connection = await connect(owner);
  try {
    await connection.query(
      [
        `create database ${mysql.escapeId(auditSchemaOf(owner.database))} character set utf8mb4 collate utf8mb4_unicode_ci`,
        'set foreign_key_checks = 0',
        ...made,
      ].join(';\n'),
    );
  } finally {
    await connection.end();
  }
  // Finds none left to run, and gives the application's account its grants.
  const left = await migrate(owner, applicationUser, migrations);
  if (left.length > 0) throw new Error(`the template lacks ${left.join(', ')}`);
}

async function readTemplate(template: DatabaseAddress): Promise<readonly Table[]> {
  const connection = await connect({ ...template, database: 'mysql' });
  try {
    await connection.query('select get_lock(?, ?)', [TEMPLATE, LOCK_WAIT_S]);
    await connection.query(
      `create database if not exists ${TEMPLATE} character set utf8mb4 collate utf8mb4_unicode_ci`,
    );
    await migrate(template, null, migrations);
    await connection.query('select release_lock(?)', [TEMPLATE]);
    const [names] = await connection.query<mysql.RowDataPacket[]>(
      'select table_schema as s, table_name as t from information_schema.tables where table_schema in (?)',
      [[TEMPLATE, auditSchemaOf(TEMPLATE)]],
    );
    const found: Table[] = [];
    for (const { s, t } of names)
      found.push({ schema: String(s), recipe: await readTable(connection, String(s), String(t)) });
    return found;
  } finally {
    await connection.end();
  }
}

async function readTable(connection: mysql.Connection, schema: string, table: string): Promise<Recipe> {
  const name = mysql.escapeId(table);
  const [shown] = await connection.query<mysql.RowDataPacket[]>(`show create table ${mysql.escapeId(schema)}.${name}`);
  const statement = String(shown[0]?.['Create Table']).replace(/^CREATE TABLE /, '');
  if (!statement.startsWith(name)) throw new Error(`${table} is no plain table: say here how it is copied`);
  const [filled] = await connection.query<mysql.RowDataPacket[]>(
    `select 1 from ${mysql.escapeId(schema)}.${name} limit 1`,
  );
  return (from, to) => {
    const copy = mysql.escapeId(to);
    const create = `create table ${copy}.${statement}`;
    return filled.length === 0
      ? create
      : `${create};\ninsert into ${copy}.${name} select * from ${mysql.escapeId(from)}.${name}`;
  };
}

function connect({ socketPath, user, password, database }: DatabaseAddress): Promise<mysql.Connection> {
  return mysql.createConnection({ socketPath, user, password, database, charset: 'utf8mb4', multipleStatements: true });
}
