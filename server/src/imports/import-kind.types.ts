import type { Bilingual } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import type { Actor, PermissionAction, PermissionObject, TenantScope } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { CellProblem, DocumentRow, ImportColumn, RowProblem, TableRow } from './domain/import-table.js';

export interface ImportContext {
  readonly actor: Actor;
  /** Whose rows the kind's permission lets this actor touch. */
  readonly scope: TenantScope;
  readonly now: Date;
}

/** What an import would do with one row. What is there already but differs is a PROBLEM: an import never overwrites. */
export type RowPlan<T> =
  | { readonly row: number; readonly outcome: 'ADD'; readonly value: T }
  | { readonly row: number; readonly outcome: 'UNCHANGED' }
  | { readonly row: number; readonly outcome: 'PROBLEM'; readonly problems: readonly CellProblem[] };

export interface Addition<T> {
  readonly row: number;
  readonly value: T;
}

/** What is left to do last before commit: hot counters. A refusal undoes the whole import. */
export interface Applied {
  readonly last?: (tx: Tx) => Promise<Result<void, readonly Refusal[]>>;
}

interface KindOfImport<Row, T> {
  /** Lower case with hyphens: it stands in addresses and commands, e.g. "rack-types". */
  readonly name: string;
  readonly title: Bilingual;
  /** What one needs to be allowed to do to import. */
  readonly permission: { readonly object: PermissionObject; readonly action: PermissionAction };
  /** Page of the console on which the result is seen, e.g. "/servers". */
  readonly page: string;
  /**
   * Says of every row that was given what would become of it, one plan a row. Reads what it needs in few statements,
   * whatever the number of rows; writes nothing. Asked again right before `apply`.
   */
  plan(rows: readonly Row[], context: ImportContext): Promise<readonly RowPlan<T>[]>;
  /**
   * Writes all that is to be added, inside the one transaction of the import (bulk statements: 10,000 rows in some
   * seconds). Problems undo everything. May run again after a deadlock.
   */
  apply(
    tx: Tx,
    additions: readonly Addition<T>[],
    context: ImportContext,
  ): Promise<Result<Applied, readonly RowProblem[]>>;
}

/**
 * A table: CSV or XLSX, one file. The heading is understood, required cells and choices are checked before `plan`, which
 * is asked of every row all the same: a row that has a problem already (`misread`) is never added, whatever its plan.
 */
export interface TableImport<T> extends KindOfImport<TableRow, T> {
  readonly source: 'TABLE';
  /** In the order of the template. */
  readonly columns: readonly ImportColumn[];
}

/** YAML documents, several in a file and several files. */
export interface DocumentImport<T> extends KindOfImport<DocumentRow, T> {
  readonly source: 'DOCUMENTS';
}

export type ImportKind<T = unknown> = TableImport<T> | DocumentImport<T>;
