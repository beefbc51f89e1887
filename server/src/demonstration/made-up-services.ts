import type { CatalogRows } from '../catalog/catalog.service.js';
import type { CabinetOffer, ServerOffer } from '../catalog/domain/entries.js';
import type {
  DefinitionContent,
  FieldType,
  ServiceDefinition,
  ServiceField,
} from '../catalog/domain/service-definition.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { Seeded } from './seeded.js';

const MIB_PER_GIB = 1024;

type Size = readonly [cores: number, memoryGib: number, disks: string, accelerator?: readonly [string, number]];
const SERVERS: readonly (readonly [
  code: string,
  string,
  ServerOffer['architecture'],
  ServerOffer['cpuMaker'],
  Size,
])[] = [
  ['kunpeng-2s-64c', '鲲鹏通用服务器 64 核', 'ARM64', 'KUNPENG', [64, 256, '2×480G SSD + 8×4T HDD']],
  ['kunpeng-2s-128c', '鲲鹏增强服务器 128 核', 'ARM64', 'KUNPENG', [128, 512, '2×480G SSD + 4×3.84T NVMe']],
  ['phytium-2s-128c', '飞腾通用服务器 128 核', 'ARM64', 'PHYTIUM', [128, 512, '2×480G SSD + 12×8T HDD']],
  ['hygon-2s-64c', '海光通用服务器 64 核', 'AMD64', 'HYGON', [64, 256, '2×480G SSD + 8×4T HDD']],
  ['ascend-8npu', '昇腾训练服务器', 'ARM64', 'KUNPENG', [192, 1_536, '2×960G SSD + 4×7.68T NVMe', ['昇腾 910B', 8]]],
];

const CABINETS: readonly (readonly [
  code: string,
  string,
  CabinetOffer['form'],
  CabinetOffer['zone'],
  number,
  number,
])[] = [
  ['cabinet-u-extranet', '政务外网区机位（按 U）', 'UNIT', 'GOVERNMENT_EXTRANET', 1, 150],
  ['cabinet-u-internet', '互联网区机位（按 U）', 'UNIT', 'INTERNET', 1, 150],
  ['cabinet-whole-extranet', '政务外网区整柜 42U', 'WHOLE', 'GOVERNMENT_EXTRANET', 42, 6_000],
  ['cabinet-whole-line', '业务专网区整柜 42U', 'WHOLE', 'BUSINESS_LINE', 42, 6_000],
];

