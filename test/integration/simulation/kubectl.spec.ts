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
