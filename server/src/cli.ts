import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import type { DynamicModule, INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Command, InvalidArgumentError } from 'commander';
import { ClosedVerification } from './accounting/closed-verification.service.js';
import { verifyClosedCommand } from './accounting/verify-closed-command.js';
import { ApplicationModule } from './application.module.js';
import type { Anchor } from './audit/domain/verify.js';
import { auditVerifyCommand, parseAnchor } from './audit/verify-command.js';
import { RecountService } from './cabinets/recount.service.js';
import { recountCommand } from './cabinets/recount-command.js';
import { settleSpaceCommand } from './cabinets/settle-space-command.js';
import { SpaceSettlement } from './cabinets/space-settlement.service.js';
import { CatalogImportService } from './catalog/catalog-import.service.js';
import { catalogImportCommand } from './catalog/import/catalog-import-command.js';
import { DemonstrationModule } from './demonstration/demonstration.module.js';
import { DemonstrationLoader } from './demonstration/demonstration-loader.js';
import { HistoryLoader } from './demonstration/history/history-loader.js';
import { makeHistoryCommand } from './demonstration/history/make-history-command.js';
import { focusCheckCommand } from './exports/focus-check-command.js';
import { type OpenGround, openGround } from './ground.js';
import { Accounts } from './identity/accounts.service.js';
import { administratorsCreateCommand, administratorsResetCommand } from './identity/administrators-command.js';
import { Passwords } from './identity/passwords.service.js';
import { importCommand } from './imports/import-command.js';
import { ImportPlanner } from './imports/import-planner.service.js';
import { ImportRegistry } from './imports/import-registry.service.js';
import { ImportWriter } from './imports/import-writer.service.js';
import { DEMO_MACHINES_MAX, DEMO_MONTHS_MAX, readConfiguration, SEED_MAX } from './platform/config/configuration.js';
import type { DatabaseQuorum } from './platform/database/quorum/database-quorum.js';
import { nestLogger, openLogger } from './platform/logging/logger.js';
import { CommandLineProblem, reportProblem } from './problems.js';
import {
  type CommandGround,
  databaseForceCommand,
  databaseSignCommand,
  databaseStatementCommand,
  databaseStatusCommand,
  parseFenced,
} from './quorum/database-commands.js';
import type { FencedCenter } from './quorum/domain/fence-statement.js';
import { ForcedPrimary } from './quorum/forced-primary.service.js';
import { printedSchema } from './schema.js';

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Runs with the features open on the configured database, and closes them whatever happens. Ends with the given code. */
async function withConsole(
  work: (application: INestApplicationContext, ground: OpenGround) => Promise<number>,
  parts: readonly DynamicModule[] = [],
): Promise<void> {
  // A command's own words go to the terminal; the features' go nowhere unless they fail.
  const configuration = { ...readConfiguration(), logLevel: 'error' as const };
  const ground = await openGround(configuration);
  try {
    const application = await NestFactory.createApplicationContext(
      ApplicationModule.of({ ground, demonstration: null, parts }),
      { logger: nestLogger(openLogger(configuration)), abortOnError: false },
    );
    process.exitCode = await work(application, ground);
    await application.close();
  } finally {
    await ground.close();
  }
}

const program = new Command('jiyun').description('集云: commands for the people who run it').showHelpAfterError();

const schema = program.command('schema').description('the GraphQL schema');
schema
  .command('print')
  .description('prints it from the code')
  .option('--out <file>', 'write it there instead')
  .action(async ({ out }: { out?: string }) => {
    const text = await printedSchema(readConfiguration());
    if (out === undefined) process.stdout.write(text);
    else await writeFile(resolve(out), text);
  });

const catalog = program.command('catalog').description('what can be requested');
catalog
  .command('import')
  .description('imports KubeVirt VirtualMachineClusterInstancetype documents, all or none')
  .argument('<files...>', 'YAML files, several documents each')
  .option('--architecture <AMD64|ARM64>', 'of types that do not name one', architectureOf, 'AMD64' as const)
  .action(async (files: string[], { architecture }: { architecture: 'AMD64' | 'ARM64' }) => {
    await withConsole((application) =>
      catalogImportCommand(files, { imports: application.get(CatalogImportService, { strict: false }) }, print, {
        architecture,
      }),
    );
  });

