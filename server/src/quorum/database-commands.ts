import type { Bilingual, Locale } from '../kernel/bilingual.js';
import type { DatabaseQuorum } from '../platform/database/quorum/database-quorum.js';
import { FENCES, type Fence, type FencedCenter, type SignedStatement } from './domain/fence-statement.js';
import type { ForcedPrimary } from './forced-primary.service.js';

type Print = (line: string) => void;

export interface CommandGround {
  readonly forced: Pick<ForcedPrimary, 'draw' | 'drawn' | 'sign' | 'force' | 'discard'>;
  readonly quorum: Pick<DatabaseQuorum, 'state'>;
  readonly print: Print;
  readonly locale?: Locale;
}

/** `jiyun database status`: ends with 1 where nothing can be written. */
export function databaseStatusCommand({ quorum, print }: Pick<CommandGround, 'quorum' | 'print'>): number {
  const { epoch, mode, nodes, reason, since } = quorum.state();
  print(`${mode}${reason ? ` (${reason})` : ''} since ${since.toISOString()}, epoch ${epoch}`);
  for (const { name, standing, epoch: stands } of nodes)
    print(`  ${name}: ${standing}${stands === null ? '' : `, epoch ${stands}`}`);
  if (nodes.length === 0) print('  one server: DATABASE_URL names no further nodes');
  return mode === 'WRITABLE' ? 0 : 1;
}

/** `jiyun database statement`: draws up what two people then sign. */
export async function databaseStatementCommand(
  { forced, print, locale = 'en' }: CommandGround,
  quorumUrl: string,
  said: { readonly center: string; readonly reason: string; readonly fenced: readonly FencedCenter[] },
): Promise<number> {
  const drawn = await forced.draw(quorumUrl, said);
  if (!drawn.ok) return refused(drawn.error, print, locale);
  const { epoch, lastCommitted, newestActAt } = drawn.value;
  print(`Epoch ${epoch} is to begin at ${drawn.value.center}.`);
  print(`Its node has transactions up to ${lastCommitted}; its newest act is of ${newestActAt ?? 'never'}.`);
  print('WHAT WAS ACKNOWLEDGED ELSEWHERE AFTER THAT IS GIVEN UP. Both signers are to know it.');
  print('Now each of two people: jiyun database sign NAME. One of them of the cloud authority, or a leader.');
  return 0;
}

/** `jiyun database sign NAME`. */
export async function databaseSignCommand(
  { forced, print, locale = 'en' }: CommandGround,
  username: string,
  password: string,
): Promise<number> {
  const signed = await forced.sign(username, password);
  if (!signed.ok) return refused(signed.error, print, locale);
  showSigned(signed.value, print);
  return 0;
}

/** `jiyun database force-primary`. */
export async function databaseForceCommand(
  { forced, print, locale = 'en' }: CommandGround,
  quorumUrl: string,
): Promise<number> {
  const done = await forced.force(quorumUrl);
  if (!done.ok) return refused(done.error, print, locale);
  const { clusterName, epoch } = done.value;
  print(`Epoch ${epoch} has begun; what led to it is its first act in the audit.`);
  print(
    `Write wsrep_cluster_name = ${clusterName} into the settings of this node now, and of each other before it starts.`,
  );
  print(
    'Others come back empty: deploy/galera/rejoin.sh removes their old state, and they take this one by state transfer.',
  );
  return 0;
}

/** "center-a=POWER_OFF:who, how, when"; undefined = it is not one. */
export function parseFenced(text: string): FencedCenter | undefined {
  const [, center, fence, evidence] = /^([a-z0-9][a-z0-9-]{0,30})=([A-Z_]+):(.+)$/s.exec(text) ?? [];
  if (!center || !evidence || !FENCES.includes(fence as Fence)) return undefined;
  return { center, fence: fence as Fence, evidence };
}

function showSigned({ signatures, statement }: SignedStatement, print: Print): void {
  print(`Epoch ${statement.epoch} at ${statement.center}: ${statement.reason}`);
  for (const { center, evidence, fence } of statement.fenced) print(`  ${center} ${fence}: ${evidence}`);
  for (const { name, signedAt, username } of signatures) print(`  signed by ${name} (${username}) at ${signedAt}`);
}

function refused(problems: readonly Bilingual[], print: Print, locale: Locale): number {
  for (const problem of problems) print(problem[locale]);
  print('Nothing was changed.');
  return 1;
}
