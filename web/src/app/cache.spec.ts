/** @jest-environment node */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, isInterfaceType, isObjectType } from 'graphql';
import { cache } from './cache';

const schema = buildSchema(readFileSync(join(import.meta.dirname, '../../../server/schema.graphql'), 'utf8'));
const roots = new Set(['Query', 'Mutation', 'Subscription']);
const objects = Object.values(schema.getTypeMap()).filter(isObjectType);

describe('cache', () => {
  it('has a key for every type of the schema that has no id, and for no other', () => {
    const withoutId = objects
      .filter(({ name }) => !name.startsWith('__') && !roots.has(name))
      .filter((type) => !type.getFields().id);
    expect(withoutId.length).toBeGreaterThan(0);
    expect(new Set(Object.keys(cache.keys ?? {}))).toEqual(new Set(withoutId.map(({ name }) => name)));
  });

  it('knows every kind of user error', () => {
    const userError = schema.getType('UserError');
    if (!isInterfaceType(userError)) throw new Error('UserError is no interface.');
    const names = schema.getPossibleTypes(userError).map(({ name }) => name);
    expect(new Set(cache.possibleTypes?.UserError)).toEqual(new Set(names));
  });

  it('renews lists and counts after every mutation that changes a request or a resource', () => {
    const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {}).filter(
      (name) => !/^sign(In|Out)$/.test(name),
    );
    expect(new Set(Object.keys(cache.updates?.Mutation ?? {}))).toEqual(new Set(mutations));
  });
});
