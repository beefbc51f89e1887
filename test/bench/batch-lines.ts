import { newId } from '../../server/src/platform/database/ids.js';
import type { LineContent } from '../../server/src/requests/domain/content.js';
import type { TestApplication } from '../support/application.ts';
import { KindsDesk } from '../support/kinds-desk.ts';
import { idOf } from '../support/request-journey.ts';
import { recordStatements } from './recorded-statements.ts';
import type { Row } from './table.ts';

const LINES = 1_000;
/** Issue W3: 1,000 lines submit as one request in under 10 s, here with the preview before it. */
const GOAL_S = 10;
/** Of a thousand lines of all kinds: a system's move to the cloud is mostly machines. */
const MIXED = { VM: 700, SERVER: 100, CABINET: 150, SERVICE: 50 } as const;
const SERVERS = 250;
/** Of 42 U; a line takes 2. */
const CABINETS = 20;

/** A request of a thousand lines from draft to hold, in one center and over all three: each step's time and statements. */
export async function benchBatchLines(app: TestApplication): Promise<Row[]> {
  const desk = await KindsDesk.open(app);
  for (const role of ['ACTIVE_A', 'ACTIVE_B', 'RECOVERY'] as const)
    await desk.openSite(role, {
      vcpu: 100_000,
      servers: SERVERS,
      cabinets: Array.from({ length: CABINETS }, () => ({ feedAWatts: 60_000, feedBWatts: 60_000 })),
    });
  const alone = { localMode: 'SINGLE', remoteMode: 'NONE' } as const;
  const everywhere = { localMode: 'DUAL_ACTIVE', remoteMode: 'APPLICATION' } as const;
  return [
    ...(await benchBatch(app, desk, 'machines', linesOf(desk, { VM: LINES }, alone))),
    ...(await benchBatch(app, desk, 'of all kinds', linesOf(desk, MIXED, alone))),
    ...(await benchBatch(app, desk, 'of all kinds, over three centers', linesOf(desk, MIXED, everywhere))),
  ];
}

async function benchBatch(
  app: TestApplication,
  desk: KindsDesk,
  what: string,
  lines: readonly LineContent[],
): Promise<Row[]> {
  const { journey } = desk;
  const content = desk.content(lines);
  const steps: { name: string; seconds: number; statements: number }[] = [];
  const step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    let result: T | undefined;
    const began = performance.now();
    const statements = await recordStatements(app.test.db, async () => {
      result = await work();
    });
    steps.push({ name, seconds: (performance.now() - began) / 1_000, statements: statements.length });
    return result as T;
  };
  const id = idOf(
    await step('draft', () => journey.requests.createDraft(journey.applicant, journey.scope, content, newId())),
  );
  const preview = await step('preview', () => journey.submission.preview(journey.scope, null, id));
  if (!preview.ok || !preview.value.plan.feasible) throw new Error(`${what}: it does not fit`);
  idOf(
    await step('send', () =>
      journey.review.move(journey.applicant, journey.scope, 'SEND_FOR_SIGN_OFF', journey.wish(id, 1)),
    ),
  );
  idOf(await step('submit', () => journey.submit(id)));
  const whole = steps.reduce((sum, { seconds }) => sum + seconds, 0);
  return [
    ...steps.flatMap(({ name, seconds, statements }): Row[] => [
      { what: `${LINES} lines, ${what}: ${name}`, value: seconds, unit: ' s' },
      { what: `… its statements`, value: statements, unit: '' },
    ]),
    { what: `${LINES} lines, ${what}, from draft to hold`, value: whole, unit: ' s', goal: { atMost: GOAL_S } },
  ];
}

function linesOf(
  desk: KindsDesk,
  kinds: { readonly [K in LineContent['kind']]?: number },
  modes: Pick<LineContent, 'localMode' | 'remoteMode'>,
): LineContent[] {
  return Object.entries(kinds).flatMap(([kind, count]) =>
    Array.from({ length: count }, (_, at) =>
      desk.line(kind as LineContent['kind'], {
        count: 1,
        name: `${kind.toLowerCase()}${at}`,
        ...(kind === 'SERVICE' ? {} : modes),
      }),
    ),
  );
}