/** What is asked of whoever wants the service, and what is promised. */
const SERVICES: readonly (readonly [code: string, DefinitionContent])[] = [
  [
    'network-policy',
    service(
      say('网络策略', 'Network policy'),
      say('开通或关闭系统之间、区域之间的访问', 'Opens or closes access between systems and zones'),
      say('条', 'rule'),
      {
        quantityMaximum: 200,
        fulfilment: 'AUTOMATIC',
        fields: [
          choice('direction', say('方向', 'Direction'), [
            ['ingress', '访问本系统', 'Into the system'],
            ['egress', '本系统访问', 'Out of the system'],
          ]),
          field('peer', 'IP', say('对端地址或网段（源或目的）', 'The other side (source or target)')),
          choice('protocol', say('协议', 'Protocol'), [
            ['tcp', 'TCP'],
            ['udp', 'UDP'],
            ['icmp', 'ICMP'],
          ]),
          field('ports', 'TEXT', say('目的端口，如 443, 8000-8010', 'Target ports, such as 443, 8000-8010'), {
            lengthMaximum: 200,
            required: false,
          }),
          field('until', 'DATE', say('有效期至', 'Valid until'), { required: false }),
          field('reason', 'TEXT', say('业务理由', 'Reason'), { lengthMaximum: 200 }),
        ],
      },
    ),
  ],
  [
    'bandwidth',
    service(
      say('公网 IP 与带宽', 'Public IP and bandwidth'),
      say('互联网出口地址和带宽，按 Mbps 计', 'Address and bandwidth towards the internet, by the Mbps'),
      say('Mbps', 'Mbps'),
      {
        quantityMaximum: 10_000,
        priceMeter: 'SERVICE:bandwidth',
        fields: [
          choice('family', say('地址类型', 'Address family'), [
            ['dual', '双栈', 'Dual stack'],
            ['v6', '仅 IPv6', 'IPv6 only'],
            ['v4', '仅 IPv4', 'IPv4 only'],
          ]),
          field('addresses', 'NUMBER', say('地址数量', 'Number of addresses'), { minimum: 1, maximum: 64 }),
          choice('carrier', say('运营商线路', 'Carrier'), [
            ['telecom', '电信', 'China Telecom'],
            ['unicom', '联通', 'China Unicom'],
            ['mobile', '移动', 'China Mobile'],
            ['bgp', 'BGP 多线', 'BGP'],
          ]),
        ],
      },
    ),
  ],
  [
    'load-balancer',
    service(
      say('负载均衡', 'Load balancer'),
      say('四层或七层负载均衡实例', 'A load balancer on layer 4 or 7'),
      say('个', 'instance'),
      {
        quantityMaximum: 50,
        priceMeter: 'SERVICE:load-balancer',
        fulfilment: 'AUTOMATIC',
        fields: [
          choice('layer', say('类型', 'Layer'), [
            ['l4', '四层', 'Layer 4'],
            ['l7', '七层', 'Layer 7'],
          ]),
          field('port', 'NUMBER', say('监听端口', 'Listening port'), { minimum: 1, maximum: 65_535 }),
          field('domain', 'DOMAIN', say('域名', 'Domain'), { required: false }),
        ],
      },
    ),
  ],
  [
    'vpn-account',
    service(
      say('VPN 与堡垒机账号', 'VPN and bastion account'),
      say('实名的远程运维账号，一人一号', 'A named account for remote operations, one a person'),
      say('个', 'account'),
      {
        quantityMaximum: 100,
        priceMeter: 'SERVICE:vpn-account',
        fields: [
          choice('kind', say('账号类型', 'Kind'), [
            ['vpn', 'VPN', 'VPN'],
            ['bastion', '堡垒机', 'Bastion'],
            ['both', '两者', 'Both'],
          ]),
          field('person', 'TEXT', say('使用人姓名', 'Name of the person'), { lengthMaximum: 40 }),
          field('company', 'TEXT', say('所在单位', 'Works for'), { lengthMaximum: 80 }),
          field('until', 'DATE', say('有效期至', 'Valid until')),
        ],
      },
    ),
  ],
  [
    'domain-certificate',
    service(
      say('域名与证书', 'Domain and certificate'),
      say('gov.cn 子域名解析和国密、RSA 双证书', 'Resolution under gov.cn with SM2 and RSA certificates'),
      say('个', 'domain'),
      {
        quantityMaximum: 50,
        priceMeter: 'SERVICE:domain-certificate',
        fields: [
          field('domain', 'DOMAIN', say('域名', 'Domain')),
          field('address', 'IP', say('解析地址', 'Resolves to')),
          choice('certificate', say('证书', 'Certificate'), [
            ['sm2', '国密 SM2', 'SM2'],
            ['rsa', 'RSA', 'RSA'],
            ['both', '双证书', 'Both'],
          ]),
          field('filing', 'TEXT', say('ICP 备案号', 'ICP filing number'), { lengthMaximum: 40, required: false }),
        ],
      },
    ),
  ],
  [
    'file-storage',
    service(
      say('共享文件与对象存储', 'File and object storage'),
      say('按容量提供的共享文件或对象存储', 'Shared files or objects by capacity'),
      say('GiB', 'GiB'),
      {
        quantityMaximum: 100_000,
        quotaMeter: 'STORAGE_GIB',
        priceMeter: 'SERVICE:file-storage',
        fulfilment: 'AUTOMATIC',
        fields: [
          choice('kind', say('类型', 'Kind'), [
            ['nfs', '共享文件 NFS', 'Shared files (NFS)'],
            ['object', '对象存储', 'Objects'],
          ]),
          field('clients', 'IP', say('允许访问的网段', 'Who may mount it')),
        ],
      },
    ),
  ],
  [
    'backup',
    service(
      say('数据备份', 'Backup'),
      say('按策略备份虚拟机、数据库或文件', 'Backs up machines, databases or files by a policy'),
      say('GiB', 'GiB'),
      {
        quantityMaximum: 100_000,
        priceMeter: 'SERVICE:backup',
        fields: [
          choice('object', say('备份对象', 'What'), [
            ['vm', '虚拟机', 'Machine'],
            ['database', '数据库', 'Database'],
            ['file', '文件', 'Files'],
          ]),
          choice('cycle', say('周期', 'Cycle'), [
            ['daily', '每日', 'Daily'],
            ['weekly', '每周', 'Weekly'],
          ]),
          field('keepDays', 'NUMBER', say('保留天数', 'Days to keep'), { minimum: 7, maximum: 3_650 }),
          choice('remote', say('异地副本', 'Remote copy'), [
            ['yes', '需要', 'Yes'],
            ['no', '不需要', 'No'],
          ]),
        ],
      },
    ),
  ],
  [
    'host-security',
    service(
      say('安全服务', 'Security service'),
      say(
        '主机防护、漏洞扫描、网页防篡改与 Web 应用防火墙',
        'Host protection, scans, tamper protection and a web application firewall',
      ),
      say('台', 'host'),
      {
        quantityMaximum: 500,
        priceMeter: 'SERVICE:host-security',
        fields: [
          choice('kind', say('服务内容', 'What'), [
            ['host', '主机防护', 'Host protection'],
            ['waf', 'Web 应用防火墙', 'Web application firewall'],
            ['scan', '漏洞扫描', 'Vulnerability scan'],
            ['tamper', '网页防篡改', 'Tamper protection'],
          ]),
          field('site', 'DOMAIN', say('防护域名', 'Protected domain'), { required: false }),
          field('contact', 'TEXT', say('安全联系人', 'Security contact'), { lengthMaximum: 40 }),
        ],
      },
    ),
  ],
];

