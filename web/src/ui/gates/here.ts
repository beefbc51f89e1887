import { createContext } from 'react';

/** Where a form is found again, when its address is not (a draft that was just saved under "new"); null = by its address. */
export const Here = createContext<string | null>(null);
