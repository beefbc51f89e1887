/** Plays a transcript on a server and says where the answers differ. */
import { randomBytes } from 'node:crypto';
import { type BodyDifference, bookmarkEssence, compareBody } from './compare.ts';
import { at, type Json } from './json.ts';
import { Bindings, UnboundPlaceholder } from './placeholders.ts';
import type {
  Answer,
  Call,
  CallStep,
  Difference,
  Query,
  Step,
  Target,
  Transcript,
  WatchEvent,
  WatchStep,
} from './transcript.ts';
import { type Reply, WatchStream, Wire } from './wire.ts';

/** An expected event comes within this. */
const EVENT_LIMIT_MS = 5_000;
/** After the last expected event the stream is listened to for so long: no other may come. */
const QUIET_MS = 150;
/** A server that must end a stream does so within this (timeoutSeconds=1 and some slack). */
const END_LIMIT_MS = 5_000;

/**
 * The steps in order, then the clean-up. No difference: the target answers as the recorded server did.
 * Throws NoAnswer when the target cannot be talked to.
 */
/** A server's own caches follow what was written by some milliseconds, on a busy machine by more. */
const SETTLES_MS = 10_000;

export async function playTranscript(transcript: Transcript, target: Target): Promise<Difference[]> {
  const wire = new Wire(target);
  const play = new Play(transcript, target, wire);
  try {
    return await play.run();
  } finally {
    try {
      await play.cleanUp();
    } finally {
      wire.close();
    }
  }
}

/** A new text for the names of one play, so that plays never meet each other's objects. */
export function newRun(): string {
  return randomBytes(4).toString('hex');
}

class Play {
  readonly #transcript: Transcript;
  readonly #target: Target;
  readonly #wire: Wire;
  readonly #bindings = new Bindings(newRun());
  readonly #differences: Difference[] = [];

  constructor(transcript: Transcript, target: Target, wire: Wire) {
    this.#transcript = transcript;
    this.#target = target;
    this.#wire = wire;
  }

  async run(): Promise<Difference[]> {
    for (const [index, step] of this.#transcript.steps.entries()) {
      try {
        await this.#step(step, String(index));
      } catch (error) {
        // What a later request needs never came: an earlier difference says why. The rest is moot.
        if (!(error instanceof UnboundPlaceholder)) throw error;
        this.#differ(step, String(index), [{ path: 'request', expected: error.placeholder, got: undefined }]);
        break;
      }
    }
    return this.#differences;
  }

  async cleanUp(): Promise<void> {
    for (const call of this.#transcript.cleanup) {
      const { status, body } = await this.#wire.call(this.#filled(call));
      if (status < 300 || status === 404 || status === 409) continue;
      throw new Error(
        `${this.#transcript.name}: clean-up ${call.method} ${call.path} was answered ${status}: ${JSON.stringify(body)}`,
      );
    }
  }

