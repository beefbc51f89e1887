/** Networks of nodes, and servers as Metal3 keeps them. */
import type { Row } from './row.ts';

export const serverRows: readonly Row[] = [
  {
    apiVersion: 'k8s.cni.cncf.io/v1',
    kind: 'NetworkAttachmentDefinition',
    plural: 'network-attachment-definitions',
    name: 'vlan-120',
    rest: { spec: { config: '{"cniVersion":"1.0.0","type":"bridge","vlan":120}' } },
    change: { spec: { config: '{"vlan":121}' } },
    other: { spec: { config: '{"vlan":122}' } },
    refused: [['no text', { spec: { config: { vlan: 120 } } }]],
  },
  {
    apiVersion: 'metal3.io/v1alpha1',
    kind: 'BareMetalHost',
    plural: 'baremetalhosts',
    name: 'server-1',
    rest: {
      spec: {
        online: false,
        bootMACAddress: '02:00:00:00:00:01',
        bmc: { address: 'redfish://10.0.0.1/redfish/v1/Systems/1', credentialsName: 'server-1-bmc' },
        rootDeviceHints: { minSizeGigabytes: 400 },
      },
    },
    change: { spec: { consumerRef: { apiVersion: 'jiyun.internal/v1', kind: 'Server', name: 'order-1' } } },
    other: { spec: { online: true } },
    status: {
      errorCount: 0,
      errorMessage: '',
      operationalStatus: 'OK',
      poweredOn: false,
      provisioning: { ID: 'ironic-1', state: 'available' },
    },
    refused: [
      ['no such boot mode', { spec: { bootMode: 'BIOS' } }],
      ['no MAC address', { spec: { bootMACAddress: 'zz:00' } }],
      ['online is required', { spec: { online: null } }],
      ['a wrong type', { spec: { online: 'yes' } }],
      ['below the least', { spec: { rootDeviceHints: { minSizeGigabytes: -1 } } }],
      ['an image without a url', { spec: { image: { checksum: 'abc' } } }],
      ['too few disks', { spec: { raid: { softwareRAIDVolumes: [{ level: '1', physicalDisks: [{}] }] } } }],
      [
        'too long and too many',
        {
          spec: {
            raid: {
              hardwareRAIDVolumes: [{ level: '1', name: 'x'.repeat(65) }],
              softwareRAIDVolumes: [{ level: '0' }, { level: '0' }, { level: '0' }],
            },
          },
        },
      ],
    ],
  },
  {
    apiVersion: 'metal3.io/v1alpha1',
    kind: 'HardwareData',
    plural: 'hardwaredata',
    name: 'server-1',
    rest: {
      spec: {
        hardware: {
          cpu: { arch: 'x86_64', count: 64, clockMegahertz: 2600.5 },
          ramMebibytes: 262_144,
          systemVendor: { manufacturer: 'Inspur', productName: 'NF5280M6', serialNumber: 'SN-1' },
          nics: [{ name: 'eno1', mac: '02:00:00:00:00:01', vlanId: 120 }],
          storage: [{ name: '/dev/sda', type: 'SSD', sizeBytes: 480_103_981_056 }],
        },
      },
    },
    change: { spec: { hardware: { hostname: 'server-1' } } },
    other: { spec: { hardware: { hostname: 'server-2' } } },
    refused: [['beyond the most', { spec: { hardware: { nics: [{ vlanId: 4095 }] } } }]],
  },
];
