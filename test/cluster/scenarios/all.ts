import type { Scenario } from '../scenario.ts';
import { applies } from './apply.ts';
import { changes } from './changes.ts';
import { createAndRead } from './create-and-read.ts';
import { deletes } from './deletes.ts';
import { history } from './history.ts';
import { kinds } from './kinds.ts';
import { lists } from './lists.ts';
import { more } from './more.ts';
import { rights } from './rights.ts';
import { surface } from './surface.ts';
import { validation } from './validation.ts';
import { watches } from './watches.ts';

export const scenarios: readonly Scenario[] = [
  ...createAndRead,
  ...lists,
  ...watches,
  ...history,
  ...applies,
  ...validation,
  ...changes,
  ...deletes,
  ...surface,
  ...kinds,
  ...rights,
  ...more,
];
