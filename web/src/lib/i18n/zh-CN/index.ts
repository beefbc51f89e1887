import { approvals } from './approvals.ts';
import { budgets } from './budgets.ts';
import { cabinets } from './cabinets.ts';
import { frame } from './frame.ts';
import { gates } from './gates.ts';
import { imports } from './imports.ts';
import { intake } from './intake.ts';
import { lists } from './lists.ts';
import { networks } from './networks.ts';
import { notifications } from './notifications.ts';
import { papers } from './papers.ts';
import { people } from './people.ts';
import { places } from './places.ts';
import { prices } from './prices.ts';
import { quotas } from './quotas.ts';
import { racking } from './racking.ts';
import { records } from './records.ts';
import { requestFormWords } from './request-form.ts';
import { requests } from './requests.ts';
import { servers } from './servers.ts';
import { services } from './services.ts';
import { simulator } from './simulator.ts';
import { space } from './space.ts';
import { systems } from './systems.ts';
import { words } from './words.ts';

/** The source language: its keys are the keys. */
export const zhCN = {
  ...frame,
  ...words,
  ...requests,
  ...requestFormWords,
  ...approvals,
  ...gates,
  ...records,
  ...lists,
  ...cabinets,
  ...imports,
  ...quotas,
  ...racking,
  ...simulator,
  ...space,
  ...servers,
  ...systems,
  ...services,
  ...intake,
  ...networks,
  ...people,
  ...prices,
  ...budgets,
  ...places,
  ...notifications,
  ...papers,
};
