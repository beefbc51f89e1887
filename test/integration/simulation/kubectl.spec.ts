import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type SimulatedCluster, writeKubeconfig } from '../../../server/src/simulation/simulated-cluster.js';
import { disk, machine, startCluster, until } from './support.js';

const run = promisify(execFile);

function isInstalled(): boolean {
  try {
    execFileSync('kubectl', ['version', '--client'], { stdio: 'ignore' });
    return true;
  } catch {
    // Not on this machine: what kubectl asks for is still played by the transcripts.
    return false;
  }
}

(isInstalled() ? describe : describe.skip)('kubectl, as it is', () => {
  let directory: string;
  let clusters: SimulatedCluster[];

  const kubectl = async (...args: string[]) => {
    const at = ['--kubeconfig', join(directory, 'kubeconfig'), '--cache-dir', join(directory, 'cache')];
    const { stderr, stdout } = await run('kubectl', [...at, ...args]);
    return { stdout, stderr };
  };
  const file = (name: string, ...objects: unknown[]) => {
    const path = join(directory, name);
    writeFileSync(path, objects.map((object) => JSON.stringify(object)).join('\n'));
    return path;
  };

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'jiyun-kubectl-'));
    clusters = await Promise.all(['center-a', 'center-b'].map((name, seed) => startCluster({ name, seed })));
    await writeKubeconfig(clusters, join(directory, 'kubeconfig'));
  });

  afterAll(async () => {
    await Promise.all((clusters ?? []).map((cluster) => cluster.stop()));
    rmSync(directory, { recursive: true, force: true });
  });

  it('finds every kind, in every context', async () => {
    expect((await kubectl('config', 'get-contexts', '-o', 'name')).stdout.trim().split('\n')).toEqual([
      'center-a',
      'center-b',
    ]);
    const { stdout } = await kubectl('--context', 'center-b', 'api-resources');
    for (const kind of ['VirtualMachine', 'DataVolume', 'Node', 'ResourceQuota']) expect(stdout).toContain(kind);
    expect((await kubectl('get', 'nodes')).stdout).toMatch(/x86-1 +Ready/);
    expect((await kubectl('version')).stdout).toContain('v1.36');
    expect((await kubectl('explain', 'vm.spec.runStrategy')).stdout).toContain('runStrategy');
  });

  it('applies on the server and by itself, and prints what it did', async () => {
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'dept' } };
    await kubectl('create', '-f', file('namespace.json', namespace));
    const path = file('vm.json', disk('web-root'), machine('web'));
    expect((await kubectl('apply', '--server-side', '-n', 'dept', '-f', path)).stdout).toContain(
      'web serverside-applied',
    );
    const own = file('own.json', disk('own-root'));
    expect((await kubectl('apply', '-n', 'dept', '-f', own)).stdout).toContain('own-root created');
    expect((await kubectl('apply', '-n', 'dept', '-f', own)).stdout).toContain('own-root unchanged');
    const quota = { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'q' }, spec: { hard: { cpu: '10' } } };
    await kubectl('apply', '-n', 'dept', '-f', file('quota.json', quota));
    const more = { ...quota, spec: { hard: { cpu: '12', memory: '1Gi' } } };
    expect((await kubectl('apply', '-n', 'dept', '-f', file('quota.json', more))).stdout).toContain('q configured');
    const wrong = { ...machine('wrong'), spec: { ...machine('wrong').spec, runStratgy: 'Always' } };
    await expect(kubectl('apply', '-n', 'dept', '-f', file('wrong.json', wrong))).rejects.toThrow('spec.runStratgy');
  });

  it('shows what runs: get, -A, -o, describe, wait', async () => {
    await kubectl('wait', '-n', 'dept', 'vm/web', '--for=condition=Ready', '--timeout=20s');
    const { stdout } = await kubectl('get', 'vm,vmi,dv', '-A');
    expect(stdout).toMatch(/dept +virtualmachine.kubevirt.io\/web +\d+s +Running +True/);
    expect(stdout).toMatch(/virtualmachineinstance.kubevirt.io\/web +\d+s +Running +10\.[0-9.]+ +x86-\d +True/);
    expect(stdout).toMatch(/datavolume.cdi.kubevirt.io\/web-root +Succeeded +100.0%/);
    expect((await kubectl('get', 'vm', '-n', 'dept', '-o', 'jsonpath={.items[0].status.printableStatus}')).stdout).toBe(
      'Running',
    );
    const described = (await kubectl('describe', 'vmi', 'web', '-n', 'dept')).stdout;
    expect(described).toContain('VirtualMachineInstance started.');
    expect((await kubectl('describe', 'namespace', 'dept')).stdout).toContain('Active');
    expect((await kubectl('get', 'nodes', '--show-labels')).stdout).toContain('kubernetes.io/arch=amd64');
    expect((await kubectl('get', 'events', '-n', 'dept')).stdout).toContain('Started');
    await expect(kubectl('get', 'vm', 'nothing', '-n', 'dept')).rejects.toThrow('NotFound');
  });

  it('describes servers, limits, policies and rights, each with its events or rules', async () => {
    const meta = (name: string) => ({ name, namespace: 'dept' });
    const host = {
      apiVersion: 'metal3.io/v1alpha1',
      kind: 'BareMetalHost',
      metadata: meta('server-1'),
      spec: {
        online: true,
        bmc: { address: 'redfish://10.0.0.1/1', credentialsName: 'bmc' },
        bootMACAddress: '02:00:00:00:00:01',
      },
    };
    const objects = [
      { apiVersion: 'v1', kind: 'Secret', metadata: meta('bmc'), stringData: { username: 'a', password: 'b' } },
      host,
      {
        apiVersion: 'v1',
        kind: 'LimitRange',
        metadata: meta('usual'),
        spec: { limits: [{ type: 'Container', max: { cpu: '4' } }] },
      },
      { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: meta('deny'), spec: { podSelector: {} } },
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'Role',
        metadata: meta('reader'),
        rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }],
      },
    ];
    await kubectl('apply', '--server-side', '-f', file('more.json', ...objects));
    await kubectl(
      'wait',
      '-n',
      'dept',
      'bmh/server-1',
      '--for=jsonpath={.status.provisioning.state}=available',
      '--timeout=20s',
    );
    expect((await kubectl('get', 'bmh', '-n', 'dept')).stdout).toMatch(
      /NAME +STATE +CONSUMER +ONLINE +ERROR +AGE\nserver-1 +available +true/,
    );
    const described = (await kubectl('describe', 'bmh', 'server-1', '-n', 'dept')).stdout;
    // kubectl sorts events by the second, and these are of one: their order says nothing.
    const [, events = ''] = described.split('\nEvents:');
    for (const reason of ['Registered', 'InspectionComplete']) expect(events).toContain(reason);
    expect((await kubectl('describe', 'limits', 'usual', '-n', 'dept')).stdout).toMatch(/Container +cpu +- +4 +4 +4/);
    expect((await kubectl('describe', 'netpol', 'deny', '-n', 'dept')).stdout).toContain('Policy Types: Ingress');
    expect((await kubectl('describe', 'role', 'reader', '-n', 'dept')).stdout).toMatch(/secrets +\[\] +\[\] +\[get\]/);
    expect((await kubectl('get', 'hardwaredata', '-n', 'dept')).stdout).toContain('server-1');
    const theirs = { ...host, spec: { ...host.spec, online: false } };
    const conflict = kubectl('apply', '--server-side', '--field-manager', 'other', '-f', file('theirs.json', theirs));
    await expect(conflict).rejects.toThrow(/conflict with "kubectl".*spec\.online/s);
    await kubectl(
      'apply',
      '--server-side',
      '--field-manager',
      'other',
      '--force-conflicts',
      '-f',
      file('theirs.json', theirs),
    );
    await kubectl('delete', 'bmh', 'server-1', '-n', 'dept', '--timeout=20s');
  });

  it('says what an account may, and refuses it the rest', async () => {
    await kubectl('create', 'serviceaccount', 'console', '-n', 'dept');
    await kubectl(
      'create',
      'rolebinding',
      'console',
      '-n',
      'dept',
      '--role',
      'reader',
      '--serviceaccount',
      'dept:console',
    );
    const as = ['--as', 'system:serviceaccount:dept:console', '-n', 'dept'];
    expect((await kubectl('auth', 'can-i', 'get', 'secrets', ...as)).stdout).toContain('yes');
    await expect(kubectl('auth', 'can-i', 'delete', 'vm', ...as)).rejects.toMatchObject({ stdout: 'no\n' });
    expect((await kubectl('auth', 'can-i', '--list', ...as)).stdout).toMatch(/secrets +\[\] +\[\] +\[get\]/);
    expect((await kubectl('auth', 'whoami', ...as)).stdout).toContain('system:serviceaccounts:dept');
    await expect(kubectl('get', 'vm', ...as)).rejects.toThrow(
      'virtualmachines.kubevirt.io is forbidden: User "system:serviceaccount:dept:console" cannot list resource "virtualmachines" in API group "kubevirt.io" in the namespace "dept"',
    );
    const token = (await kubectl('create', 'token', 'console', '-n', 'dept')).stdout.trim();
    const anonymous = join(directory, 'anonymous');
    await kubectl('config', 'view', '--raw', '--flatten').then(({ stdout }) => writeFileSync(anonymous, stdout));
    const by = (...args: string[]) => run('kubectl', ['--kubeconfig', anonymous, '--token', token, ...args]);
    await run('kubectl', ['--kubeconfig', anonymous, 'config', 'set-context', '--current', '--user', 'nobody']);
    expect((await by('get', 'secret', 'bmc', '-n', 'dept')).stdout).toContain('Opaque');
    await expect(by('get', 'secrets', '-n', 'dept')).rejects.toThrow('cannot list resource "secrets"');
  });

  it('plays a fault, and ends it', async () => {
    const fault = file('fault.json', { effect: 'serverError', match: { plural: 'datavolumes' } });
    await kubectl('create', '--raw', '/simulation/faults', '-f', fault);
    await expect(kubectl('get', 'dv', '-n', 'dept')).rejects.toThrow('a fault was asked for');
    await kubectl('delete', '--raw', '/simulation/faults');
    expect((await kubectl('get', 'dv', '-n', 'dept')).stdout).toContain('web-root');
  });

  it('shuts a node and opens it again', async () => {
    await kubectl('cordon', 'x86-2');
    expect((await kubectl('get', 'nodes')).stdout).toMatch(/x86-2 +Ready,SchedulingDisabled/);
    await kubectl('uncordon', 'x86-2');
    expect((await kubectl('get', 'nodes')).stdout).toMatch(/x86-2 +Ready /);
  });

  it('watches while it deletes', async () => {
    const at = ['--kubeconfig', join(directory, 'kubeconfig'), '--cache-dir', join(directory, 'cache')];
    const watching: ChildProcess = spawn('kubectl', [...at, 'get', 'vm', '-n', 'dept', '-w']);
    let printed = '';
    watching.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    });
    await until('the first line', () => printed.includes('web') || undefined);
    await kubectl('patch', 'vm', 'web', '-n', 'dept', '--type', 'merge', '-p', '{"spec":{"runStrategy":"Halted"}}');
    await until('stopped', () => printed.includes('Stopped') || undefined);
    expect((await kubectl('delete', 'vm', 'web', '-n', 'dept', '--timeout=20s')).stdout).toContain('deleted');
    expect((await kubectl('delete', 'namespace', 'dept', '--timeout=20s')).stdout).toContain('deleted');
    watching.kill();
    expect(printed).toMatch(/NAME +AGE +STATUS +READY/);
    expect(printed).toMatch(/web +\d+s +Stopping/);
  });
});