program
  .command('import')
  .description('imports a table (CSV, XLSX) or YAML documents, all rows or none')
  .argument('<kind>', 'what they are, e.g. servers')
  .argument('<files...>', 'the files')
  .option('--preview', 'says what would be imported, and imports nothing', false)
  .option('--language <zh|en>', 'of what is printed', localeOption, 'en' as const)
  .action(async (kind: string, files: string[], { preview, language }: { preview: boolean; language: 'zh' | 'en' }) => {
    await withConsole((application, ground) =>
      importCommand(
        kind,
        files,
        {
          registry: application.get(ImportRegistry, { strict: false }),
          planner: application.get(ImportPlanner, { strict: false }),
          writer: application.get(ImportWriter, { strict: false }),
        },
        print,
        { locale: language, now: ground.clock.now(), preview },
      ),
    );
  });

const accounting = program.command('accounting').description('核算: accounted cost and closed months');
accounting
  .command('verify')
  .description('computes the hash of every closed month again from its lines; ends with 1 when one is wrong')
  .action(async () => {
    await withConsole((application, ground) =>
      verifyClosedCommand(application.get(ClosedVerification, { strict: false }), ground.crypto, print),
    );
  });

program
  .command('focus')
  .description('FOCUS files of accounted cost')
  .command('check')
  .description(
    'checks a FOCUS 1.2 file of this console row by row; needs no database; ends with 1 when something is wrong',
  )
  .argument('<file>', 'the CSV file')
  .action(async (file: string) => {
    process.exitCode = await focusCheckCommand(file, print);
  });

const cabinets = program.command('cabinets').description('space in cabinets');
cabinets
  .command('recount')
  .description('counts units, watts and grams again and compares; ends with 1 when a counter is wrong')
  .action(async () => {
    await withConsole((application) => recountCommand(application.get(RecountService, { strict: false }), print));
  });

const quotas = program.command('quotas').description('用云定额: what departments may have');
quotas
  .command('settle-space')
  .description('takes what whole cabinets and places from before quotas ought to have taken; again and again alike')
  .action(async () => {
    await withConsole((application) => settleSpaceCommand(application.get(SpaceSettlement, { strict: false }), print));
  });

const administrators = program.command('administrators').description('the three administrators (三员)');
administrators
  .command('create')
  .description('creates the system, security and audit administrator of a new installation')
  .option('--passwords-on-stdin', 'reads three lines, one password each, instead of making them', false)
  .action(async ({ passwordsOnStdin }: { passwordsOnStdin: boolean }) => {
    const passwords = passwordsOnStdin ? await text(process.stdin) : null;
    await withConsole((application) =>
      administratorsCreateCommand(application.get(Accounts, { strict: false }), print, { passwords }),
    );
  });

administrators
  .command('reset-password')
  .description('makes a new password for one of the three administrators, to be changed at the next sign-in')
  .argument('<username>')
  .action(async (username: string) => {
    await withConsole((application) =>
      administratorsResetCommand(application.get(Passwords, { strict: false }), print, username),
    );
  });

const database = program.command('database').description('the nodes of the console’s database, and its forced primary');
database
  .command('status')
  .description('how each node stands; ends with 1 where nothing can be written')
  .action(async () => {
    await withConsole(async (_application, { quorum }) => databaseStatusCommand({ quorum, print }));
  });
database
  .command('statement')
  .description('at the recovery center, with both others lost: draws up what two people sign (DATABASE_QUORUM_URL)')
  .requiredOption('--center <code>', 'where the primary is to be forced')
  .requiredOption('--reason <text>', 'what happened')
  .requiredOption(
    '--fenced <center=FENCE:evidence...>',
    'for each other center: POWER_OFF, NETWORK_OFF or DESTROYED, and who did it, how it was seen, when',
  )
  .action(async ({ center, reason, fenced }: { center: string; reason: string; fenced: string[] }) => {
    const said = { center, reason, fenced: fenced.map(fencedOf) };
    await withConsole((application, ground) =>
      databaseStatementCommand(forcing(application, ground.quorum), quorumUrl(ground), said),
    );
  });
