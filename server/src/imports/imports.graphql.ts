import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Locale } from '../kernel/bilingual.js';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import {
  IMPORT_STATES,
  type ImportProblem,
  type ImportRun,
  type ImportState,
  mayApply,
  mayDiscard,
  ROW_OUTCOMES,
  type RowOutcome,
  type SampleRow,
} from './domain/import-run.js';
import type { ImportKind } from './import-kind.types.js';

const ImportStateEnum = enumOf(IMPORT_STATES);
registerEnumType(ImportStateEnum, { name: 'ImportState' });
const RowOutcomeEnum = enumOf(ROW_OUTCOMES);
registerEnumType(RowOutcomeEnum, {
  name: 'ImportRowOutcome',
  valuesMap: {
    UNCHANGED: { description: 'There already, alike.' },
    PROBLEM: { description: 'Wrong, or there already but different: an import never overwrites.' },
  },
});
const ImportSourceEnum = enumOf(['TABLE', 'DOCUMENTS'] as const);
registerEnumType(ImportSourceEnum, {
  name: 'ImportSource',
  valuesMap: {
    TABLE: { description: 'One CSV or XLSX file.' },
    DOCUMENTS: { description: 'YAML files, several documents each.' },
  },
});

@ObjectType('ImportColumn')
export class ImportColumnType {
  @Field(() => String)
  key!: string;
  @Field(() => String)
  title!: string;
  @Field(() => Boolean)
  required!: boolean;
  @Field(() => String, { nullable: true })
  note!: string | null;
  @Field(() => [String], { description: 'The only things that may stand there; empty = anything of the right form.' })
  choices!: string[];
}

@ObjectType('ImportKind', { description: '导入类型: what a table or YAML documents can become.' })
export class ImportKindType {
  @Field(() => String)
  name: string;
  @Field(() => String)
  title: string;
  @Field(() => ImportSourceEnum)
  source: 'TABLE' | 'DOCUMENTS';
  @Field(() => String, { description: 'Page of the console on which the result is seen.' })
  page: string;
  @Field(() => [ImportColumnType])
  columns: ImportColumnType[];
  @Field(() => String, { nullable: true, description: 'A workbook to fill in.' })
  xlsxTemplateUrl: string | null;
  @Field(() => String, { nullable: true })
  csvTemplateUrl: string | null;

  constructor(kind: ImportKind, locale: Locale) {
    const template = (extension: string): string | null =>
      kind.source === 'TABLE' ? `/imports/templates/${kind.name}.${extension}` : null;
    this.name = kind.name;
    this.title = kind.title[locale];
    this.source = kind.source;
    this.page = kind.page;
    this.columns =
      kind.source === 'TABLE'
        ? kind.columns.map(({ key, title, required, note, choices = [] }) => ({
            key,
            title: title[locale],
            required,
            note: note?.[locale] ?? null,
            choices: choices.map((choice) => choice.title[locale]),
          }))
        : [];
    this.xlsxTemplateUrl = template('xlsx');
    this.csvTemplateUrl = template('csv');
  }
}

@ObjectType('ImportProblem')
export class ImportProblemType {
  @Field(() => String, { nullable: true, description: 'null where there is but one file.' })
  file: string | null;
  @Field(() => Int, { nullable: true, description: 'Row of the table, or document of the file; null = all of it.' })
  row: number | null;
  @Field(() => String, { nullable: true, description: 'As the spreadsheet names it, e.g. B7.' })
  cell: string | null;
  @Field(() => String, { nullable: true })
  column: string | null;
  @Field(() => String)
  message: string;

  constructor({ file, row, cell, column, message }: ImportProblem, locale: Locale) {
    this.file = file;
    this.row = row;
    this.cell = cell;
    this.column = column?.[locale] ?? null;
    this.message = message[locale];
  }
}

@ObjectType('ImportSampleRow')
export class ImportSampleRow {
  @Field(() => Int)
  row: number;
  @Field(() => RowOutcomeEnum)
  outcome: RowOutcome;
  @Field(() => [String], { description: "In the order of the kind's columns; of YAML, the name of the file." })
  cells: readonly string[];

  constructor({ row, outcome, cells }: SampleRow, kind: ImportKind | undefined, locale: Locale) {
    const columns = kind?.source === 'TABLE' ? kind.columns : [];
    this.row = row;
    this.outcome = outcome;
    this.cells = cells.map(
      (cell, index) => columns[index]?.choices?.find(({ value }) => value === cell)?.title[locale] ?? cell,
    );
  }
}

@ObjectType('ImportRun', {
  implements: () => [Node],
  description: '导入批次: files that become rows, all of them or none.',
})
export class ImportRunNode extends Node {
  @Field(() => ImportStateEnum)
  state: ImportState;
  @Field(() => Int, { description: 'How far it is with reading or applying, 0 to 100.' })
  percent: number;
  @Field(() => Int)
  rowCount: number;
  @Field(() => Int)
  addedCount: number;
  @Field(() => Int)
  unchangedCount: number;
  @Field(() => Int, { description: 'All of them; `problems` holds the first.' })
  problemCount: number;
  @Field(() => String, { description: 'Name of who began it.' })
  starterName: string;
  @Field(() => Date)
  startedAt: Date;
  @Field(() => Date, { nullable: true })
  appliedAt: Date | null;
  @Field(() => Int)
  version: number;
  @Field(() => Boolean, { description: 'All rows are right and at least one is new.' })
  mayApply: boolean;
  @Field(() => Boolean)
  mayDiscard: boolean;

  readonly run: ImportRun;

  constructor(run: ImportRun) {
    super();
    this.id = toNodeId('ImportRun', run.id);
    this.state = run.state;
    this.percent = run.percent;
    this.rowCount = run.rows;
    this.addedCount = run.added;
    this.unchangedCount = run.unchanged;
    this.problemCount = run.problems;
    this.starterName = run.starterName;
    this.startedAt = run.startedAt;
    this.appliedAt = run.appliedAt;
    this.version = run.version;
    this.mayApply = mayApply(run) && run.added > 0;
    this.mayDiscard = mayDiscard(run.state);
    this.run = run;
  }
}

export const ImportRunConnection = connectionOf(ImportRunNode, 'ImportRun');

@InputType()
export class StartImportInput {
  @Field(() => String)
  kind!: string;
  @Field(() => [ID], { description: 'Files sent to POST /files before.' })
  fileIds!: string[];
  @Field(() => String)
  idempotencyKey!: string;
}

@InputType()
export class ImportRunActInput {
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => String)
  idempotencyKey!: string;
}

@ObjectType()
export class ImportRunPayload {
  @Field(() => ImportRunNode, { nullable: true })
  importRun!: ImportRunNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@ObjectType()
export class ImportRunChange {
  @Field(() => ImportRunNode)
  importRun!: ImportRunNode;
}
