import { describe, expect, it, jest } from '@jest/globals';
import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { type Client, Provider } from 'urql';
import { useDrLive } from './use-dr-live';

type Sink = (signal: unknown) => void;

/** A page that asks, and a server that says when something may be otherwise. */
function setup() {
  let sink: Sink = () => undefined;
  const tagged = (tag: 0 | 1, value: unknown) => Object.assign([value], { tag });
  const client = {
    executeSubscription: () => (to: Sink) => {
      sink = to;
      to(tagged(0, () => undefined));
    },
  } as unknown as Client;
  let asked = 0;
  const ask = () => {
    asked += 1;
  };
  const wrapper = ({ children }: { children: ReactNode }) => <Provider value={client}>{children}</Provider>;
  const hook = renderHook((isAsking: boolean) => useDrLive({ fetching: false, stale: isAsking }, ask), {
    wrapper,
    initialProps: false,
  });
  return {
    asked: () => asked,
    asking: (is: boolean) => hook.rerender(is),
    changed: (at: string) => act(() => sink(tagged(1, { data: { drChanged: { at } } }))),
  };
}

describe('useDrLive', () => {
  it('asks as soon as something changed', () => {
    const { asked, changed } = setup();
    changed('2026-11-30T00:00:00.000Z');
    expect(asked()).toBe(1);
    changed('2026-11-30T00:00:01.000Z');
    expect(asked()).toBe(2);
  });

  it('awaits one answer at a time, and asks once more for all that changed meanwhile', () => {
    const { asked, asking, changed } = setup();
    changed('2026-11-30T00:00:00.000Z');
    asking(true);
    for (const ms of [100, 200, 300]) changed(`2026-11-30T00:00:00.${ms}Z`);
    expect(asked()).toBe(1);
    asking(false);
    expect(asked()).toBe(2);
    asking(true);
    asking(false);
    expect(asked()).toBe(2);
  });

  it('does not wait for ever for an answer that was lost', () => {
    const began = Date.now();
    const now = jest.spyOn(Date, 'now').mockReturnValue(began);
    const { asked, asking, changed } = setup();
    asking(true);
    now.mockReturnValue(began + 19_999);
    changed('2026-11-30T00:00:15.000Z');
    expect(asked()).toBe(0);
    now.mockReturnValue(began + 20_000);
    changed('2026-11-30T00:00:30.000Z');
    expect(asked()).toBe(1);
    // The next one is waited for as long.
    changed('2026-11-30T00:00:31.000Z');
    expect(asked()).toBe(1);
    now.mockRestore();
  });
});
