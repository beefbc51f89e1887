import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { type GqlModuleOptions, GRAPHQL_MODULE_OPTIONS, GraphQLFactory, GraphQLSchemaHost } from '@nestjs/graphql';
import { type GraphQLSchema, isAbstractType, isInterfaceType, isObjectType, printSchema } from 'graphql';
import { readConfiguration } from '../../../server/src/platform/config/configuration.js';
import { openSchemaApplication, printedSchema } from '../../../server/src/schema.js';

const SNAPSHOT = resolve(import.meta.dirname, '../../../server/schema.graphql');

const configuration = readConfiguration({ JIYUN_LOG_LEVEL: 'silent' });

describe('server/schema.graphql', () => {
  it('is what the code prints; "npm run schema -- --out server/schema.graphql" renews it', async () => {
    expect(await printedSchema(configuration)).toBe(await readFile(SNAPSHOT, 'utf8'));
  });
});

/** Of each field what answers it: a resolver of the application, or the value of that name. */
function answersOf(schema: GraphQLSchema): Map<string, string> {
  const kindOf = (answer: unknown): string =>
    answer ? (/root\[field\.name\]/.test(String(answer)) ? 'the value' : 'a resolver') : 'nothing';
  const answers = new Map<string, string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (isAbstractType(type)) answers.set(type.name, String(type.resolveType));
    if (isObjectType(type) || isInterfaceType(type))
      for (const field of Object.values(type.getFields()))
        answers.set(`${type.name}.${field.name}`, `${kindOf(field.resolve)}, ${kindOf(field.subscribe)} to subscribe`);
  }
  return answers;
}

describe('the schema of an application', () => {
  let applications: INestApplication[];

  beforeAll(async () => {
    applications = [await openSchemaApplication(configuration), await openSchemaApplication(configuration)];
  });

  afterAll(async () => {
    for (const each of applications ?? []) await each.close();
  });

  it('is the one that Nest’s own factory makes by printing and parsing it, field by field', async () => {
    const application = applications[0] as INestApplication;
    const nests = await application
      .get(GraphQLFactory, { strict: false })
      .generateSchema(application.get<GqlModuleOptions>(GRAPHQL_MODULE_OPTIONS, { strict: false }) as never);
    const { schema } = application.get(GraphQLSchemaHost);
    expect(printSchema(schema)).toBe(printSchema(nests));
    const answers = answersOf(schema);
    expect([...answers.values()].filter((each) => each.startsWith('a resolver')).length).toBeGreaterThan(500);
    expect(answers).toEqual(answersOf(nests));
  });

  it('is its own beside another of the same process: neither answers with the other’s services', () => {
    const [one, other] = applications.map((each) => each.get(GraphQLSchemaHost).schema as GraphQLSchema);
    const bound = Object.entries(one?.getQueryType()?.getFields() ?? {});
    expect(bound.length).toBeGreaterThan(50);
    for (const [name, field] of bound) {
      expect(field.resolve).toBeInstanceOf(Function);
      expect(other?.getQueryType()?.getFields()[name]?.resolve).not.toBe(field.resolve);
    }
    expect(other?.getTypeMap().Request).not.toBe(one?.getTypeMap().Request);
  });
});
