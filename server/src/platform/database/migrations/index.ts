import type { Migration } from '../migration.js';
import { platformTables } from './202611240001-platform.js';
import { auditTables } from './202611240010-audit.js';

/** In the order of running. A migration that has landed is never edited. */
export const migrations: readonly Migration[] = [platformTables, auditTables];
