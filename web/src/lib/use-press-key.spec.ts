import { describe, expect, it } from '@jest/globals';
import { renderHook } from '@testing-library/react';
import { usePressKey } from './use-press-key';

describe('usePressKey', () => {
  it('gives the same key for the same input until the answer is known', () => {
    const { result } = renderHook(() => usePressKey());
    const first = result.current.keyFor({ id: 1 });
    expect(result.current.keyFor({ id: 1 })).toBe(first);
    result.current.answered();
    expect(result.current.keyFor({ id: 1 })).not.toBe(first);
  });
  it('gives another input another key', () => {
    const { result } = renderHook(() => usePressKey());
    expect(result.current.keyFor({ id: 1 })).not.toBe(result.current.keyFor({ id: 2 }));
  });
  it('makes UUIDs of version 4', () => {
    const { result } = renderHook(() => usePressKey());
    expect(result.current.keyFor({})).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
