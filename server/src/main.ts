import { readConfiguration } from './platform/config/configuration.js';
import { openLogger } from './platform/logging/logger.js';
import { CommandLineProblem, reportProblem } from './problems.js';
import { runConsole } from './run-console.js';
import { stopOnSignals } from './stopping.js';

/** The console: API, page and, in the demonstration, worker and simulated clusters in one process. */
try {
  const configuration = readConfiguration();
  const running = await runConsole(configuration, openLogger(configuration));
  process.stdout.write(`${running.greeting}\n`);
  stopOnSignals(() => running.close());
} catch (error) {
  reportProblem(error);
  process.exit(error instanceof CommandLineProblem ? 2 : 1);
}
