import { reportProblem } from './problems.js';

/** So long an orderly end takes without a word; then whoever waits is told what for. */
const SILENT_MS = 3_000;
/** npm passes on to its script what the terminal told the script already: within this time it is one press, heard twice. */
const ONE_PRESS_MS = 500;
/** As shells have it: 128 and the number of SIGINT. */
const INTERRUPTED = 130;

interface Process {
  on(signal: 'SIGINT' | 'SIGTERM', heard: () => void): unknown;
  exit(code: number): void;
}

/**
 * The first Ctrl-C (or SIGTERM) ends in order: what was begun is finished, and a first start of the demonstration has a
 * minute or more of it. Whoever presses again will not wait, and need not: the database takes an end at any moment.
 */
export function stopOnSignals(
  close: () => Promise<void>,
  ours: Process = process,
  say: (line: string) => void = (line) => process.stderr.write(`${line}\n`),
): void {
  let stoppingSince: number | null = null;
  const heard = (): void => {
    if (stoppingSince !== null) {
      if (performance.now() - stoppingSince >= ONE_PRESS_MS) ours.exit(INTERRUPTED);
      return;
    }
    stoppingSince = performance.now();
    const waiting = setTimeout(
      () =>
        say(
          '正在完成已开始的工作（首次启动可能需要一两分钟）；再按一次 Ctrl-C 立即停止。\nFinishing what was begun (a minute or two after a first start); press Ctrl-C again to stop at once.',
        ),
      SILENT_MS,
    );
    close().then(
      () => {
        clearTimeout(waiting);
        ours.exit(0);
      },
      (error: unknown) => {
        clearTimeout(waiting);
        reportProblem(error);
        ours.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) ours.on(signal, heard);
}
