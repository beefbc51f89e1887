import { describe, expect, it } from '@jest/globals';
import { watchLink } from './live-link';

type Listener = (event?: unknown) => void;

function setup() {
  const on = new Map<string, Listener>();
  const link = watchLink({ on: ((name: string, listener: Listener) => on.set(name, listener)) as never });
  return {
    link,
    connected: () => on.get('connected')?.(),
    closed: (code: number) => on.get('closed')?.(new CloseEvent('close', { code })),
  };
}

describe('watchLink', () => {
  it('is lost when the socket closes by itself, and idle when the last watcher leaves', () => {
    const { link, connected, closed } = setup();
    connected();
    expect(link.state()).toBe('live');
    closed(1006);
    expect(link.state()).toBe('lost');
    connected();
    closed(1000);
    expect(link.state()).toBe('idle');
  });

  it('counts a gap only when the link comes back after a loss', () => {
    const { link, connected, closed } = setup();
    connected();
    expect(link.epoch()).toBe(0);
    closed(1006);
    connected();
    expect(link.epoch()).toBe(1);
  });
});
