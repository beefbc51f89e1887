import { useEffect } from 'react';

export type QueueKey = 'next' | 'previous' | 'close' | 'select' | 'approve' | 'return';

const keys: Readonly<Record<string, QueueKey>> = {
  j: 'next',
  k: 'previous',
  x: 'select',
  a: 'approve',
  r: 'return',
  Escape: 'close',
};

/** The act of a key; null where somebody writes, where a dialog asks, or where the browser has its own use of it. */
export function queueKeyOf(event: KeyboardEvent): QueueKey | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return null;
  if (document.querySelector('dialog[open]')) return null;
  const target = event.target instanceof HTMLElement ? event.target : null;
  if (target?.closest('input:not([type="checkbox"]), textarea, select, [contenteditable="true"], [role="combobox"]'))
    return null;
  return keys[event.key] ?? null;
}

/** The row after or before the opened one; from none, the first. At the ends it stays. */
export function neighbour(ids: readonly string[], open: string | null, step: 1 | -1): string | null {
  if (ids.length === 0) return null;
  const at = open === null ? -1 : ids.indexOf(open);
  if (at === -1) return ids[0] ?? null;
  return ids[Math.min(ids.length - 1, Math.max(0, at + step))] ?? null;
}

/** What is opened once this one is decided and gone: the row after it, else the one before; null = it was the only one. */
export function following(ids: readonly string[], done: string): string | null {
  const at = ids.indexOf(done);
  return ids[at + 1] ?? ids[at - 1] ?? null;
}

/** Hears the queue's keys while they are switched on. */
export function useQueueKeys(on: boolean, act: (key: QueueKey) => void): void {
  useEffect(() => {
    if (!on) return;
    const hear = (event: KeyboardEvent) => {
      const key = queueKeyOf(event);
      if (!key) return;
      event.preventDefault();
      act(key);
    };
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  }, [on, act]);
}
