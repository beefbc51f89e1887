/** Plays a scenario on a real server and writes down its answers as a transcript. */
import { at, isObject, type JsonObject } from './json.ts';
import { Naming } from './naming.ts';
import { newRun } from './player.ts';
import type { CallRequest, Scenario, ScenarioStep, WatchRequest } from './scenario.ts';
import { createNamespace, deleteNamespace } from './scenarios/requests.ts';
import type { Answer, Call, CallStep, Query, Step, Target, Transcript, WatchEvent, WatchStep } from './transcript.ts';
import { type Reply, WatchStream, Wire } from './wire.ts';

/** An event that the scenario counts on comes within this. */
const EVENT_LIMIT_MS = 10_000;
/** No other may come within this. */
const QUIET_MS = 300;
/** A stream that the server ends is ended within this. */
const END_LIMIT_MS = 5_000;

export async function record(scenario: Scenario, source: string, target: Target): Promise<Transcript> {
  const wire = new Wire(target);
  const recording = new Recording(scenario, target, wire);
  try {
    const steps = await recording.steps();
    const { name, about } = scenario;
    return { name, about, source, steps, cleanup: scenario.namespaces.map((each) => deleteNamespace(each).call) };
  } finally {
    wire.close();
  }
}

class Recording {
  readonly #scenario: Scenario;
  readonly #target: Target;
  readonly #wire: Wire;
  readonly #naming = new Naming(newRun());

  constructor(scenario: Scenario, target: Target, wire: Wire) {
    this.#scenario = scenario;
    this.#target = target;
    this.#wire = wire;
  }

  async steps(): Promise<Step[]> {
    const requests: ScenarioStep[] = [
      ...this.#scenario.namespaces.map((name) => createNamespace(name)),
      ...this.#scenario.steps,
    ];
    const steps: Step[] = [];
    for (const request of requests) {
      try {
        steps.push(await this.#step(request));
      } catch (error) {
        throw new Error(`${this.#scenario.name}: step ${steps.length}`, { cause: error });
      }
    }
    return steps;
  }

  async #step(request: ScenarioStep): Promise<Step> {
    if ('call' in request) return await this.#call(request);
    if ('watch' in request) return await this.#watch(request);
    if (this.#target.compact === undefined) throw new Error('the target cannot compact');
    await this.#target.compact();
    return request;
  }

  async #call(request: CallRequest): Promise<CallStep> {
    const reply = await this.#wire.call(this.#filled(request.call));
    return {
      ...aboutOf(request),
      ...(request.settles ? { settles: request.settles } : {}),
      call: request.call,
      answer: this.#answer(request, reply),
    };
  }

  async #watch(request: WatchRequest): Promise<WatchStep> {
    const { path, query, accept } = request.watch;
    const opened = await this.#wire.watch(this.#naming.fill(path), this.#filledQuery(query), accept);
    const asked = { ...aboutOf(request), watch: request.watch };
    if (!(opened instanceof WatchStream)) {
      if (request.events !== 0) throw new Error(`the watch was answered ${JSON.stringify(opened)}`);
      return { ...asked, refused: this.#answer({}, opened) };
    }
    try {
      const during: CallStep[] = [];
      for (const call of request.during ?? []) during.push(await this.#call(call));
      const events = await this.#events(request, opened);
      return {
        ...asked,
        ...(during.length === 0 ? {} : { during }),
        events: events.map(({ type, object }) => ({ type, object: this.#naming.named(object) })),
        ...(request.initial === undefined ? {} : { initial: request.initial }),
        ...(request.ends === undefined ? {} : { ends: true }),
      };
    } finally {
      opened.close();
    }
  }

  async #events(request: WatchRequest, stream: WatchStream): Promise<WatchEvent[]> {
    const events: WatchEvent[] = [];
    for (;;) {
      const complete = events.length >= request.events;
      const limit = complete ? (request.ends === true ? END_LIMIT_MS : QUIET_MS) : EVENT_LIMIT_MS;
      const next = await stream.next(limit);
      if (next === 'silent' || next === 'ended') {
        const end = request.ends === true ? 'ended' : 'silent';
        if (events.length === request.events && next === end) return events;
        throw new Error(`the watch is ${next} after ${JSON.stringify(events)}`);
      }
      if (next.type !== 'BOOKMARK' || at(next.object, 'metadata', 'annotations') !== undefined) events.push(next);
    }
  }

  #answer(request: Partial<CallRequest>, reply: Reply): Answer {
    const continued = request.call?.query?.continue !== undefined;
    const keep = { managedFields: request.managedFields === true, continued };
    const listed = request.listed;
    const body = this.#naming.named(listed === undefined ? reply.body : listed(reply.body), keep);
    return {
      status: reply.status,
      ...(reply.warnings.length === 0
        ? {}
        : { warnings: reply.warnings.map((text) => this.#naming.named(text) as string) }),
      body: request.anyMessage === true && isObject(body) ? withAnyMessage(body) : body,
      ...(listed === undefined ? {} : { compare: 'listed' }),
    };
  }

  #filled(call: Call): Call {
    return {
      ...call,
      path: this.#naming.fill(call.path),
      ...(call.as === undefined ? {} : { as: this.#naming.fill(call.as) }),
      ...(call.query === undefined ? {} : { query: this.#filledQuery(call.query) }),
      ...(call.body === undefined ? {} : { body: this.#naming.fillJson(call.body) }),
    };
  }

  #filledQuery(query: Query): Query {
    return Object.fromEntries(Object.entries(query).map(([key, value]) => [key, this.#naming.fill(value)]));
  }
}

function withAnyMessage(status: JsonObject): JsonObject {
  return { ...status, message: '<any>' };
}

function aboutOf(request: { readonly about?: string }): { about?: string } {
  return request.about === undefined ? {} : { about: request.about };
}
