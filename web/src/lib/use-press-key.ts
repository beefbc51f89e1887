import { useCallback, useRef } from 'react';
import { uniqueId } from './unique-id';

/**
 * The idempotency key of one press. While its answer is unknown (a lost connection), pressing again with the same input uses the
 * same key, so the act happens once; `answered` ends the press, and other input is another act.
 */
export function usePressKey(): { keyFor: (input: unknown) => string; answered: () => void } {
  const open = useRef<{ key: string; input: string } | null>(null);
  const keyFor = useCallback((input: unknown) => {
    const text = JSON.stringify(input);
    if (open.current?.input !== text) open.current = { key: uniqueId(), input: text };
    return open.current.key;
  }, []);
  const answered = useCallback(() => {
    open.current = null;
  }, []);
  return { keyFor, answered };
}
