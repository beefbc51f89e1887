/** What the Bare Metal Operator does with a BareMetalHost: its states, its power, its tries. */
import { type JsonObject, type KubeObject, listAt, numberAt, objectAt, textAt } from '../json.js';
import { bareMetalHost, hardwareData } from '../kinds/bare-metal.js';
import { hardwareOf } from './host-hardware.js';
import {
  addressOf,
  annotation,
  credentials,
  DETACHED,
  FINALIZER,
  fail,
  failing,
  fails,
  fine,
  givenImage,
  hasConfigData,
  hasGivenUp,
  hasRoom,
  history,
  isExternal,
  isLeftAlone,
  isOnline,
  isPowered,
  isWholeDisk,
  MANAGER,
  mustBeCleared,
  PAUSED,
  REBOOT,
  REINSPECT,
  SETTLED,
  shallHaveImage,
  stateOf,
  wantedImage,
  write,
} from './host-state.js';
import type { Stage } from './stage.js';
import { hasFinalizer, isLeaving, ownedBy, type World } from './world.js';

type Step = (host: KubeObject, world: World) => void;
type When = (host: KubeObject, world: World) => boolean;

/** A stage of hosts that are in one of these states and nobody has taken away from the operator. */
function stage(
  name: string,
  states: readonly string[],
  when: When,
  delayMs: number,
  step: Step,
  more: Partial<Stage> = {},
): Stage {
  return {
    name,
    kind: bareMetalHost,
    selects: (host, world) =>
      hasFinalizer(host, FINALIZER) && !isLeftAlone(host) && states.includes(stateOf(host)) && when(host, world),
    delayMs,
    jitterMs: delayMs / 2,
    step,
    ...more,
  };
}

const enter =
  (state: string, more: JsonObject = {}): Step =>
  (host, world) =>
    write(host, world, { ...fine, ...more }, { state });

/** Some hundred GiB over a network that is used for nothing else. */
const WHOLE_DISK_MS = 30 * 60 * 1_000;
const isWriting: Stage['selects'] = (host, world) =>
  !givenImage(host).includes(failing.image) && !mustBeCleared(host) && hasConfigData(host, world);

const provisioned: Step = (host, world) => {
  write(
    host,
    world,
    { ...fine, poweredOn: true, provisioningFailCount: 0, ...history(host, world, 'provision', 'end') },
    { state: 'provisioned' },
  );
  const message = `Image provisioning completed for ${givenImage(host)}`;
  world.event(host, 'Normal', 'ProvisioningComplete', message, MANAGER);
};

