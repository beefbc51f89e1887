import type { DemonstrationLoader } from '../demonstration-loader.js';
import { DemonstrationRefused } from '../demonstration-loader.js';
import type { HistoryFigures, HistoryLoader, HistoryScale } from './history-loader.js';

export interface MakeHistoryOptions extends HistoryScale {
  readonly seed: number;
}

/** Lines of progress that a person reads; a past of 200,000 machines has seventy pieces. */
const PROGRESS_LINES = 20;

/**
 * `jiyun history make`: the made-up province with a past of that size, into an empty database. Ended in between, the same
 * command goes on where it was. Throws DemonstrationRefused with what stands in the way.
 * @returns the process's exit code.
 */
export async function makeHistoryCommand(
  { province, history }: { readonly province: DemonstrationLoader; readonly history: HistoryLoader },
  print: (line: string) => void,
  { seed, ...scale }: MakeHistoryOptions,
): Promise<number> {
  if ((await province.load(seed, scale.machines)) === 'ALREADY_THERE') await refuseAnother(history, { seed, ...scale });
  else print(`The made-up province of seed ${seed} is there; its past of ${scale.months} months follows.`);
  let told = 0;
  const written = await history.load(scale, ({ piecesWritten, pieces }) => {
    const line = Math.floor((piecesWritten * PROGRESS_LINES) / pieces);
    if (line === told) return;
    told = line;
    print(`${String(Math.round((piecesWritten * 100) / pieces)).padStart(3)} %  part ${piecesWritten} of ${pieces}`);
  });
  print(`${written} requests written by this run.`);
  for (const line of linesOf(await history.figures())) print(line);
  return 0;
}

/** What is there may be the same, ended in between; anything else is never added to. */
async function refuseAnother(history: HistoryLoader, wanted: MakeHistoryOptions): Promise<void> {
  const mark = await history.mark();
  const same =
    mark !== null && mark.seed === wanted.seed && mark.machines === wanted.machines && mark.months === wanted.months;
  if (same) return;
  throw new DemonstrationRefused(
    `This database holds a made-up province already${
      mark ? ` (seed ${mark.seed}, ${mark.machines} machines, ${mark.months} months)` : ' without a past'
    }; a past is made once, into an empty database: use another JIYUN_DATA.`,
  );
}

function linesOf(figures: HistoryFigures): string[] {
  const width = Math.max(...Object.values(figures).map((count) => String(count).length));
  return Object.entries(figures).map(([name, count]) => `  ${String(count).padStart(width)}  ${name}`);
}