database
  .command('sign')
  .description('signs it, with the own password on standard input')
  .argument('<username>')
  .action(async (username: string) => {
    const password = (await text(process.stdin)).replace(/\r?\n$/, '');
    await withConsole((application, { quorum }) =>
      databaseSignCommand(forcing(application, quorum), username, password),
    );
  });
database
  .command('force-primary')
  .description('makes this node a majority of one, as epoch + 1; may be run again after it was interrupted')
  .action(async () => {
    await withConsole((application, ground) =>
      databaseForceCommand(forcing(application, ground.quorum), quorumUrl(ground)),
    );
  });

const forcing = (application: INestApplicationContext, quorum: DatabaseQuorum): CommandGround => ({
  forced: application.get(ForcedPrimary, { strict: false }),
  quorum,
  print,
});

function quorumUrl({ configuration }: OpenGround): string {
  if (configuration.quorumUrl === null)
    throw new CommandLineProblem(
      'DATABASE_QUORUM_URL is not set: mysql://account:password@localhost/database?socketPath=/run/mysqld/mysqld.sock (deploy/galera says which account).',
    );
  return configuration.quorumUrl;
}

function fencedOf(said: string): FencedCenter {
  const fenced = parseFenced(said);
  if (!fenced) throw new InvalidArgumentError(`"${said}" is not center=POWER_OFF|NETWORK_OFF|DESTROYED:evidence`);
  return fenced;
}

const history = program.command('history').description('the made-up past of a demonstration');
history
  .command('make')
  .description('makes the made-up province with a past of that size, into an empty database; in JIYUN_MODE=demo only')
  .requiredOption('--machines <number>', 'about how many machines were ever granted', wholeFrom(1, DEMO_MACHINES_MAX))
  .requiredOption('--months <number>', 'how many months it goes back', wholeFrom(1, DEMO_MONTHS_MAX))
  .option('--seed <number>', 'the same seed makes the same past; JIYUN_DEMO_SEED without it', wholeFrom(0, SEED_MAX))
  .action(async ({ machines, months, seed }: { machines: number; months: number; seed?: number }) => {
    await withConsole(
      (application, ground) =>
        makeHistoryCommand(
          {
            province: application.get(DemonstrationLoader, { strict: false }),
            history: application.get(HistoryLoader, { strict: false }),
          },
          print,
          { machines, months, seed: seed ?? ground.configuration.demoSeed },
        ),
      [{ module: DemonstrationModule }],
    );
  });

const audit = program.command('audit').description('the evidence of every act');
audit
  .command('verify')
  .description('reads all of it and says whether it is whole; ends with 1 when it is not')
  .option('--anchor <seq:hash>', 'a checkpoint noted outside the database, as an earlier run printed it', anchorOf)
  .action(async ({ anchor }: { anchor?: Anchor }) => {
    await withConsole((_application, ground) =>
      auditVerifyCommand(ground.db, ground.crypto, print, { now: ground.clock.now(), ...(anchor && { anchor }) }),
    );
  });

function anchorOf(text: string): Anchor {
  const anchor = parseAnchor(text);
  if (anchor === undefined) throw new InvalidArgumentError('<seq>:<hash>, as "audit verify" prints it');
  return anchor;
}

function wholeFrom(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < least || number > most)
      throw new InvalidArgumentError(`a whole number from ${least} to ${most}`);
    return number;
  };
}

function localeOption(text: string): 'zh' | 'en' {
  if (text !== 'zh' && text !== 'en') throw new InvalidArgumentError('zh or en');
  return text;
}

function architectureOf(text: string): 'AMD64' | 'ARM64' {
  if (text !== 'AMD64' && text !== 'ARM64') throw new InvalidArgumentError('AMD64 or ARM64');
  return text;
}

try {
  await program.parseAsync();
} catch (error) {
  reportProblem(error);
  process.exitCode = 1;
}
