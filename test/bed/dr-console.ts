import type { ExecutionKind } from '../../server/src/executions/domain/execution-words.js';
import type { PlannedStep } from '../../server/src/executions/domain/runbook.js';
import type { QuorumState } from '../../server/src/platform/database/quorum/database-quorum.js';
import { until } from '../support/until.ts';
import { BedProcess } from './bed-process.ts';
import type { Asked, Said } from './dr-console-process.ts';
import type { Pressed, Turn } from './dr-desk.ts';
import type { CenterName } from './galera.ts';
import type { Person } from './world.ts';

/** Three start at once, on a machine that may do much else. */
const START_MS = 240_000;
const ANSWER_MS = 60_000;

/** The console of one center, as its people meet it. */
export class DrConsole {
  state: QuorumState | null = null;
  url = '';
  private number = 0;
  private readonly waiting = new Map<number, { done(value: unknown): void; fail(error: Error): void }>();

  private constructor(
    readonly center: CenterName,
    readonly process: BedProcess,
  ) {
    process.hear<Said>((said) => {
      if (said.kind === 'state') {
        this.state = said.state;
        this.url = said.url;
        return;
      }
      const waiting = this.waiting.get(said.number);
      this.waiting.delete(said.number);
      if (said.kind === 'answer') waiting?.done(said.value);
      else waiting?.fail(new Error(`console ${center}: ${said.message}`));
    });
  }

  static async start(center: CenterName, args: readonly string[], env: NodeJS.ProcessEnv): Promise<DrConsole> {
    const begun = BedProcess.begin(`the console of ${center}`, 'dr-console-process.ts', args, env);
    const console = new DrConsole(center, begun);
    await until(`the console of ${center} runs`, () => console.state !== null || begun.isOver, START_MS, 100).catch(
      (error: unknown) => {
        throw new Error(`${String(error)}; it said ${begun.said}`);
      },
    );
    if (console.state === null) throw new Error(`the console of ${center} ended: ${begun.said}`);
    return console;
  }

  untilMode(mode: QuorumState['mode'], limitMs = 60_000): Promise<void> {
    return until(`the console of ${this.center} is ${mode}`, () => this.state?.mode === mode, limitMs, 100);
  }

  runbook(kind: ExecutionKind, steps: readonly PlannedStep[]): Promise<string> {
    return this.ask('runbook', kind, steps) as Promise<string>;
  }
  request(kind: ExecutionKind, to: CenterName, runbookId: string, key: string): Promise<Pressed> {
    return this.ask('request', kind, to, runbookId, key) as Promise<Pressed>;
  }
  approve(executionId: string, person: Person): Promise<Pressed> {
    return this.ask('approve', executionId, person) as Promise<Pressed>;
  }
  turn(executionId: string): Promise<Turn | null> {
    return this.ask('turn', executionId) as Promise<Turn | null>;
  }
  press(executionId: string, choice?: 'COMMIT' | 'ROLL_BACK'): Promise<Pressed> {
    return this.ask('press', executionId, choice) as Promise<Pressed>;
  }
  rollBack(executionId: string): Promise<Pressed> {
    return this.ask('rollBack', executionId) as Promise<Pressed>;
  }

  private ask(act: Asked['act'], ...given: readonly unknown[]): Promise<unknown> {
    this.number += 1;
    const { number } = this;
    return new Promise((done, reject) => {
      const fail = (error: Error) => {
        clearTimeout(timer);
        this.waiting.delete(number);
        reject(error);
      };
      const timer = setTimeout(() => fail(new Error(`console ${this.center} has not answered ${act}`)), ANSWER_MS);
      this.waiting.set(number, {
        fail,
        done: (value) => {
          clearTimeout(timer);
          done(value);
        },
      });
      this.process.send({ number, act, given } satisfies Asked);
    });
  }
}
