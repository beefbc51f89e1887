/** What the inspection of a server finds: the machine behind its address, or told by an annotation, else made up from its name. */
import { isObject, type Json, type JsonObject, type KubeObject, textAt } from '../json.js';
import { fnv1a } from '../random.js';
import { keyOfObject } from '../store/store.js';
import { addressOf } from './host-state.js';
import type { World } from './world.js';

/** As the Bare Metal Operator reads it: hardware for hosts that nobody can inspect. */
export const HARDWARE_ANNOTATION = 'inspect.metal3.io/hardwaredetails';

const makers: readonly (readonly [maker: string, model: string, arch: string, cores: number])[] = [
  ['Inspur', 'NF5280M6', 'x86_64', 64],
  ['Huawei', 'TaiShan 200 (Model 2280)', 'aarch64', 96],
  ['H3C', 'UniServer R4900 G5', 'x86_64', 48],
  ['Sugon', 'R6240H0', 'x86_64', 64],
];
const GIBIBYTE = 1_073_741_824;

export function hardwareOf(host: KubeObject, { machines }: Pick<World, 'machines'>): JsonObject {
  return { ...madeUp(host), ...machines.get(HOST_OF_URL.exec(addressOf(host))?.[1] ?? ''), ...told(host) };
}

/** "redfish://10.80.0.21:443/redfish/v1/Systems/1": whose controller it is. */
const HOST_OF_URL = /^[^:]+:\/\/([^:/]+)/;

function told(host: KubeObject): JsonObject {
  const text = textAt(host, 'metadata', 'annotations', HARDWARE_ANNOTATION);
  if (text === undefined) return {};
  try {
    const read = JSON.parse(text) as Json;
    return isObject(read) ? read : {};
  } catch {
    // As the operator: what cannot be read is as good as not there.
    return {};
  }
}

function madeUp(host: KubeObject): JsonObject {
  const number = fnv1a(keyOfObject(host));
  const [manufacturer, productName, arch, cores] = makers[number % makers.length] ??
    makers[0] ?? ['', '', 'x86_64', 64];
  const mac =
    textAt(host, 'spec', 'bootMACAddress') ??
    `02:${(number.toString(16).padStart(8, '0').match(/../g) ?? []).join(':')}:00`;
  return {
    hostname: host.metadata.name,
    systemVendor: { manufacturer, productName, serialNumber: `SN${String(number).padStart(10, '0')}` },
    cpu: { arch, model: `${manufacturer} ${arch}`, count: cores, clockMegahertz: 2_600 },
    ramMebibytes: (number % 2 === 0 ? 256 : 512) * 1_024,
    nics: [{ name: 'eno1', mac, speedGbps: 25, pxe: true }],
    storage: [
      { name: '/dev/sda', type: 'SSD', rotational: false, sizeBytes: 480 * GIBIBYTE, serialNumber: `D${number}A` },
      { name: '/dev/sdb', type: 'HDD', rotational: true, sizeBytes: 4_000 * GIBIBYTE, serialNumber: `D${number}B` },
    ],
    firmware: { bios: { vendor: manufacturer, version: '2.1', date: '03/14/2025' } },
  };
}
