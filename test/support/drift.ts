import type { DataSource } from 'typeorm';

/** What differs between the entities and the migrated database; empty = nothing. */
export async function drift(db: DataSource): Promise<string[]> {
  const { upQueries } = await db.driver.createSchemaBuilder().log();
  const wanted = db.entityMetadatas.flatMap((entity) =>
    entity.checks.map((check) => `${entity.tableName}.${check.name}`),
  );
  const rows: { name: string }[] = await db.query(
    "select concat(table_name, '.', constraint_name) as name from information_schema.check_constraints where constraint_schema = database()",
  );
  const tables = new Set(db.entityMetadatas.map((entity) => entity.tableName));
  const standing = rows.map((row) => row.name).filter((name) => tables.has(name.split('.')[0] as string));
  const missing = wanted.filter((name) => !standing.includes(name));
  const unknown = standing.filter((name) => !wanted.includes(name));
  return [
    ...upQueries.map((query) => query.query),
    ...missing.map((name) => `missing check ${name}`),
    ...unknown.map((name) => `unknown check ${name}`),
  ];
}