export const hostStages: readonly Stage[] = [
  {
    name: 'host-adopt',
    kind: bareMetalHost,
    selects: (host) => !isLeaving(host) && !hasFinalizer(host, FINALIZER),
    delayMs: 50,
    step(host, world) {
      const finalizers = [...listAt(host, 'metadata', 'finalizers'), FINALIZER];
      world.change(bareMetalHost, host, { ...host, metadata: { ...host.metadata, finalizers } }, MANAGER);
    },
  },
  stage(
    'host-unmanaged',
    [''],
    (host) => addressOf(host) === '',
    100,
    (host, world) => write(host, world, { ...fine, operationalStatus: 'discovered' }, { state: 'unmanaged' }),
  ),
  stage(
    'host-enrol',
    ['', 'unmanaged'],
    (host) => !isLeaving(host) && addressOf(host) !== '',
    200,
    (host, world) =>
      write(host, world, { ...fine, ...history(host, world, 'register', 'start') }, { state: 'registering' }),
  ),
  stage(
    'host-register-fail',
    ['registering'],
    (host, world) => !isLeaving(host) && (fails(host, 'registration') || credentials(host, world) === undefined),
    2_000,
    (host, world) => {
      const name = `${String(host.metadata.namespace)}/${textAt(host, 'spec', 'bmc', 'credentialsName') ?? ''}`;
      const why =
        credentials(host, world) === undefined
          ? `the BMC secret ${name} does not exist`
          : `failed to reach ${addressOf(host)}: connection timed out`;
      fail(host, world, 'registration error', why);
    },
    { endless: true },
  ),
  stage(
    'host-register',
    ['registering'],
    (host, world) => !isLeaving(host) && !fails(host, 'registration') && credentials(host, world) !== undefined,
    1_500,
    (host, world) => {
      const live = credentials(host, world);
      const goodCredentials = {
        credentials: { name: live?.metadata.name ?? '', namespace: String(host.metadata.namespace) },
        credentialsVersion: String(live?.metadata.resourceVersion ?? ''),
      };
      const state = isExternal(host) ? 'externally provisioned' : 'inspecting';
      write(host, world, { ...fine, goodCredentials, ...history(host, world, 'register', 'end') }, { state });
      world.event(host, 'Normal', 'Registered', 'Registered new host', MANAGER);
    },
  ),
  stage(
    'host-inspect-fail',
    ['inspecting'],
    (host) => !isLeaving(host) && fails(host, 'inspection'),
    3_000,
    (host, world) => fail(host, world, 'inspection error', 'Introspection timeout'),
    { endless: true },
  ),
  stage(
    'host-inspect',
    ['inspecting'],
    (host) => !isLeaving(host) && !fails(host, 'inspection'),
    4_000,
    (host, world) => {
      const hardware = hardwareOf(host, world);
      world.event(host, 'Normal', 'InspectionComplete', 'Hardware inspection completed', MANAGER);
      if (world.get(hardwareData, String(host.metadata.namespace), host.metadata.name) === undefined) {
        const { name, namespace } = host.metadata;
        const { apiVersion, kind } = hardwareData;
        world.create(
          hardwareData,
          {
            apiVersion,
            kind,
            metadata: { name, namespace: String(namespace), ownerReferences: [ownedBy(host)] },
            spec: { hardware },
          },
          MANAGER,
        );
      }
      write(host, world, { ...fine, hardware, ...history(host, world, 'inspect', 'end') }, { state: 'preparing' });
    },
  ),
  stage(
    'host-prepare',
    ['preparing'],
    (host) => !isLeaving(host),
    1_000,
    (host, world) => {
      const rootDeviceHints = objectAt(host, 'spec', 'rootDeviceHints');
      write(host, world, fine, {
        state: 'available',
        bootMode: textAt(host, 'spec', 'bootMode') ?? 'UEFI',
        ...(rootDeviceHints && { rootDeviceHints }),
      });
    },
  ),
  stage(
    'host-reinspect',
    ['available'],
    (host) => !isLeaving(host) && annotation(host, REINSPECT) !== undefined,
    300,
    (host, world) => {
      const { [REINSPECT]: _, ...annotations } = objectAt(host, 'metadata', 'annotations') ?? {};
      world.change(bareMetalHost, host, { ...host, metadata: { ...host.metadata, annotations } }, MANAGER);
      const live = world.get(bareMetalHost, String(host.metadata.namespace), host.metadata.name);
      if (live !== undefined)
        write(live, world, { ...fine, ...history(live, world, 'inspect', 'start') }, { state: 'inspecting' });
    },
  ),
  stage(
    'host-adopt-foreign',
    ['available'],
    (host) => !isLeaving(host) && isExternal(host),
    300,
    enter('externally provisioned'),
  ),
  stage(
    'host-give-back',
    ['externally provisioned'],
    (host) => !isLeaving(host) && !isExternal(host),
    300,
    enter('preparing'),
  ),
  stage(
    'host-delay',
    ['available'],
    (host, world) =>
      !isLeaving(host) &&
      shallHaveImage(host) &&
      !hasRoom(host, world) &&
      textAt(host, 'status', 'operationalStatus') !== 'delayed',
    200,
    (host, world) => write(host, world, { ...fine, operationalStatus: 'delayed' }),
  ),
  stage(
    'host-begin',
    ['available'],
    (host, world) => !isLeaving(host) && !isExternal(host) && shallHaveImage(host) && hasRoom(host, world),
    500,
    (host, world) => {
      const image = objectAt(host, 'spec', 'image') ?? {};
      const isAnother = textAt(host, 'status', 'lastAttemptedImage', 'url') !== wantedImage(host);
      const tries: JsonObject = isAnother ? { provisioningFailCount: 0, errorCount: 0 } : {};
      write(
        host,
        world,
        {
          operationalStatus: 'OK',
          errorMessage: '',
          ...tries,
          lastAttemptedImage: image,
          ...history(host, world, 'provision', 'start'),
        },
        { state: 'provisioning', image },
      );
      world.event(
        host,
        'Normal',
        'ProvisioningStarted',
        `Image provisioning started for ${wantedImage(host)}`,
        MANAGER,
      );
    },
  ),
  stage(
    'host-image-fail',
    ['provisioning'],
    (host) => givenImage(host).includes(failing.image) && !mustBeCleared(host),
    3_000,
    (host, world) => {
      const provisioningFailCount = (numberAt(host, 'status', 'provisioningFailCount') ?? 0) + 1;
      const why = `Image provisioning failed: failed to download ${givenImage(host)}: 404 Not Found`;
      fail(host, world, 'provisioning error', why, { provisioningFailCount });
      const live = world.get(bareMetalHost, String(host.metadata.namespace), host.metadata.name);
      if (live !== undefined) write(live, world, {}, { state: 'deprovisioning' });
    },
  ),
  stage(
    'host-provision',
    ['provisioning'],
    (host, world) => isWriting(host, world) && !isWholeDisk(host),
    8_000,
    provisioned,
  ),
  stage(
    'host-write-disk',
    ['provisioning'],
    (host, world) => isWriting(host, world) && isWholeDisk(host),
    WHOLE_DISK_MS,
    provisioned,
  ),
  stage('host-clear', ['provisioning', 'provisioned'], mustBeCleared, 500, (host, world) => {
    write(host, world, { ...fine, ...history(host, world, 'deprovision', 'start') }, { state: 'deprovisioning' });
    world.event(host, 'Normal', 'DeprovisioningStarted', 'Image deprovisioning started', MANAGER);
  }),
  stage(
    'host-clean',
    ['deprovisioning'],
    () => true,
    4_000,
    (host, world) => {
      const failed = hasGivenUp(host) || textAt(host, 'status', 'errorType') === 'provisioning error';
      // What failed stays told until it is tried again with success, or the image is taken away.
      const told = failed && wantedImage(host) !== '' ? {} : { ...fine, provisioningFailCount: 0 };
      write(
        host,
        world,
        { ...told, poweredOn: false, ...history(host, world, 'deprovision', 'end') },
        { state: isLeaving(host) ? 'powering off before delete' : 'available', image: null },
      );
      world.event(host, 'Normal', 'DeprovisioningComplete', 'Image deprovisioning completed', MANAGER);
    },
  ),
  stage(
    'host-forgive',
    ['available'],
    (host) =>
      !isLeaving(host) && textAt(host, 'status', 'errorType') === 'provisioning error' && wantedImage(host) === '',
    200,
    (host, world) => write(host, world, { ...fine, provisioningFailCount: 0 }),
  ),
  stage(
    'host-power-fail',
    SETTLED,
    (host) => !isLeaving(host) && isOnline(host) !== isPowered(host) && fails(host, 'power'),
    2_000,
    (host, world) => fail(host, world, 'power management error', `failed to set the power state of ${addressOf(host)}`),
    { endless: true },
  ),
  stage(
    'host-power',
    SETTLED,
    (host) =>
      !isLeaving(host) &&
      isOnline(host) !== isPowered(host) &&
      !fails(host, 'power') &&
      !(stateOf(host) === 'available' && shallHaveImage(host)),
    1_000,
    (host, world) => {
      write(host, world, { poweredOn: isOnline(host) });
      world.event(
        host,
        'Normal',
        isOnline(host) ? 'PowerOn' : 'PowerOff',
        isOnline(host) ? 'Host powered on' : 'Host powered off',
        MANAGER,
      );
    },
  ),
  stage(
    'host-reboot',
    SETTLED,
    (host) => !isLeaving(host) && annotation(host, REBOOT) !== undefined && isPowered(host) && isOnline(host),
    500,
    (host, world) => {
      const { [REBOOT]: _, ...annotations } = objectAt(host, 'metadata', 'annotations') ?? {};
      world.change(bareMetalHost, host, { ...host, metadata: { ...host.metadata, annotations } }, MANAGER);
      const live = world.get(bareMetalHost, String(host.metadata.namespace), host.metadata.name);
      if (live === undefined) return;
      // Off, and on again as soon as it is seen that it should be.
      write(live, world, { poweredOn: false });
      world.event(live, 'Normal', 'PowerOff', 'Host soft powered off', MANAGER);
    },
  ),
  stage(
    'host-leave',
    ['', 'unmanaged', 'registering', 'inspecting', 'preparing', 'available', 'externally provisioned'],
    (host) => isLeaving(host),
    300,
    enter('powering off before delete'),
  ),
  stage(
    'host-power-off',
    ['powering off before delete'],
    () => true,
    600,
    (host, world) => write(host, world, { ...fine, poweredOn: false }, { state: 'deleting' }),
  ),
  stage(
    'host-let-go',
    ['deleting'],
    () => true,
    300,
    (host, world) => world.dropFinalizer(bareMetalHost, host, FINALIZER, MANAGER),
  ),
  {
    name: 'host-detach',
    kind: bareMetalHost,
    selects: (host) => {
      const isDetached = textAt(host, 'status', 'operationalStatus') === 'detached';
      const asked = annotation(host, DETACHED) !== undefined && SETTLED.includes(stateOf(host)) && !isLeaving(host);
      return (
        hasFinalizer(host, FINALIZER) &&
        annotation(host, PAUSED) === undefined &&
        asked !== isDetached &&
        (asked || isDetached)
      );
    },
    delayMs: 200,
    step: (host, world) =>
      write(host, world, { ...fine, operationalStatus: annotation(host, DETACHED) === undefined ? 'OK' : 'detached' }),
  },
];
