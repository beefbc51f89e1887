import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { until } from '../../../test/support/until.js';
import { ClusterFailure } from '../provisioning/domain/cluster-failure.js';
import type { ClusterObject } from '../provisioning/domain/cluster-object.js';
import type { WatchOrder } from '../provisioning/domain/ports.js';
import { type ObjectList, Reflector, type ReflectorOptions, type ReflectorSource } from './reflector.js';

const object = (name: string, version: string, text = ''): ClusterObject => ({
  apiVersion: 'v1',
  kind: 'DataVolume',
  metadata: { name, namespace: 'n', resourceVersion: version },
  status: { text },
});
const added = (name: string, version: string, text?: string) => ({
  type: 'ADDED',
  object: object(name, version, text),
});
const modified = (name: string, version: string, text?: string) => ({
  ...added(name, version, text),
  type: 'MODIFIED',
});
const deleted = (name: string, version: string) => ({ ...added(name, version), type: 'DELETED' });
const bookmark = (version: string) => ({ type: 'BOOKMARK', object: { metadata: { resourceVersion: version } } });
const error = (code: number) => ({
  type: 'ERROR',
  object: { kind: 'Status', metadata: {}, code, message: `code ${code}` },
});
const gone = new ClusterFailure('GONE', 'too old');
const broken = new ClusterFailure('UNREACHABLE', 'line broken');

const listOf = (version: string, ...objects: ClusterObject[]): ObjectList => ({ objects, resourceVersion: version });
const OPEN = Symbol('the stream stays open');
type Line = object | Error | typeof OPEN;

/** Plays one answer after the other; after the last one everything stays quiet. */
class Script implements ReflectorSource {
  readonly asked: string[] = [];
  /** What is answered to whoever asks after a stream that says nothing; beyond, nothing has happened. */
  probes: (Error | readonly Line[])[] = [];

  constructor(private readonly steps: (ObjectList | Error | readonly Line[])[]) {}

  async list<Kept>(keep: (object: ClusterObject) => Kept): Promise<ObjectList<Kept>> {
    this.asked.push('list');
    const step = this.steps.shift();
    if (step instanceof Error) throw step;
    if (step === undefined || Array.isArray(step)) throw new Error('the script has no list here');
    const { objects, resourceVersion } = step as ObjectList;
    return { objects: objects.map(keep), resourceVersion };
  }

  async watch(resourceVersion: string, timeoutSeconds: number, signal: AbortSignal): Promise<AsyncIterable<unknown>> {
    if (timeoutSeconds === 1) {
      this.asked.push(`probe ${resourceVersion}`);
      const answer = this.probes.shift() ?? [];
      if (answer instanceof Error) throw answer;
      return play(answer, signal);
    }
    this.asked.push(`watch ${resourceVersion}`);
    expect(timeoutSeconds).toBeGreaterThanOrEqual(240);
    expect(timeoutSeconds).toBeLessThanOrEqual(480);
    const step = this.steps.shift() ?? [OPEN];
    if (step instanceof Error) throw step;
    return play(step as readonly Line[], signal);
  }

  failureOf(event: { object: unknown }): ClusterFailure {
    const { code } = event.object as { code: number };
    return new ClusterFailure(code === 410 ? 'GONE' : 'RETRYABLE', `code ${code}`);
  }
}

async function* play(lines: readonly Line[], signal: AbortSignal): AsyncGenerator<object> {
  for (const line of lines) {
    await null;
    if (line instanceof Error) throw line;
    if (line !== OPEN) yield line as object;
    else
      await new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(broken));
        if (signal.aborted) reject(broken);
      });
  }
}

type Told = WatchOrder<string>['changed'];
const reflectors: Reflector<string>[] = [];

afterEach(async () => {
  await Promise.all(reflectors.splice(0).map((each) => each.stop()));
});

function reflect(
  script: Script,
  options: ReflectorOptions & { changed?: Told; view?: (o: ClusterObject) => string } = {},
) {
  const told: string[] = [];
  const troubles: unknown[] = [];
  const reflector = new Reflector<string>(
    script,
    {
      kind: 'DataVolume',
      view: options.view ?? ((each) => (each.status as { text: string }).text),
      changed: (key, now, before) => {
        told.push(`${now === undefined ? '-' : before === undefined ? '+' : '~'}${key.name}`);
        options.changed?.(key, now, before);
      },
    },
    { backoff: { firstMs: 5, mostMs: 20 }, trouble: (each) => troubles.push(each), ...options },
  );
  reflectors.push(reflector);
  reflector.start();
  return { reflector, told, troubles };
}

