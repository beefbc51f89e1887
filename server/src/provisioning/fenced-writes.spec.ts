import { describe, expect, it } from '@jest/globals';
import type { Manifest } from './domain/cluster-object.js';
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
  const fenced = new FencedWrites(
    {
      standing: async () =>
        generation === null
          ? undefined
          : {
              metadata: {
                ...{ name: key.name, uid: 'u-1', resourceVersion: '7' },
                annotations: { [MARK.generation]: String(generation) },
              },
            },
      apply: async (manifest, terms) => {
        applied.push(terms);
        return manifest;
      },
      amend: async () => secret,
      remove: async () => 'ACCEPTED',
    },
    guard,
  );
  const write = async (wish: number) => fenced.apply(secret, { generation: wish }, await fenced.standing(key));
  return { applied, fenced, guard, write };
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

  it('is not even asked for by one whose lease is lost', async () => {
    const { fenced, guard } = writes(1);
    guard.end();
    await expect(fenced.standing(key)).rejects.toThrow('no longer held');
  });
});
