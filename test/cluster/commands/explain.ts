/** What is asked of the kinds themselves: their fields as the server explains them, and which kinds and categories there are. */
import { kinds } from '../../../server/src/simulation/kinds/catalogue.js';
import type { Kind } from '../../../server/src/simulation/kinds/kind.js';
import type { Schema } from '../../../server/src/simulation/kinds/schema.js';
import { instance, machine, secret, volume } from '../scenarios/objects.ts';
import type { Act, Command } from '../shell.ts';
import { given, kubectl, onlyLines, refused, type Script } from './command.ts';

/** The judge has no definition of these (`TEST_CRDS`). */
const NOT_DEFINED: ReadonlySet<string> = new Set(['VirtualMachineSnapshotContent', 'VolumeSnapshot']);
/** Only read here: a real server says more of what can be done to them. */
const ONLY_READ: ReadonlySet<string> = new Set(['Node', 'Pod', 'CustomResourceDefinition']);

export const defined = kinds.filter(({ custom, kind }) => custom && !NOT_DEFINED.has(kind));
const groups = [...new Set(defined.map(({ group }) => group))];
const plain = kinds.filter(({ custom, kind }) => !custom && !ONLY_READ.has(kind));

const typeOf = ({ group, plural }: Kind): string => (group === '' ? plural : `${plural}.${group}`);

/** Dotted paths where the simulation takes whatever is sent, and so cannot say what could be. */
function openPaths(schema: Schema, at = ''): string[] {
  if (schema.type === 'anything') return [at];
  if (schema.type === 'list' || schema.type === 'map') return openPaths(schema.of, at);
  if (schema.type !== 'object') return [];
  return Object.entries(schema.fields)
    .filter(([name]) => at !== '' || name !== 'metadata')
    .flatMap(([name, below]) => openPaths(below, at === '' ? name : `${at}.${name}`));
}

/** Without the fields below these paths: two spaces of indentation are one step down. */
function cutBelow(paths: readonly string[]): (out: string) => string {
  const open = new Set(paths);
  return (out) => {
    const here: string[] = [];
    let isCut = false;
    const kept = out.split('\n').filter((line) => {
      const [, indent, name] = /^( +)(\S+)\t</.exec(line) ?? [];
      // An enum stands in the line below its field.
      if (indent === undefined || name === undefined) return !isCut || line === '';
      here.length = indent.length / 2 - 1;
      isCut = here.some((_, depth) => open.has(here.slice(0, depth + 1).join('.')));
      here.push(name);
      return !isCut;
    });
    return kept.join('\n');
  };
}

/** The whole of a kind, field by field with types, and what the server says of some of them. */
const ofKind = (kind: Kind): Act[] => {
  const type = typeOf(kind);
  return [
    kubectl(`explain ${type}`),
    kubectl(`explain ${kind.plural} --api-version ${kind.apiVersion}`),
    kubectl(`explain ${type}.metadata`),
    kubectl(`explain ${type}.metadata.ownerReferences`),
    kubectl(`explain ${type}.metadata.creationTimestamp`),
    { ...kubectl(`explain ${type} --recursive`), seen: cutBelow(openPaths(kind.schema)) },
    refused(kubectl(`explain ${type}.noSuchField`)),
    refused(kubectl(`explain ${kind.plural} --api-version ${kind.group}/v9`)),
  ];
};

const within: readonly Command[] = [
  kubectl('explain vm.spec.runStrategy'),
  kubectl('explain vm.spec.template.spec.domain.devices.disks.disk.bus'),
  kubectl('explain vm.spec.template.spec.networks'),
  kubectl('explain vmi.status.conditions'),
  kubectl('explain dv.spec.source.http'),
  kubectl('explain bmh.spec.consumerRef'),
  kubectl('explain bmh.spec.image'),
  kubectl('explain bmh.spec.automatedCleaningMode'),
  refused(kubectl('explain nothings')),
  refused(kubectl('explain vm.spec.template.spec.nothing')),
];

const listing = (ns: string): Act[] => {
  const at = `-n ${ns}`;
  // A real server has kinds of its own besides: those that are here stand in the same lines.
  const named = (of: readonly Kind[]) => lineOf(...of.map(({ kind }) => kind));
  return [
    ...groups.flatMap((group) => [
      onlyLines(named(defined), kubectl(`api-resources --api-group ${group} -o wide`)),
      onlyLines(named(defined), kubectl(`api-resources --api-group ${group} --namespaced=false`)),
    ]),
    onlyLines(named(plain), kubectl('api-resources -o wide --no-headers')),
    onlyLines(named(defined), kubectl('api-resources --categories all -o wide')),
    onlyLines(versionsOf([...groups, 'networking.k8s.io', 'rbac.authorization.k8s.io']), kubectl('api-versions')),
    kubectl('api-resources --categories no-such-category'),
    kubectl(`get all ${at}`),
    given(`create ${at} -f -`, machine('web'), machine('db'), instance('web'), volume('web-root'), secret('web-ci')),
    kubectl(`get all ${at}`),
    kubectl(`get all ${at} -o name`),
    kubectl(`get all ${at} -l tier=web`),
    kubectl(`get all,secrets ${at} -o wide`),
    refused(kubectl(`get no-such-category ${at}`)),
    kubectl(`delete all --all ${at}`),
    kubectl(`get all,secrets ${at}`),
  ];
};

function versionsOf(all: readonly string[]): RegExp {
  return new RegExp(`^((${all.map((group) => group.replaceAll('.', '\\.')).join('|')})/.*|v1)$`);
}

function lineOf(...names: string[]): RegExp {
  return new RegExp(`\\s(${names.join('|')})(\\s|$)`);
}

export const explainScripts: readonly Script[] = [
  ...defined.map((kind) => ({ name: `explain ${kind.kind}`, acts: () => ofKind(kind) })),
  { name: 'explain fields', acts: () => within },
  { name: 'kinds and categories', acts: listing },
];
