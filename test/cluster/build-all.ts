/** node test/cluster/build-all.ts [program …]: before any suite begins, for a suite's own start has no five minutes. */
import { build, type Program } from './build.ts';

for (const program of process.argv.slice(2)) await build(program as Program, (line) => console.error(line));