describe('a reflector', () => {
  it('knows what was listed, then what came by the watch', async () => {
    const script = new Script([
      listOf('10', object('a', '3', 'old'), object('b', '4')),
      [added('c', '11'), modified('a', '12', 'new'), deleted('b', '13'), OPEN],
    ]);
    const { reflector, told } = reflect(script);
    await until('told', () => told.length === 5);
    expect(told).toEqual(['+a', '+b', '+c', '~a', '-b']);
    expect([reflector.get('n', 'a'), reflector.get('n', 'b'), reflector.complete]).toEqual(['new', undefined, true]);
    expect([...reflector.entries()].map(([key]) => key.name)).toEqual(['a', 'c']);
    expect(script.asked).toEqual(['list', 'watch 10']);
  });

  it('is not complete before a list has worked, and keeps asking for one', async () => {
    const script = new Script([broken, new ClusterFailure('RETRYABLE', '503'), listOf('10'), [OPEN]]);
    const { reflector, troubles } = reflect(script);
    expect([reflector.complete, reflector.heardAt]).toEqual([false, undefined]);
    await until('complete', () => reflector.complete);
    expect(script.asked).toEqual(['list', 'list', 'list', 'watch 10']);
    expect(troubles).toHaveLength(2);
  });

  it('goes on after a broken line from the last thing that it heard, without a list', async () => {
    const script = new Script([
      listOf('10'),
      [added('a', '11'), broken],
      [bookmark('20'), broken],
      [added('b', '21'), OPEN],
    ]);
    const { told } = reflect(script);
    await until('told', () => told.length === 2);
    expect(script.asked).toEqual(['list', 'watch 10', 'watch 11', 'watch 20']);
  });

  it.each<[string, ClusterFailure | readonly Line[]]>([
    ['as an answer', gone],
    ['as an event', [error(410)]],
  ])('lists again when the history is forgotten, told %s, and sees what was deleted meanwhile', async (_, step) => {
    const script = new Script([
      listOf('10', object('a', '3'), object('b', '4')),
      step,
      listOf('99', object('b', '4'), object('c', '98')),
      [OPEN],
    ]);
    const { reflector, told } = reflect(script);
    await until('told', () => told.includes('-a'));
    expect(told).toEqual(['+a', '+b', '~b', '+c', '-a']);
    expect(reflector.get('n', 'a')).toBeUndefined();
    expect(script.asked).toEqual(['list', 'watch 10', 'list', 'watch 99']);
  });

  it('takes what is said twice as said once, and lists again when a stream goes back in time', async () => {
    const script = new Script([
      listOf('10', object('a', '3', 'first')),
      [
        modified('a', '11', 'second'),
        modified('a', '11', 'second'),
        modified('a', '13', 'fourth'),
        modified('a', '12', 'third'),
      ],
      listOf('13', object('a', '13', 'fourth')),
      [OPEN],
    ]);
    const { reflector } = reflect(script);
    await until('listed again', () => script.asked.includes('watch 13'));
    expect(reflector.get('n', 'a')).toBe('fourth');
    expect(script.asked).toEqual(['list', 'watch 10', 'list', 'watch 13']);
  });

  it('does not list again for an error of another kind', async () => {
    const script = new Script([listOf('10'), [error(500)], [added('a', '11'), OPEN]]);
    const { told } = reflect(script);
    await until('told', () => told.length === 1);
    expect(script.asked).toEqual(['list', 'watch 10', 'watch 10']);
  });

  it('survives a listener that throws, and tells of it', async () => {
    const script = new Script([listOf('10', object('a', '3')), [added('b', '11'), added('c', '12'), OPEN]]);
    const { reflector, told, troubles } = reflect(script, {
      changed: () => {
        throw new Error('a defect');
      },
    });
    await until('told', () => told.length === 3);
    expect(troubles).toHaveLength(3);
    expect(reflector.get('n', 'c')).toBe('');
    expect(script.asked).toEqual(['list', 'watch 10']);
  });

  it('passes over an object that it cannot understand', async () => {
    const script = new Script([listOf('10'), [added('bad', '11', 'x'), added('good', '12'), OPEN]]);
    const { told } = reflect(script, {
      view: (each) => {
        if (each.metadata.name === 'bad') throw new Error('what is this');
        return 'fine';
      },
    });
    await until('told', () => told.length === 1);
    expect(told).toEqual(['+good']);
  });

  it('survives even the one who is told of troubles', async () => {
    const script = new Script([broken, listOf('10', object('a', '3')), [OPEN]]);
    const { told } = reflect(script, {
      trouble: () => {
        throw new Error('no disk for logs');
      },
    });
    await until('told', () => told.length === 1);
  });

  it('asks again at once when the server ends a watch in good order, but not in a hot loop', async () => {
    const script = new Script([listOf('10'), [bookmark('11')], [], [], [], [OPEN]]);
    const { troubles } = reflect(script);
    await until('asked', () => script.asked.length === 6);
    expect(script.asked.slice(1)).toEqual(['watch 10', 'watch 11', 'watch 11', 'watch 11', 'watch 11']);
    expect(troubles).toHaveLength(3);
  });

  it('drops a stream that has been silent for too long', async () => {
    const script = new Script([listOf('10'), [bookmark('11'), OPEN], [added('a', '12'), OPEN]]);
    const { told } = reflect(script, { silenceMs: 40 });
    await until('told', () => told.length === 1);
    expect(script.asked.slice(0, 3)).toEqual(['list', 'watch 10', 'watch 11']);
  });

  it('asks after a stream that says nothing, and drops it once something has happened that it did not say', async () => {
    const script = new Script([listOf('10'), [OPEN], [added('a', '11'), OPEN]]);
    script.probes = [[], [added('a', '11')]];
    const { told, troubles } = reflect(script, { probeMs: 5 });
    await until('told', () => told.length === 1);
    expect(script.asked.slice(0, 5)).toEqual(['list', 'watch 10', 'probe 10', 'probe 10', 'watch 10']);
    expect(troubles).toHaveLength(1);
  });

  it('keeps a stream whose kind is quiet, and knows by asking that nothing was missed', async () => {
    let now = new Date(1_000);
    const script = new Script([listOf('10'), [bookmark('12'), OPEN]]);
    // A bookmark says nothing new, nor does what the stream has told already.
    script.probes = [[], [bookmark('15')], [added('a', '11')]];
    const { reflector, troubles } = reflect(script, { probeMs: 5, now: () => now });
    await until('listed', () => reflector.complete);
    now = new Date(2_000);
    await until('asked', () => script.asked.filter((each) => each.startsWith('probe')).length >= 4);
    expect(script.asked.filter((each) => each.startsWith('watch'))).toEqual(['watch 10']);
    expect(reflector.heardAt).toEqual(new Date(2_000));
    expect(troubles).toEqual([]);
  });

  it('drops a stream whose cluster does not answer when it is asked after', async () => {
    const script = new Script([listOf('10'), [OPEN], [added('a', '11'), OPEN]]);
    script.probes = [broken];
    const { told } = reflect(script, { probeMs: 5 });
    await until('told', () => told.length === 1);
    expect(script.asked.slice(0, 4)).toEqual(['list', 'watch 10', 'probe 10', 'watch 10']);
  });

  it('drops its stream when told that the line had been dead', async () => {
    const script = new Script([listOf('10'), [OPEN], [added('a', '11'), OPEN]]);
    const { reflector, told } = reflect(script);
    await until('watching', () => script.asked.length === 2);
    reflector.reconnect();
    await until('told', () => told.length === 1);
  });

  it('says when it last heard anything, bookmarks too', async () => {
    let now = new Date(1_000);
    const script = new Script([listOf('10'), [OPEN]]);
    const { reflector } = reflect(script, { now: () => now });
    await until('listed', () => reflector.complete);
    expect(reflector.heardAt).toEqual(new Date(1_000));
    now = new Date(2_000);
    await sleep(5);
    expect(reflector.heardAt).toEqual(new Date(1_000));
  });

  it('waits as long as the server asks', async () => {
    const script = new Script([new ClusterFailure('RETRYABLE', '429', { retryAfterMs: 80 }), listOf('10'), [OPEN]]);
    const { reflector } = reflect(script);
    await sleep(50);
    expect(reflector.complete).toBe(false);
    await until('complete', () => reflector.complete);
  });

  it('asks again at once, however long it was to wait, when it is told that the line is back', async () => {
    const script = new Script([broken, listOf('10', object('a', '9')), [OPEN]]);
    const { reflector, troubles } = reflect(script, { backoff: { firstMs: 600_000, mostMs: 600_000 } });
    await until('it has failed', () => troubles.length === 1);
    expect(script.asked).toEqual(['list']);
    reflector.reconnect();
    await until('it knows', () => reflector.complete);
    expect(script.asked.slice(0, 2)).toEqual(['list', 'list']);
  });

  it('gives up a list that a dead line keeps it waiting for', async () => {
    class Hanging extends Script {
      override async list<Kept>(
        keep: (object: ClusterObject) => Kept,
        signal?: AbortSignal,
      ): Promise<ObjectList<Kept>> {
        if (this.asked.length > 0) return super.list(keep);
        this.asked.push('list');
        return await new Promise((_, reject) => signal?.addEventListener('abort', () => reject(broken)));
      }
    }
    const script = new Hanging([listOf('10'), [OPEN]]);
    const { reflector } = reflect(script);
    await until('it has asked', () => script.asked.length === 1);
    reflector.reconnect();
    await until('it knows', () => reflector.complete);
  });

  it('stops while it watches, while it waits, and before it began', async () => {
    const watching = reflect(new Script([listOf('10'), [OPEN]])).reflector;
    await until('watching', () => watching.complete);
    await watching.stop();
    const waiting = reflect(new Script([broken]), { backoff: { firstMs: 60_000, mostMs: 60_000 } }).reflector;
    await sleep(5);
    await waiting.stop();
    const never = new Reflector<string>(new Script([]), { kind: 'DataVolume', view: () => '', changed: () => {} });
    await never.stop();
  });
});
