import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { demonstrationAccounts } from '../../server/src/demonstration/made-up-people.js';
import { startTestConsole, type TestConsole } from '../support/console.ts';
import type { ConsoleClient } from '../support/console-client.ts';
import { foreignSystem, makeForeign } from '../support/isolation/foreign.ts';

/** Edges behind the first one of a root field; a leak further away begins with one that is nearer. */
const EDGES_BEHIND = 2;
/** Those who see little, each for another reason: what an edge gives away, it gives to them. */
const NARROW = ['applicant', 'head', 'vendor', 'operator', 'facility', 'city', 'cityfinance', 'sysadmin', 'auditadmin'];

/** What edges lead to beside what node(id) gives, and why that is right. */
const BESIDE: { readonly [type: string]: string } = {
  CabinetHolder: 'whoever sees a cabinet sees that a place is taken',
  Department: 'the name of the department that a person belongs to, where the person may be chosen or is oneself',
  HostedEquipment: 'whoever works an order sees what it is about',
  Project: 'whoever keeps machines running sees for which project, not its money (operations-view.spec.ts)',
  RequestLine: 'a part that is reached by its request alone',
  RequestStep: 'a part that is reached by its request alone',
  ResourceEvent: 'a part that is reached by its resource alone',
  ResourceSnapshot: 'a part that is reached by its resource alone',
};

let console_: TestConsole;
let schema: GraphQLSchema;
const clients = new Map<string, ConsoleClient>();

beforeAll(async () => {
  console_ = await startTestConsole();
  schema = console_.application.get(GraphQLSchemaHost).schema;
  for (const { username } of demonstrationAccounts) clients.set(username, await console_.signIn(username));
  await makeForeign(console_, clients, await foreignSystem(clients));
}, 120_000);
afterAll(() => console_.close());

type Field = GraphQLField<unknown, unknown>;

/** Fields to objects that may be asked for as they stand: all arguments may be left out. */
function edgesOf(type: GraphQLObjectType): { field: Field; text: string; to: GraphQLObjectType }[] {
  return Object.values(type.getFields()).flatMap((field) => {
    const to = getNamedType(field.type);
    if (!isObjectType(to) || to.name === 'PageInfo' || field.name === 'edges') return [];
    if (field.args.some(isRequiredArgument)) return [];
    const paged = field.args.some(({ name }) => name === 'first');
    return [{ field, to, text: paged ? `${field.name}(first: 5)` : field.name }];
  });
}

/** Every id within so many edges; no type twice on one way. */
function selectionOf(type: GraphQLObjectType, left: number, way: readonly string[]): string {
  const isNode = type.getInterfaces().some(({ name }) => name === 'Node');
  const own = isNode ? '__typename id' : '__typename';
  if (left === 0) return `{ ${own} }`;
  const edges = edgesOf(type)
    .filter(({ to }) => !way.includes(to.name))
    .map(({ field, text, to }) => {
      const spent = field.name === 'nodes' ? left : left - 1;
      return `${text} ${selectionOf(to, spent, [...way, to.name])}`;
    });
  return `{ ${own} ${edges.join(' ')} }`;
}

/** One document for each root field and the first edge behind it. */
function documents(): { via: string; text: string }[] {
  return edgesOf(schema.getQueryType() as GraphQLObjectType).flatMap(({ field: root, text, to }) => {
    const nodes = edgesOf(to).find(({ field }) => field.name === 'nodes');
    const listed = nodes?.to ?? to;
    return edgesOf(listed).map((edge) => {
      const inner = `${edge.text} ${selectionOf(edge.to, EDGES_BEHIND, [listed.name, edge.to.name])}`;
      return {
        via: `${root.name}.${edge.field.name}`,
        text: `{ ${text} { ${nodes ? `nodes { ${inner} }` : inner} } }`,
      };
    });
  });
}

function collect(value: unknown, via: string, found: Map<string, { type: string; via: string }>): void {
  if (Array.isArray(value)) for (const one of value) collect(one, via, found);
  else if (value && typeof value === 'object') {
    const { id, __typename: type } = value as { id?: string; __typename?: string };
    if (id && type && !found.has(id)) found.set(id, { type, via });
    for (const one of Object.values(value)) collect(one, via, found);
  }
}

describe('an edge', () => {
  it.each(NARROW)(
    'leads %s to nothing that node(id) refuses',
    async (username) => {
      const client = clients.get(username) as ConsoleClient;
      const found = new Map<string, { type: string; via: string }>();
      const refused = new Set<string | undefined>();
      for (const { via, text } of documents()) {
        const { data, errors = [] } = await client.ask(text);
        for (const { extensions } of errors) refused.add(extensions?.code);
        collect(data, via, found);
      }
      // A document that is too wide to be answered would prove nothing.
      expect([...refused].filter((code) => code !== 'FORBIDDEN')).toEqual([]);
      const beyond = new Set<string>();
      for (const [id, { type, via }] of found) {
        const { data } = await client.ask('query N($id: ID!) { node(id: $id) { id } }', { id });
        if (data?.node == null && !(type in BESIDE)) beyond.add(`${type} via ${via}`);
      }
      expect([...beyond]).toEqual([]);
      if (username !== 'auditadmin') expect(found.size).toBeGreaterThan(20);
    },
    120_000,
  );
});
