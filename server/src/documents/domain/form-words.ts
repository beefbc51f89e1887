/** Decides in which words the form and its void reasons name each field and each value. */
import type { LineKind } from '../../allocation/domain/line-kind.js';
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { FormContent, FormLine, FormPart } from './form-content.js';

/** One word a field: a field without one does not compile. */
export const FIELD_WORDS: { readonly [P in FormPart]: { readonly [F in keyof FormContent[P]]: Bilingual } } = {
  request: {
    code: say('申请单编号', 'request number'),
    applicantName: say('经办人', 'applicant'),
    purpose: say('用途说明', 'purpose'),
    monthlyFen: say('月费用合计', 'monthly cost'),
  },
  unit: {
    code: say('单位编码', 'department code'),
    name: say('申请单位', 'department'),
    contactName: say('单位联系人', 'contact of the department'),
    contactPhone: say('联系电话', 'telephone of the department'),
  },
  system: {
    code: say('系统编号', 'system number'),
    name: say('系统名称', 'system'),
    description: say('系统概况', 'description'),
    ownerName: say('系统负责人', 'owner of the system'),
    contacts: say('系统联系人', 'contacts of the system'),
    protectionLevel: say('等级保护级别', 'protection level'),
    filed: say('等保备案', 'protection filing'),
    filingNumber: say('备案编号', 'filing number'),
    filingOrgan: say('备案机关', 'filing organ'),
    filedOn: say('备案日期', 'day of filing'),
    cryptoResult: say('密评结论', 'assessment of cryptography'),
    cryptoAssessedOn: say('密评日期', 'day of the assessment of cryptography'),
    cryptoNumber: say('密评报告编号', 'number of the assessment of cryptography'),
    dataClass: say('数据分级', 'data class'),
    criticalInfrastructure: say('关键信息基础设施', 'critical infrastructure'),
    sharesData: say('共享数据', 'shares data'),
    localMode: say('同城容灾模式', 'local DR mode'),
    remoteMode: say('异地容灾模式', 'remote DR mode'),
    availabilityMilliPercent: say('可用性目标', 'availability target'),
    usersEstimate: say('用户数', 'users'),
    concurrencyEstimate: say('并发数', 'concurrency'),
    vendorCompany: say('承建（运维）单位', 'developer or operator'),
    declarationValidUntil: say('非涉密声明', 'declaration of no state secrets'),
  },
  project: {
    code: say('项目编号', 'project number'),
    name: say('项目名称', 'project'),
    budgetYear: say('预算年度', 'budget year'),
    fundSource: say('资金来源', 'source of funds'),
    approvalNumber: say('立项批复文号', 'approval number'),
    filingNumber: say('备案文号', 'filing number of the project'),
    totalBudgetFen: say('项目总投资', 'total budget'),
    budgetCode: say('预算项目编码', 'budget item'),
    functionClass: say('支出功能分类', 'functional class'),
    economicClass: say('支出经济分类', 'economic class'),
    fundNature: say('资金性质', 'nature of funds'),
    budgetLevel: say('预算级次', 'budget level'),
  },
};

export const LINE_FIELD_WORDS: { readonly [F in keyof FormLine]: Bilingual } = {
  kind: say('类别', 'kind'),
  name: say('名称', 'name'),
  specification: say('规格', 'specification'),
  configuration: say('配置', 'configuration'),
  place: say('部署位置', 'place'),
  term: say('使用期限', 'term'),
  count: say('数量', 'count'),
  monthlyFen: say('月费用', 'monthly cost'),
};

export const KIND_WORDS: { readonly [K in LineKind]: string } = {
  VM: '云服务器',
  SERVER: '独立服务器',
  CABINET: '机柜空间',
  SERVICE: '云服务',
};
export const KIND_UNITS: { readonly [K in LineKind]: string } = {
  VM: '台',
  SERVER: '台',
  CABINET: '项',
  SERVICE: '项',
};

const VALUE_WORDS: { readonly [word: string]: string } = {
  SINGLE: '单中心',
  DUAL_ACTIVE: '同城双活',
  NONE: '无',
  DATA: '异地数据级灾备',
  APPLICATION: '异地应用级灾备',
  CONFORMING: '符合',
  BASICALLY_CONFORMING: '基本符合',
  NOT_CONFORMING: '不符合',
  GENERAL: '一般数据',
  IMPORTANT: '重要数据',
  CORE: '核心数据',
  GENERAL_BUDGET: '一般公共预算',
  GOVERNMENT_FUND: '政府性基金预算',
  STATE_CAPITAL: '国有资本经营预算',
  SPECIAL_BOND: '专项债券',
  OWN_FUNDS: '单位自有资金',
  PROVINCE: '省级',
  CITY: '市级',
  COUNTY: '县级',
  GOVERNMENT_EXTRANET: '政务外网区',
  INTERNET: '互联网区',
  AMD64: '海光/兆芯 x86',
  ARM64: '鲲鹏/飞腾 ARM',
};

/** A word of the API in Chinese; one that this page does not know stays as it is, so that nothing is hidden. */
export function valueWord(word: string): string {
  return VALUE_WORDS[word] ?? word;
}

const LEVELS = ['', '一级', '二级', '三级', '四级', '五级'];

export function protectionWord(level: number): string {
  return LEVELS[level] ?? `${level} 级`;
}

const FEN_PER_YUAN = 100n;
const GROUPS = /\B(?=(\d{3})+(?!\d))/g;

/** 1234567 fen as "12,345.67". */
export function yuanText(fen: bigint): string {
  const whole = fen < 0n ? -fen : fen;
  const yuan = (whole / FEN_PER_YUAN).toString().replace(GROUPS, ',');
  return `${fen < 0n ? '-' : ''}${yuan}.${(whole % FEN_PER_YUAN).toString().padStart(2, '0')}`;
}

const SHANGHAI_OFFSET_MS = 8 * 60 * 60_000;

/** "2026-11-29 13:05" in Shanghai. */
export function shanghaiMinute(time: Date): string {
  return new Date(time.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 16).replace('T', ' ');
}
