import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import { serveSimulated } from '../../support/console-served.ts';
import { CONTROLLER, describeEveryRight, SERIAL } from '../../support/every-right-suite.ts';

const ROLE = resolve(import.meta.dirname, '../../../k8s/console-rbac.yaml');
const ACCOUNT = 'system:serviceaccount:jiyun:jiyun-console';

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

const right = (verb: string, group: string, resource: string) =>
  `${verb} ${group === '' ? '' : `${group}/`}${resource}`;

/** What the role gives, a line a verb. */
function given(): string[] {
  const documents = parseAllDocuments(readFileSync(ROLE, 'utf8')).map((each) => each.toJS());
  const role: { rules: readonly Rule[] } = documents.find(({ kind }) => kind === 'ClusterRole');
  return role.rules.flatMap(({ apiGroups, resources, verbs }) =>
    apiGroups.flatMap((group) => resources.flatMap((resource) => verbs.map((verb) => right(verb, group, resource)))),
  );
}

const asked = new Set<string>();
const machine = { systemVendor: { manufacturer: '华为', productName: 'TaiShan', serialNumber: SERIAL } };

describeEveryRight('a simulated cluster', async () => {
  const served = await serveSimulated({
    machines: new Map([[CONTROLLER, machine]]),
    witness: (user, wish) => {
      if (user.name !== ACCOUNT || !('resource' in wish)) return;
      asked.add(right(wish.verb, wish.group, [wish.resource, wish.subresource].filter(Boolean).join('/')));
    },
  });
  return { ...served, use: 'ANSWERED' };
});

describe('the rights that a center is asked to give', () => {
  // A service that the role does not name was asked for as well, and refused: the same verb of the same kind.
  it('are asked for, every one of them, and none besides: whoever adds an act adds its verb, whoever takes one away its too', () => {
    expect([...asked].toSorted()).toEqual(given().toSorted());
  });
});
