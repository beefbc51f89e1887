import type { Migration } from '../migration.js';

const FIRST_EDITION_ID = '019ad000-0000-7000-8000-000000000002';
const EDITION_ID = '019ad000-0000-7000-8000-000000000003';
const PUBLISHED_AT = new Date('2026-11-29T08:00:00.000Z');

const product = (
  part: 'CPU' | 'OS' | 'DATABASE',
  key: string,
  name: string,
  domestic: boolean | null,
  statedAs: readonly string[],
  offeredAs: readonly string[],
  architectures: readonly string[] = [],
) => ({ key, part, name, statedAs, offeredAs, architectures, domestic });

/** As products are called today; the cloud authority keeps the list with the published one. */
const PRODUCTS = [
  product('CPU', 'kunpeng', '鲲鹏', true, ['鲲鹏', 'kunpeng'], ['鲲鹏', 'kunpeng'], ['ARM64']),
  product('CPU', 'phytium', '飞腾', true, ['飞腾', 'phytium'], ['飞腾', 'phytium'], ['ARM64']),
  product('CPU', 'hygon', '海光', true, ['海光', 'hygon'], ['海光', 'hygon'], ['AMD64']),
  product('CPU', 'zhaoxin', '兆芯', true, ['兆芯', 'zhaoxin', '开胜'], ['兆芯', 'zhaoxin'], ['AMD64']),
  product('CPU', 'loongson', '龙芯', true, ['龙芯', 'loongson'], ['龙芯', 'loongson'], ['LOONGARCH64']),
  product('CPU', 'intel', '英特尔', false, ['英特尔', 'intel', 'xeon', '至强'], ['英特尔', 'intel'], ['AMD64']),
  product('CPU', 'amd', '超威', false, ['超威', 'amd', 'epyc', '霄龙'], ['超威', 'amd'], ['AMD64']),
  product('OS', 'kylin', '银河麒麟', true, ['麒麟', 'kylin'], ['麒麟', 'kylin']),
  product('OS', 'uos', '统信 UOS', true, ['统信', 'uos'], ['统信', 'uos']),
  product('OS', 'openeuler', 'openEuler', true, ['欧拉', 'openeuler', 'euleros'], ['欧拉', 'openeuler', 'euleros']),
  product('OS', 'anolis', '龙蜥 Anolis OS', true, ['龙蜥', 'anolis'], ['龙蜥', 'anolis']),
  product('OS', 'nfschina', '中科方德', true, ['方德', 'nfschina'], ['方德', 'nfschina']),
  product('OS', 'ubuntu', 'Ubuntu', false, ['ubuntu', '乌班图'], ['ubuntu']),
  product('OS', 'centos', 'CentOS', false, ['centos'], ['centos']),
  product(
    'OS',
    'redhat',
    'Red Hat Enterprise Linux',
    false,
    ['red hat', 'redhat', 'rhel', '红帽'],
    ['red hat', 'redhat', 'rhel'],
  ),
  product('OS', 'windows', 'Windows Server', false, ['windows'], ['windows']),
  product('DATABASE', 'dameng', '达梦', true, ['达梦', 'dameng'], ['达梦', 'dameng']),
  product('DATABASE', 'kingbase', '人大金仓', true, ['金仓', 'kingbase'], ['金仓', 'kingbase']),
  product('DATABASE', 'oceanbase', 'OceanBase', true, ['oceanbase'], ['oceanbase']),
  product('DATABASE', 'gaussdb', 'GaussDB', true, ['gaussdb', '高斯'], ['gaussdb', '高斯']),
  product('DATABASE', 'tidb', 'TiDB', true, ['tidb'], ['tidb']),
  product('DATABASE', 'goldendb', 'GoldenDB', true, ['goldendb'], ['goldendb']),
  product('DATABASE', 'mysql', 'MySQL', false, ['mysql'], ['mysql']),
  product('DATABASE', 'postgresql', 'PostgreSQL', false, ['postgresql', 'postgres'], ['postgresql', 'postgres']),
  product('DATABASE', 'oracle', 'Oracle', false, ['oracle', '甲骨文'], ['oracle']),
  product('DATABASE', 'sqlserver', 'SQL Server', false, ['sql server', 'sqlserver'], ['sql server', 'sqlserver']),
];

const rule = (key: string, check: string, title: readonly [string, string], text: readonly [string, string]) => ({
  key,
  check,
  severity: 'REFUSE',
  title: { zh: title[0], en: title[1] },
  text: { zh: text[0], en: text[1] },
  linkTo: 'SYSTEM_RELIABILITY',
  parameter: null,
  condition: {
    kinds: null,
    zones: null,
    protectionLevels: null,
    localModes: null,
    remoteModes: null,
    departmentLevels: null,
    departmentIds: null,
  },
});

const RULES = [
  rule(
    'processor-stated',
    'PROCESSOR_STATED',
    ['处理器与说明一致', 'The processor is as stated'],
    [
      '申请的规格与安全可靠情况说明中的处理器不一致，请改规格或更新说明',
      'What is asked for runs on another processor than the statement says: choose another, or state it anew',
    ],
  ),
  rule(
    'software-stated',
    'SOFTWARE_STATED',
    ['操作系统和数据库列入说明', 'Operating systems and databases are stated'],
    [
      '申请的软件与安全可靠情况说明不一致，请改选或更新说明',
      'The software that is asked for is not as the statement says: choose another, or state it anew',
    ],
  ),
];

/** Behind the rule on foreign processors of the first edition. */
const AFTER_FOREIGN = 6;

/**
 * A directory of products, and two rules that compare lines with the statement by it: a second edition. A province that has
 * published its own keeps it; its cloud authority takes them over with its next one.
 */
export const gateProducts: Migration = {
  id: '202611291630-gate-products',
  async up({ sql }) {
    const [content, values] = RULES.reduce<readonly [string, readonly unknown[]]>(
      ([to, with_], one, at) => [
        `json_array_insert(${to}, '$.rules[${AFTER_FOREIGN + at}]', json_extract(?, '$'))`,
        [...with_, JSON.stringify(one)],
      ],
      ["json_set(content, '$.products', json_extract(?, '$'))", [JSON.stringify(PRODUCTS)]],
    );
    await sql(
      `insert into gate_edition (id, number, open_draft, note, effective_from, content, version, changed_at, changed_by_id,
         changed_by, published_at, published_by_id, published_by)
       select ?, 2, null, '申请明细与安全可靠情况说明逐行比对', '2026-01-01', ${content}, 1, ?, null, '集云', ?, null, '集云'
         from gate_edition where id = ? and (select max(number) from gate_edition) = 1`,
      [EDITION_ID, ...values, PUBLISHED_AT, PUBLISHED_AT, FIRST_EDITION_ID],
    );
  },
};
