import type { ColumnOptions, ValueTransformer } from 'typeorm';

/** BIGINT arrives as text from the driver; money and big counts are bigint in code. */
export const bigintText: ValueTransformer = {
  to: (value: bigint | null | undefined) => (typeof value === 'bigint' ? value.toString() : value),
  from: (value: string | null) => (value === null ? null : BigInt(value)),
};

/** JSON kept in LONGTEXT: MariaDB's json type drifts for ever under the mysql driver and differs between engines. */
export const jsonText: ValueTransformer = {
  to: (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value)),
  from: (value: string | null) => (value === null ? null : JSON.parse(value)),
};

/** A uuid (version 7, so that inserts land at the end of the key). */
export const uuidColumn = {
  type: 'char',
  length: 36,
  charset: 'ascii',
  collation: 'ascii_bin',
} as const satisfies ColumnOptions;

export const timeColumn = { type: 'datetime', precision: 3 } as const satisfies ColumnOptions;

export const jsonColumn = { type: 'longtext', transformer: jsonText } as const satisfies ColumnOptions;
