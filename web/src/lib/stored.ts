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
  const read = () => ({ key, value: parse(readStored(localStorage, key)) });
  const [kept, keep] = useState(read);
  let { value } = kept;
  // Another key is another choice: nothing is drawn by the former one.
  if (kept.key !== key) {
    const other = read();
    keep(other);
    value = other.value;
  }
  const choose = useCallback(
    (next: T) => {
      keep({ key, value: next });
      writeStored(localStorage, key, JSON.stringify(next));
    },
    [key],
  );
  return [value, choose];
}