  async #step(step: Step, index: string): Promise<void> {
    if ('call' in step) await this.#call(step, index);
    else if ('watch' in step) await this.#watch(step, index);
    else await this.#compact();
  }

  async #compact(): Promise<void> {
    if (this.#target.compact === undefined) {
      throw new Error(`${this.#transcript.name} needs a target that can compact its history`);
    }
    await this.#target.compact();
  }

  async #call(step: CallStep, index: string): Promise<void> {
    const patience = performance.now() + (step.settles ? SETTLES_MS : 0);
    for (;;) {
      const reply = await this.#wire.call(this.#filled(step.call));
      const differences = this.#compareAnswer(step.answer, reply);
      if (differences.length > 0 && performance.now() < patience) continue;
      this.#differ(step, index, differences);
      return;
    }
  }

  async #watch(step: WatchStep, index: string): Promise<void> {
    const query = this.#filledQuery(step.watch.query);
    const path = this.#bindings.fill(step.watch.path);
    const opened = await this.#wire.watch(path, query, step.watch.accept);
    if (!(opened instanceof WatchStream)) {
      const refused = step.refused ?? { status: 200, body: '<any>' };
      this.#differ(step, index, this.#compareAnswer(refused, opened));
      return;
    }
    try {
      if (step.refused !== undefined) {
        this.#differ(step, index, [{ path: 'status', expected: step.refused.status, got: 200 }]);
        return;
      }
      for (const [number, call] of (step.during ?? []).entries()) {
        await this.#call(call, `${index}.during.${number}`);
      }
      await this.#events(step, index, opened);
    } finally {
      opened.close();
    }
  }

  async #events(step: WatchStep, index: string, stream: WatchStream): Promise<void> {
    const expected = inAnyOrder(step.events ?? [], step.initial ?? 0, (object) =>
      this.#bindings.show(orderKey(object)),
    );
    const got: WatchEvent[] = [];
    const passOver = step.watch.query.allowWatchBookmarks === 'true';
    let end: 'silent' | 'ended' | undefined;
    while (end === undefined) {
      const complete = got.length >= expected.length;
      const limit = complete ? (step.ends === true ? END_LIMIT_MS : QUIET_MS) : EVENT_LIMIT_MS;
      const next = await stream.next(limit);
      if (next === 'silent' || next === 'ended') end = next;
      else if (next.type !== 'BOOKMARK' || !passOver || wants(expected[got.length], next)) {
        got.push(next);
      }
    }
    const sorted = inAnyOrder(got, step.initial ?? 0, orderKey);
    const length = Math.max(expected.length, sorted.length);
    for (let number = 0; number < length; number += 1) {
      this.#differ(step, index, this.#compareEvent(expected[number], sorted[number], `events.${number}`));
    }
    if ((step.ends === true) !== (end === 'ended')) {
      this.#differ(step, index, [{ path: 'ends', expected: step.ends === true, got: end === 'ended' }]);
    }
  }

  #compareEvent(expected: WatchEvent | undefined, got: WatchEvent | undefined, path: string): BodyDifference[] {
    if (expected === undefined || got === undefined || expected.type !== got.type) {
      return [{ path, expected: asJson(expected), got: asJson(got) }];
    }
    const essence = (event: WatchEvent): Json =>
      event.type === 'BOOKMARK' ? bookmarkEssence(event.object) : event.object;
    return compareBody(essence(expected), essence(got), this.#bindings, 'whole', `${path}.object`);
  }

  #compareAnswer(answer: Answer, reply: Reply): BodyDifference[] {
    const differences: BodyDifference[] = [];
    if (answer.status !== reply.status) {
      differences.push({ path: 'status', expected: answer.status, got: reply.status });
    }
    const warnings = compareBody(answer.warnings ?? [], reply.warnings, this.#bindings, 'whole', 'warnings');
    const rule = answer.compare ?? 'whole';
    return [...differences, ...warnings, ...compareBody(answer.body, reply.body, this.#bindings, rule, 'body')];
  }

  #filled(call: Call): Call {
    return {
      ...call,
      path: this.#bindings.fill(call.path),
      ...(call.as === undefined ? {} : { as: this.#bindings.fill(call.as) }),
      ...(call.query === undefined ? {} : { query: this.#filledQuery(call.query) }),
      ...(call.body === undefined ? {} : { body: this.#bindings.fillJson(call.body) }),
    };
  }

  #filledQuery(query: Query): Query {
    return Object.fromEntries(Object.entries(query).map(([key, value]) => [key, this.#bindings.fill(value)]));
  }

  #differ(step: Step, index: string, differences: readonly BodyDifference[]): void {
    const about = step.about ?? requestLine(step);
    for (const difference of differences) {
      this.#differences.push({
        transcript: this.#transcript.name,
        step: index,
        about,
        ...difference,
      });
    }
  }
}

function requestLine(step: Step): string {
  if ('call' in step) return `${step.call.method} ${step.call.path}`;
  return 'watch' in step ? `watch ${step.watch.path}` : 'compact';
}

/** A listed bookmark is waited for; a bookmark with its annotations is never passed over for another. */
function wants(expected: WatchEvent | undefined, got: WatchEvent): boolean {
  const annotations = at(got.object, 'metadata', 'annotations');
  return (
    annotations !== undefined ||
    (expected?.type === 'BOOKMARK' && at(expected.object, 'metadata', 'annotations') === undefined)
  );
}

function inAnyOrder(
  events: readonly WatchEvent[],
  initial: number,
  key: (object: Json) => string,
): readonly WatchEvent[] {
  const first = events.slice(0, initial);
  first.sort((a, b) => (key(a.object) < key(b.object) ? -1 : 1));
  return [...first, ...events.slice(initial)];
}

function orderKey(object: Json): string {
  const namespace = at(object, 'metadata', 'namespace') ?? '';
  const name = at(object, 'metadata', 'name') ?? '';
  return `${String(namespace)}/${String(name)}`;
}

function asJson(event: WatchEvent | undefined): Json | undefined {
  return event === undefined ? undefined : { type: event.type, object: event.object };
}
