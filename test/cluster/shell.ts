/** Runs kubectl as a person does, and writes down what it printed so that two runs can be compared. */
import { spawn } from 'node:child_process';
import type { Json } from './json.ts';

/** A command that says nothing for so long hangs: a healthy one takes a tenth of a second. */
const COMMAND_LIMIT_MS = 60_000;
const WATCH_LIMIT_MS = 30_000;

export interface Command {
  readonly args: readonly string[];
  /** Given on standard input, for `-f -`. */
  readonly objects?: readonly Json[];
  /** What of its output is compared; left out: all. */
  readonly seen?: (out: string) => string;
  /** It must fail, or may (what is asked is then how it ends); without this it must not. */
  readonly ends?: 'refused' | 'either way';
}

/** A watch that goes on while other commands act, until it has printed so many lines. */
export interface Watching {
  readonly watch: readonly string[];
  /** Of what is there already, with a heading: from then on nothing is missed. */
  readonly initial: number;
  readonly lines: number;
  readonly during: readonly Command[];
}

export type Act = Command | Watching;

export interface Shell {
  readonly binary: string;
  readonly kubeconfigPath: string;
  /** Where kubectl keeps what it has discovered: never shared by two servers. */
  readonly cacheDirectory: string;
}

interface Printed {
  readonly out: string;
  readonly err: string;
  readonly code: number | null;
}

/** What a person saw, one text an act. */
export async function play(shell: Shell, acts: readonly Act[]): Promise<string[]> {
  const seen: string[] = [];
  for (const act of acts)
    seen.push(...('watch' in act ? await playWatch(shell, act) : [await playCommand(shell, act)]));
  return seen;
}

async function playCommand(shell: Shell, command: Command): Promise<string> {
  const { code, err, out } = await run(shell, command);
  if (command.ends !== 'either way' && (code !== 0) !== (command.ends === 'refused')) {
    throw new Error(`${shownCommand(command.args)}: ended with ${code}\n${out}${err}`);
  }
  const seen = command.seen?.(out) ?? out;
  return `${shownCommand(command.args)}\n${normal(seen)}${normal(err)}(${code})`;
}

function run(shell: Shell, { args, objects }: Command): Promise<Printed> {
  return new Promise((resolve, reject) => {
    const child = start(shell, args, COMMAND_LIMIT_MS);
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ out, err, code }));
    child.stdin.end((objects ?? []).map((object) => JSON.stringify(object)).join('\n'));
  });
}

async function playWatch(shell: Shell, { during, initial, lines, watch }: Watching): Promise<string[]> {
  const child = start(shell, watch, WATCH_LIMIT_MS);
  let printed = '';
  const reached = (wanted: number) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (printed.split('\n').length > wanted) resolve();
      };
      child.stdout.on('data', look);
      child.on('close', () => reject(new Error(`${shownCommand(watch)} ended after:\n${printed}`)));
      look();
    });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    });
  }
  const ended = new Promise((resolve) => child.once('close', resolve));
  try {
    await reached(initial);
    const seen = await play(shell, during);
    await reached(lines);
    return [...seen, `${shownCommand(watch)}\n${normal(printed)}`];
  } finally {
    child.kill();
    await ended;
  }
}

function start({ binary, cacheDirectory, kubeconfigPath }: Shell, args: readonly string[], timeout: number) {
  return spawn(binary, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout,
    env: { PATH: process.env.PATH, HOME: cacheDirectory, KUBECONFIG: kubeconfigPath, KUBECACHEDIR: cacheDirectory },
  });
}

function shownCommand(args: readonly string[]): string {
  return `$ kubectl ${args.map((each) => (/^[\w./=:,@<>-]+$/.test(each) ? each : `'${each}'`)).join(' ')}`;
}

/** What a server makes up, and the widths that follow from it. */
const made: readonly (readonly [RegExp, string])[] = [
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '<uid>'],
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, '<time>'],
  [/\b(resourceVersion"?: |Resource Version: +)"?\d+"?/g, '$1<rv>'],
  // describe prints moments of built-in kinds as Go does: "Sun, 29 Nov 2026 16:14:39 +0000".
  [/\b[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}/g, '<time>'],
  // An age, alone in its cell.
  [/(?<=\s)(?:\d+[smhdy])+(?=\s)/g, '<age>'],
  // A whole object, in the order of a Go type.
  [/Invalid value: "\{.*\}"/g, 'Invalid value: <object>'],
  // diff's own folders.
  [/\/tmp\/(LIVE|MERGED)-\d+/g, '/tmp/$1'],
  [/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{9} \+0000/g, '<time>'],
  // Two Go values side by side.
  [/(spec is immutable after creation .*\n)@@[\s\S]*?\n\n/g, '$1'],
  [/lasts \d+s/g, 'lasts <age>'],
  // What the client logs of a watch that its own deadline cut, if it was quick enough to notice.
  [/^E\d{4} .*Failed to watch.*\n/gm, ''],
  [/https:\/\/127\.0\.0\.1:\d+/g, '<server>'],
  // Cells are as wide as their column's longest.
  [/(?<=\S) {2,}/g, '  '],
  [/ +$/gm, ''],
];

function normal(text: string): string {
  const same = made.reduce((so, [pattern, put]) => so.replace(pattern, put), text);
  return unordered.reduce((so, [block, element]) => so.replace(block, (found) => sorted(found, element)), same);
}

/** What has no order of its own: owners are sorted by the second in which they wrote, limits and causes by a Go map. */
const unordered: readonly (readonly [block: RegExp, element: RegExp])[] = [
  [
    /(?<=^ *managedFields:\n)(?:^ *- apiVersion: .*\n(?:^(?! *- apiVersion: | *name: ).*\n)*)+/gm,
    /^(?= *- apiVersion: )/m,
  ],
  [/(?:^ *(?:Container|PersistentVolumeClaim) {2}.*\n)+/gm, /^/m],
  // Several causes of one refusal: the server's validation walks the schema's properties in the order of a Go map.
  [/(?<= is invalid: ?\n)(?:\* .*\n)+/g, /^/m],
];

function sorted(block: string, element: RegExp): string {
  return block.split(element).sort().join('');
}
