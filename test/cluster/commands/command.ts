/** The words in which tables of commands are written. */
import type { Json } from '../json.ts';
import type { Command, Watching } from '../shell.ts';

/** `<ns>` stands for the script's own namespace, the same on both servers. */
export interface Script {
  readonly name: string;
  readonly acts: (namespace: string) => readonly (Command | Watching)[];
}

/** A line as a person types it; what holds spaces is given beside it. */
export function kubectl(line: string, ...more: readonly string[]): Command {
  return { args: [...line.split(' ').filter((word) => word !== ''), ...more] };
}

/** Compared by these lines alone: a real server has more to say. */
export function onlyLines(only: RegExp, command: Command): Command {
  const seen = (out: string) =>
    out
      .split('\n')
      .filter((line) => only.test(line))
      .map((line) => `${line}\n`)
      .join('');
  return { ...command, seen };
}

export const given = (line: string, ...objects: readonly Json[]): Command => ({ ...kubectl(line), objects });

export const refused = (command: Command): Command => ({ ...command, ends: 'refused' });
export const eitherWay = (command: Command): Command => ({ ...command, ends: 'either way' });

export const patched = (line: string, patch: Json, type = 'merge'): Command =>
  kubectl(`patch ${line} --type ${type} -p`, JSON.stringify(patch));

/** `lines`: how many are there before anything happens, and after. */
export const watching = (line: string, lines: readonly [number, number], ...during: readonly Command[]): Watching => ({
  watch: kubectl(line).args,
  initial: lines[0],
  lines: lines[1],
  during,
});
