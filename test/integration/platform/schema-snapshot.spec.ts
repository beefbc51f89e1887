import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readConfiguration } from '../../../server/src/platform/config/configuration.js';
import { printedSchema } from '../../../server/src/schema.js';

const SNAPSHOT = resolve(import.meta.dirname, '../../../server/schema.graphql');

describe('server/schema.graphql', () => {
  it('is what the code prints; "npm run schema -- --out server/schema.graphql" renews it', async () => {
    expect(await printedSchema(readConfiguration({ JIYUN_LOG_LEVEL: 'silent' }))).toBe(
      await readFile(SNAPSHOT, 'utf8'),
    );
  });
});
