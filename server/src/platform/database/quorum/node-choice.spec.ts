import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chooseNode, isFit, type NodeSight, type NodeWords, RETURN_AFTER_MS, SILENT_LOOKS_MAX } from './node-choice.js';

const whole: NodeWords = { isPrimary: true, isReady: true, state: 'Synced', isReadOnly: false, epoch: 0, members: 3 };
const NOW = 1_000_000;

function seen(name: string, said: Partial<NodeWords> | null = {}, over: Partial<NodeSight> = {}): NodeSight {
  return { name, said: said && { ...whole, ...said }, silentLooks: said ? 0 : SILENT_LOOKS_MAX, fitSince: 0, ...over };
}

describe('the node through which is written', () => {
  it('is the first of the list, for every console alike', () => {
    expect(chooseNode([seen('a'), seen('b'), seen('c')], null, 0, NOW)).toEqual({ mode: 'WRITABLE', node: 'a' });
  });

  it('is the next when the first is silent, in a minority, locked, or of an older history', () => {
    for (const first of [
      seen('a', null),
      seen('a', { isPrimary: false }),
      seen('a', { isReadOnly: true }),
      seen('a', { isReady: false }),
      seen('a', { state: 'Joined' }),
    ])
      expect(chooseNode([first, seen('b'), seen('c')], 'a', 0, NOW)).toEqual({ mode: 'WRITABLE', node: 'b' });
    expect(chooseNode([seen('a'), seen('b', { epoch: 1 })], 'a', 1, NOW)).toEqual({ mode: 'WRITABLE', node: 'b' });
  });

  it('stays after a failure until the first has been whole for a minute', () => {
    const back = (since: number) => [seen('a', {}, { fitSince: since }), seen('b')];
    expect(chooseNode(back(NOW - RETURN_AFTER_MS + 1), 'b', 0, NOW)).toMatchObject({ node: 'b' });
    expect(chooseNode(back(NOW - RETURN_AFTER_MS), 'b', 0, NOW)).toMatchObject({ node: 'a' });
  });

  it('is one that gives its state to another only when no other is left', () => {
    const giving = { state: 'Donor/Desynced' };
    expect(chooseNode([seen('a', giving), seen('b')], null, 0, NOW)).toMatchObject({ node: 'b' });
    expect(chooseNode([seen('a', giving), seen('b', null)], null, 0, NOW)).toMatchObject({ node: 'a' });
  });

  it('is none where nothing may be written, and it is said why', () => {
    const minority = { isPrimary: false, isReady: false };
    const why = (nodes: NodeSight[], epoch = 0) => chooseNode(nodes, 'a', epoch, NOW);
    expect(why([seen('a', minority), seen('b', null)])).toEqual({ mode: 'READ_ONLY', node: 'a', reason: 'MINORITY' });
    expect(why([seen('a'), seen('b')], 1)).toMatchObject({ mode: 'READ_ONLY', node: 'a', reason: 'OLDER_HISTORY' });
    expect(why([seen('a', { isReadOnly: true })])).toMatchObject({ mode: 'READ_ONLY', reason: 'NOT_READY' });
    expect(why([seen('a', null), seen('b', null)])).toEqual({ mode: 'READ_ONLY', node: null, reason: 'NO_NODE' });
  });

  it('is read from the newest history, when one is read only', () => {
    const minority = { isPrimary: false, isReady: false };
    const nodes = [seen('a', { ...minority, epoch: 0 }), seen('b', { ...minority, epoch: 1 })];
    expect(chooseNode(nodes, 'a', 1, NOW)).toMatchObject({ mode: 'READ_ONLY', node: 'b' });
  });

  it('is always one that may be written through, whatever was seen', () => {
    const words = fc.record({
      isPrimary: fc.boolean(),
      isReady: fc.boolean(),
      state: fc.constantFrom('Synced', 'Donor/Desynced', 'Joined', 'Initialized'),
      isReadOnly: fc.boolean(),
      epoch: fc.integer({ min: 0, max: 2 }),
      members: fc.integer({ min: 1, max: 3 }),
    });
    const sight = (name: string) =>
      fc.record({
        name: fc.constant(name),
        said: fc.option(words),
        silentLooks: fc.integer({ min: 0, max: 4 }),
        fitSince: fc.option(fc.integer({ min: 0, max: NOW })),
      });
    fc.assert(
      fc.property(
        fc.tuple(sight('a'), sight('b'), sight('c')),
        fc.constantFrom(null, 'a', 'b', 'c'),
        fc.integer({ min: 0, max: 2 }),
        (nodes, current, epoch) => {
          const choice = chooseNode(nodes, current, epoch, NOW);
          const fit = nodes.filter(({ said, silentLooks }) => silentLooks < SILENT_LOOKS_MAX && isFit(said, epoch));
          expect(choice.mode).toBe(fit.length > 0 ? 'WRITABLE' : 'READ_ONLY');
          if (choice.mode === 'WRITABLE') expect(fit.map(({ name }) => name)).toContain(choice.node);
        },
      ),
    );
  });
});