/** What is priced of them, by the words that the catalog has for it: people know no class by its code. */
export function wordsOfMeters(): ReadonlyMap<string, { readonly name: Bilingual; readonly unit: Bilingual }> {
  const services = SERVICES.flatMap(([, { name, priceMeter, unit }]) =>
    priceMeter === null ? [] : [[priceMeter, { name, unit }] as const],
  );
  const servers = SERVERS.map(
    ([code, name]) => [`SERVER:${code}`, { name: say(name, `Server ${code}`), unit: say('台', 'server') }] as const,
  );
  return new Map([...services, ...servers]);
}

/** Classes of servers, cabinet space and the eight services that every department asks for. */
export function makeUpKinds(seeded: Seeded): Pick<CatalogRows, 'servers' | 'cabinets' | 'services' | 'definitions'> {
  const begin = () => ({ id: seeded.id(), status: 'OFFERED' as const, version: 1 });
  const services = SERVICES.map(([code]) => ({ ...begin(), code, definitionNumber: 1 }));
  return {
    servers: SERVERS.map(
      ([code, name, architecture, cpuMaker, [cores, memoryGib, disks, accelerator]]): ServerOffer => ({
        ...begin(),
        code,
        name,
        architecture,
        cpuMaker,
        cores,
        memoryMib: memoryGib * MIB_PER_GIB,
        disks,
        accelerator: accelerator?.[0] ?? null,
        acceleratorCount: accelerator?.[1] ?? 0,
      }),
    ),
    cabinets: CABINETS.map(
      ([code, name, form, zone, heightUnits, includedW]): CabinetOffer => ({
        ...begin(),
        code,
        name,
        form,
        zone,
        heightUnits,
        includedW,
      }),
    ),
    services,
    definitions: SERVICES.map(
      ([, content], index): ServiceDefinition => ({
        ...content,
        id: seeded.id(),
        serviceId: services[index]?.id ?? '',
        number: 1,
      }),
    ),
  };
}

function service(
  name: Bilingual,
  summary: Bilingual,
  unit: Bilingual,
  more: Partial<DefinitionContent> & Pick<DefinitionContent, 'fields' | 'quantityMaximum'>,
): DefinitionContent {
  return { name, summary, unit, quotaMeter: null, priceMeter: null, fulfilment: 'WORK_ORDER', ...more };
}

function field(key: string, type: FieldType, label: Bilingual, more: Partial<ServiceField> = {}): ServiceField {
  return { key, label, type, required: true, minimum: null, maximum: null, lengthMaximum: null, choices: [], ...more };
}

function choice(
  key: string,
  label: Bilingual,
  choices: readonly (readonly [value: string, zh: string, en?: string])[],
): ServiceField {
  return field(key, 'CHOICE', label, {
    choices: choices.map(([value, zh, en]) => ({ value, label: say(zh, en ?? zh) })),
  });
}
