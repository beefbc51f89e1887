import { describe, expect, it } from '@jest/globals';
import { liveMigration, type Whereabouts } from './live-migration.js';

const at = (nodeName: string | null, instanceUid: string | null = 'one'): Whereabouts => ({ nodeName, instanceUid });

describe('a live migration', () => {
  it('is the same instance on another node', () => {
    expect(liveMigration(at('node-1'), at('node-2'))).toEqual({
      zh: '由节点 node-1 在线迁移到 node-2，未停机',
      en: 'Moved live from node node-1 to node-2, without a stop',
    });
  });

  it.each([
    ['on the same node', at('node-1'), at('node-1')],
    ['another instance, after a restart', at('node-1'), at('node-2', 'two')],
    ['its first node', at(null), at('node-1')],
    ['its end', at('node-1'), at(null, null)],
    ['nothing known of what runs', at('node-1', null), at('node-2', null)],
  ])('is not %s', (_, before, now) => {
    expect(liveMigration(before, now)).toBeNull();
  });
});
