import type { EditionRow } from '../platform/database/edition-columns.js';
import type { EditionContent } from './domain/chain.js';

export type ChainEditionRow = EditionRow<EditionContent>;
