/** Metal3's BareMetalHost and the HardwareData that its inspection writes. */
import { equal, type KubeObject, textAt } from '../json.js';
import { bareMetalHostSpec, bareMetalHostStatus, hardwareDataSpec } from './bare-metal-schema.js';
import { crdAgeColumn, crdColumn } from './columns.js';
import { customKind, nameColumn } from './kind.js';

const group = { group: 'metal3.io', version: 'v1alpha1', namespaced: true, columnsInCrd: true } as const;

export const bareMetalHost = customKind({
  ...group,
  kind: 'BareMetalHost',
  plural: 'baremetalhosts',
  shortNames: ['bmh', 'bmhost'],
  statusSubresource: true,
  fields: { spec: bareMetalHostSpec, status: bareMetalHostStatus },
  columns: [
    nameColumn,
    crdColumn('Status', 'status.operationalStatus', { priority: 1 }),
    crdColumn('State', 'status.provisioning.state'),
    crdColumn('Consumer', 'spec.consumerRef.name'),
    crdColumn('BMC', 'spec.bmc.address', { priority: 1 }),
    crdColumn('Online', 'spec.online'),
    crdColumn('Error', 'status.errorType'),
    crdAgeColumn,
  ],
  webhook: refusal,
});

export const hardwareData = customKind({
  ...group,
  kind: 'HardwareData',
  plural: 'hardwaredata',
  shortNames: ['hd'],
  fields: { spec: hardwareDataSpec },
  columns: [nameColumn, crdAgeColumn],
});

const SCHEMES =
  /^(ipmi|libvirt|redfish|redfish-virtualmedia|redfish-uefihttp|idrac-redfish|idrac-virtualmedia|ilo5-redfish|ilo5-virtualmedia)(\+https?)?:\/\//;
/** States in which a host may be given another controller. */
const UNATTACHED = [undefined, '', 'registering', 'unmanaged'];

/** internal/webhooks/metal3.io/v1alpha1/baremetalhost_validation.go. */
function refusal(next: KubeObject, live: KubeObject | undefined): string | undefined {
  const address = textAt(next, 'spec', 'bmc', 'address') ?? '';
  if (address !== '' && !SCHEMES.test(address))
    return `Unknown BMC type '${address.split(':')[0]}' for address ${address}`;
  const checksum = textAt(next, 'spec', 'image', 'checksum') ?? '';
  const url = textAt(next, 'spec', 'image', 'url') ?? '';
  const isLive = textAt(next, 'spec', 'image', 'format') === 'live-iso';
  if (url !== '' && !isLive && !url.startsWith('oci://') && checksum === '') return 'Image.checksum is required';
  const off = next.spec !== undefined && (next.spec as { disablePowerOff?: boolean; online?: boolean });
  if (off && off.disablePowerOff === true && off.online === false)
    return "node can't simultaneously have online set to false and have power off disabled";
  if (live === undefined) return undefined;
  const before = textAt(live, 'spec', 'bootMACAddress') ?? '';
  if (before !== '' && before !== textAt(next, 'spec', 'bootMACAddress'))
    return 'bootMACAddress can not be changed once it is set';
  const state = textAt(live, 'status', 'provisioning', 'state');
  const wasAt = textAt(live, 'spec', 'bmc', 'address') ?? '';
  const isDetached = textAt(live, 'status', 'operationalStatus') === 'detached';
  if (wasAt !== '' && !equal(wasAt, address) && !isDetached && !UNATTACHED.includes(state))
    return `BMC address can not be changed if the BMH is not in the Registering state, or if the BMH is not detached, current state is ${String(state)}`;
  return undefined;
}
