import type { DatedEditionRow } from '../platform/database/edition-columns.js';
import type { GateContent } from './domain/rules.js';

export type GateEditionRow = DatedEditionRow<GateContent>;
