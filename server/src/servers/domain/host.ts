/** Decides who drives a server's BareMetalHost, what is wanted of it, and which acts on it are open. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import { isUsed, type ServerAction, type ServerState, type ServerUse } from './server-state.js';

/** RECORDED: people do what is to be done to it, by work orders. */
export const HOST_MANAGEMENTS = ['DRIVEN', 'RECORDED'] as const;
export type HostManagement = (typeof HOST_MANAGEMENTS)[number];

export const HOST_PHASES = [
  'ONBOARDING',
  'AVAILABLE',
  'QUEUED',
  'PROVISIONING',
  'RUNNING',
  'STOPPED',
  'CLEANING',
  'OBSERVED',
  'FAILED',
  'UNKNOWN',
] as const;
export type HostPhase = (typeof HOST_PHASES)[number];

/** IDLE: nobody's by the console, only looked at. */
export type HostIntention = 'PRESENT' | 'ABSENT' | 'IDLE';

export const HOST_ACTIONS = ['REGISTER', 'POWER_ON', 'POWER_OFF', 'REBOOT', 'REIMAGE', 'KEEP_BY_HAND'] as const;
export type HostAction = (typeof HOST_ACTIONS)[number];

/** A department does them to its own servers; the others are of those who run the place. */
const OF_THE_USER: readonly HostAction[] = ['POWER_ON', 'POWER_OFF', 'REBOOT', 'REIMAGE'];

export function isOfTheUser(action: HostAction): boolean {
  return OF_THE_USER.includes(action);
}

/** What takes data or time from those who work on it is explained to those who ask later. */
export function hostActNeedsReason(action: HostAction): boolean {
  return action !== 'REGISTER' && action !== 'POWER_ON';
}

/** What cannot be taken back is confirmed by the server's own number. */
export function hostActNeedsName(action: HostAction): boolean {
  return action === 'REGISTER' || action === 'REIMAGE' || action === 'KEEP_BY_HAND';
}

/** What is wanted follows from what the server is: nobody has to say it a second time. */
export function hostIntentionOf(
  server: { readonly state: ServerState } & Pick<ServerUse, 'departmentId'>,
  host: { readonly management: HostManagement; readonly useId: string | null },
): HostIntention {
  if (host.management !== 'DRIVEN' || host.useId === null) return 'IDLE';
  return server.departmentId === null ? 'ABSENT' : 'PRESENT';
}

export interface HostOfServer {
  readonly management: HostManagement;
  readonly useId: string | null;
  readonly phase: HostPhase;
  readonly online: boolean;
}

interface Known extends ServerUse {
  readonly state: ServerState;
  readonly bmcAddress: string | null;
  readonly hasCredential: boolean;
  readonly hasHost: boolean;
}

/** Why the act cannot be taken now; null = it can; undefined = nobody looks for it here. */
export function hostActBecause(
  action: HostAction,
  server: Known,
  host: HostOfServer | null,
): Bilingual | null | undefined {
  if (action === 'REGISTER') return registerBecause(server, host);
  if (host === null || host.management !== 'DRIVEN') return undefined;
  if (action === 'KEEP_BY_HAND')
    return host.useId !== null && server.departmentId !== null && host.phase !== 'FAILED'
      ? say(
          '正由集云驱动交付，异常时才能转为人工',
          'It is driven for its user; it is kept by hand only when that failed',
        )
      : null;
  if (host.useId === null || server.departmentId === null) return undefined;
  if (server.state !== 'IN_USE')
    return say('维修中，恢复使用后才能操作', 'Under maintenance; wait until it is in use again');
  if (action === 'REIMAGE')
    return ['RUNNING', 'STOPPED', 'FAILED'].includes(host.phase)
      ? null
      : say('装机尚未结束', 'An installation is under way');
  if (host.phase !== 'RUNNING' && host.phase !== 'STOPPED')
    return say('装机完成后才能操作电源', 'Its power can be switched once it is installed');
  if (action === 'POWER_ON') return host.online ? say('已开机', 'It is on') : null;
  return host.online ? null : say('已关机', 'It is off');
}

/** Registration switches a machine on and off as it inspects it: only before anybody has it. */
const STATES_TO_REGISTER: readonly ServerState[] = ['ONBOARDING', 'FREE'];

function registerBecause(server: Known, host: HostOfServer | null): Bilingual | null | undefined {
  if (server.hasHost && host?.management === 'DRIVEN') return undefined;
  if (server.state === 'RETIRED') return undefined;
  // It is looked at again, and given no orders that it did not have.
  if (server.hasHost) return null;
  if (isUsed(server))
    return say(
      '使用中的服务器不能登记：登记会检测硬件并重启，请退还后再登记',
      'A server in use is not registered: its hardware would be inspected, which reboots it; register it once it is returned',
    );
  if (!STATES_TO_REGISTER.includes(server.state))
    return say(
      '上架纳管中或空闲的服务器才能登记',
      'Only a server that is being onboarded, or is free, can be registered',
    );
  if (server.bmcAddress === null) return say('未登记带外管理地址', 'It has no BMC address');
  return server.hasCredential ? null : say('未设置带外管理账号', 'It has no BMC credential');
}

/** What is driven is called clean, or leaves, by proof only. */
const ENDS_OF_CLEANING: readonly ServerAction[] = ['FINISH_CLEANING', 'FINISH_MAINTENANCE', 'RETIRE'];

/** Why nobody may end its cleaning by hand; null = who runs the place may. */
export function notYetClean(
  action: ServerAction,
  server: Pick<ServerUse, 'departmentId'>,
  host: Pick<HostOfServer, 'management' | 'useId'> | null,
): Bilingual | null {
  if (!ENDS_OF_CLEANING.includes(action)) return null;
  if (host === null || host.management !== 'DRIVEN' || host.useId === null || server.departmentId !== null) return null;
  return say(
    '裸金属主机正由集群清除，取得擦除证据后自动转为空闲',
    'Its host is being cleaned by its cluster; it becomes free by itself once that is proved',
  );
}

/** Names of hosts: as Kubernetes takes them, whatever stands between the letters of an asset number. */
export function hostNameOf(assetNumber: string): string {
  return assetNumber
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

/** Where hosts stand that the console registers. Their secrets must stand beside them. */
export const HOSTS_NAMESPACE = 'jiyun-hosts';
