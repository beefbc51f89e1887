import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { readConfiguration } from './platform/config/configuration.js';
import { printedSchema } from './schema.js';

const program = new Command('jiyun').description('集云: commands for the people who run it');

program
  .command('schema')
  .description('the GraphQL schema')
  .command('print')
  .option('--out <file>', 'write it there instead of printing it')
  .action(async ({ out }: { out?: string }) => {
    const text = await printedSchema(readConfiguration());
    if (out === undefined) process.stdout.write(text);
    else await writeFile(resolve(out), text);
  });

await program.parseAsync();
