import { describe, expect, it } from '@jest/globals';
import { nextRoute } from './alert-looks';

describe('what an alert leads to', () => {
  it('is, of a boundary that was opened, also what was closed again by then', () => {
    const opened = nextRoute('OPEN_DRIFT', { centerId: 'c1', groupId: null, resourceIds: [] });
    expect(opened).toContain('center=c1');
    expect(opened).not.toContain('states=');
  });
});
