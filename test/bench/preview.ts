import { HistoryLoader } from '../../server/src/demonstration/history/history-loader.js';
import { startTestConsole } from '../support/console.ts';
import { type ContentInput, PREVIEW, plainContent } from '../support/request-form.ts';
import { recordStatements } from './recorded-statements.ts';
import { PAST_MACHINES } from './resource-list.ts';
import type { Row } from './table.ts';

const FEW_MACHINES = 1_000;
/** As many lines as one form carries. */
const LINES = 20;
const ROUNDS = 100;
const WARM_ROUNDS = 20;
const MONTHS = 24;
/** A preview looks at what is free, not at what there is: a hundred times more of it may not be felt. */
const GOAL_RATIO = 2;

interface Measured {
  readonly resources: number;
  readonly p50: number;
  readonly p95: number;
  readonly statements: number;
}

/** What an applicant waits for while typing a form of twenty lines, in a province of 1,000 machines and in one of 100,000. */
export async function benchPreview(): Promise<Row[]> {
  const few = await previewAt(FEW_MACHINES);
  const many = await previewAt(PAST_MACHINES);
  return [
    ...[few, many].flatMap(({ resources, p50, p95, statements }): Row[] => [
      { what: `preview of ${LINES} lines over HTTP at ${resources} resources, p50`, value: p50, unit: ' ms' },
      { what: '… p95', value: p95, unit: ' ms' },
      { what: '… statements', value: statements, unit: '' },
    ]),
    { what: 'ratio of the p50', value: many.p50 / few.p50, unit: '', goal: { atMost: GOAL_RATIO } },
    {
      what: 'statements more with more resources',
      value: many.statements - few.statements,
      unit: '',
      goal: { atMost: 0 },
    },
  ];
}

async function previewAt(machines: number): Promise<Measured> {
  const console_ = await startTestConsole({ machines });
  try {
    await console_.application.get(HistoryLoader, { strict: false }).load({ machines, months: MONTHS });
    const [{ n }] = await console_.test.db.query('select count(*) as n from resource');
    const client = await console_.signIn('applicant');
    const content = await formOf(await plainContent(client));
    const ask = async (): Promise<void> => {
      const { previewRequest } = await client.data(PREVIEW, { input: { content } });
      if (previewRequest.errors.length > 0) throw new Error(JSON.stringify(previewRequest.errors));
    };
    for (let round = 0; round < WARM_ROUNDS; round += 1) await ask();
    const recorded = await recordStatements(console_.test.db, ask);
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const began = performance.now();
      await ask();
      times.push(performance.now() - began);
    }
    times.sort((a, b) => a - b);
    const at = (part: number): number => times[Math.floor(times.length * part)] as number;
    const statements = recorded.filter(({ sql }) => !sql.includes('change_feed')).length;
    return { resources: Number(n), p50: at(0.5), p95: at(0.95), statements };
  } finally {
    await console_.close();
  }
}

/** Twenty lines, in turn named for a center and left to the placement. */
async function formOf(content: ContentInput): Promise<ContentInput> {
  const [line] = content.lines;
  return {
    ...content,
    lines: Array.from({ length: LINES }, (_, at) => ({
      ...(line as ContentInput['lines'][number]),
      name: `web${at}`,
      centerId: at % 2 === 0 ? (line?.centerId ?? null) : null,
    })),
  };
}
