import { describe, expect, it } from '@jest/globals';
import { ClusterFailure } from './domain/cluster-failure.js';
import type { ClusterObject, Manifest } from './domain/cluster-object.js';
import { MARK } from './domain/marks.js';
import type { ApplyTerms } from './domain/ports.js';
import { FencedWrites } from './fenced-writes.js';
import { LeaseGuard } from './lease-guard.js';

const secret: Manifest = { apiVersion: 'v1', kind: 'Secret', metadata: { namespace: 'dept-fin', name: 'web-access' } };
const key = { kind: 'Secret', namespace: 'dept-fin', name: 'web-access' } as const;

function writes(generation: number | null) {
  const guard = new LeaseGuard({ name: 'provisioning/center-a', holder: 'here', epoch: 1n });
  guard.renewed(performance.now(), 600_000);
  const applied: (ApplyTerms | undefined)[] = [];
  const asked: string[] = [];
  const fenced = new FencedWrites(
    {
      standing: async () => {
        asked.push(key.name);
        return generation === null
          ? undefined
          : {
              metadata: {
                ...{ name: key.name, uid: 'u-1', resourceVersion: '7' },
                annotations: { [MARK.generation]: String(generation) },
              },
            };
      },
      apply: async (manifest, terms) => {
        applied.push(terms);
        const isAsSupposed = terms?.only?.resourceVersion === (generation === null ? undefined : '7');
        if (!isAsSupposed) throw new ClusterFailure('CONFLICT', 'another stands there');
        return { ...manifest, metadata: { ...manifest.metadata, uid: 'u-1', resourceVersion: '8' } } as ClusterObject;
      },
      amend: async () => secret,
      remove: async () => 'ACCEPTED',
    },
    guard,
  );
  const write = async (wish: number) => fenced.apply(secret, { generation: wish }, await fenced.standing(key));
  return { applied, asked, fenced, guard, write };
}

describe('what may be written and never read', () => {
  it('is made only where there is none', async () => {
    const { applied, write } = writes(null);
    await write(1);
    expect(applied[0]?.only).toBeNull();
  });

  it('is written over that version alone which stood there', async () => {
    const { applied, write } = writes(2);
    await write(2);
    expect(applied[0]?.only).toEqual({ uid: 'u-1', resourceVersion: '7' });
  });

  it('is not written over where it was made for a newer wish', async () => {
    const { applied, write } = writes(3);
    await expect(write(2)).rejects.toMatchObject({ failureClass: 'CONFLICT' });
    expect(applied).toEqual([]);
  });

  it('is written without a question where it is as supposed', async () => {
    const made = writes(null);
    expect(await made.fenced.applyUnread(secret, { generation: 1 }, undefined)).toMatchObject({ resourceVersion: '8' });
    const changed = writes(1);
    const supposed = { uid: 'u-1', resourceVersion: '7', generation: 1 };
    expect(await changed.fenced.applyUnread(secret, { generation: 1 }, supposed)).toMatchObject({ uid: 'u-1' });
    expect([...made.asked, ...changed.asked]).toEqual([]);
    expect([made.applied, changed.applied].map((each) => each.length)).toEqual([1, 1]);
  });

  it('is asked for where the cluster refuses what was supposed, and written over what stands there', async () => {
    const { applied, asked, fenced } = writes(1);
    await fenced.applyUnread(secret, { generation: 1 }, undefined);
    expect(asked).toHaveLength(1);
    expect(applied.map((terms) => terms?.only)).toEqual([null, { uid: 'u-1', resourceVersion: '7' }]);
  });

  it('is left alone where what was supposed is wrong because a newer wish was there first', async () => {
    const { applied, fenced } = writes(3);
    const late = fenced.applyUnread(secret, { generation: 2 }, undefined);
    await expect(late).rejects.toMatchObject({ failureClass: 'CONFLICT' });
    expect(applied.map((terms) => terms?.only)).toEqual([null]);
  });

  it('is not made again where what stood there was taken away meanwhile', async () => {
    const { applied, fenced } = writes(null);
    const gone = { uid: 'u-1', resourceVersion: '7', generation: 1 };
    const late = fenced.applyUnread(secret, { generation: 1 }, gone);
    await expect(late).rejects.toMatchObject({ failureClass: 'CONFLICT' });
    expect(applied.map((terms) => terms?.only)).toEqual([{ uid: 'u-1', resourceVersion: '7' }]);
  });

  it('is not even asked for by one whose lease is lost', async () => {
    const { fenced, guard } = writes(1);
    guard.end();
    await expect(fenced.standing(key)).rejects.toThrow('no longer held');
  });
});
