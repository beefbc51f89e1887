import { useCallback, useState } from 'react';

/** Storage may be switched off by policy; the console then only forgets. */
export function readStored(store: Storage, key: string): string | null {
  try {
    return store.getItem(key);
  } catch {
    return null;
  }
}

export function writeStored(store: Storage, key: string, value: string | null): void {
  try {
    if (value === null) store.removeItem(key);
    else store.setItem(key, value);
  } catch {
    // Full or forbidden: a preference lost, nothing else.
  }
}

/** A choice of this browser (theme, columns, density), parsed with care because an older console may have written it. */
export function useStoredChoice<T>(key: string, parse: (text: string | null) => T): [T, (value: T) => void] {
  const [value, setValue] = useState(() => parse(readStored(localStorage, key)));
  const choose = useCallback(
    (next: T) => {
      setValue(next);
      writeStored(localStorage, key, JSON.stringify(next));
    },
    [key],
  );
  return [value, choose];
}
