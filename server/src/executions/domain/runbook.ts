/** Decides what a runbook may say, and when it is verified: any edit makes a new version that nobody has verified. */
import { say } from '../../kernel/bilingual.js';
import type { Refusal } from '../../kernel/refusal.js';
import {
  type ExecutionKind,
  mayBe,
  STEP_STAGES,
  type StepAction,
  type StepKind,
  type StepStage,
} from './execution-words.js';
import { tierOfLine } from './start-order.js';

/** Somebody has read it (REVIEW, never its author), or it was carried out to its end (EXECUTION). */
export const RUNBOOK_STATES = ['NEEDS_VERIFIED', 'VERIFIED'] as const;
export type RunbookState = (typeof RUNBOOK_STATES)[number];

export interface PlannedStep {
  readonly stage: StepStage;
  readonly kind: StepKind;
  readonly action: StepAction;
  readonly title: string;
  /** What a person is told to do, or why it is done. */
  readonly instruction: string;
  readonly timeoutSeconds: number;
  /** Tries of the console's own beyond the first; after those it stands still. */
  readonly retries: number;
  /** It is not done without a file or a text. */
  readonly needsEvidence: boolean;
  /** Another person looks before it counts. */
  readonly secondCheck: boolean;
  readonly params: StepParams;
}

/** What an action is told; each reads its own. */
export interface StepParams {
  /** PROVE_FENCE: by what. */
  readonly proof?: 'MACHINES_GONE' | 'NETWORK_FENCE' | 'BMC_OFF' | 'STATEMENT';
  /** NETWORK_FENCE: what is let in no more. */
  readonly cidrs?: readonly string[];
  readonly fenceClass?: string;
  /** BMC_OFF: BareMetalHosts of the old side's cluster, "namespace/name". */
  readonly hosts?: readonly string[];
  /** PROBE, SWITCH_TRAFFIC. */
  readonly url?: string;
  /** START_TARGET: tiers, those that others depend on first, each with what must answer before the next; the others follow. */
  readonly order?: readonly string[];
  /** Machines that people have started, as they said; never written into a runbook. */
  readonly byHand?: readonly string[];
  /** ROLL_BACK: from where to where it goes back. */
  readonly back?: boolean;
}

export const RUNBOOK_STEPS_MAX = 60;
export const TITLE_LENGTH_MAX = 60;
export const INSTRUCTION_LENGTH_MAX = 1_000;
export const TIMEOUT_S_MIN = 5;
/** A day: longer, and it is no step of an emergency. */
export const TIMEOUT_S_MAX = 86_400;
export const RETRIES_MAX = 5;
const PARAM_ITEMS_MAX = 64;
const PARAM_LENGTH_MAX = 300;
const HTTP = /^https?:\/\/[^\s]+$/;

export function refusedSteps(kind: ExecutionKind, steps: readonly PlannedStep[]): Refusal[] {
  if (steps.length === 0 || steps.length > RUNBOOK_STEPS_MAX)
    return [
      invalid([], 'length', `须有 1 至 ${RUNBOOK_STEPS_MAX} 个步骤`, `A runbook has 1 to ${RUNBOOK_STEPS_MAX} steps`),
    ];
  const each = steps.flatMap((step, at) => refusedStep(step, at));
  const late = steps.findIndex((step, at) => at > 0 && stageAt(step) < stageAt(steps[at - 1] as PlannedStep));
  if (late > 0)
    each.push(invalid([`${late}`, 'stage'], 'order', '阶段须按先后排列', 'Stages must stand in their order'));
  return each.length > 0 ? each : refusedMove(kind, steps);
}

const stageAt = ({ stage }: PlannedStep): number => STEP_STAGES.indexOf(stage);

function refusedStep(step: PlannedStep, at: number): Refusal[] {
  const wrong: Refusal[] = [];
  const field = (name: string, rule: string, zh: string, en: string) =>
    wrong.push(invalid([`${at}`, name], rule, zh, en));
  const title = step.title.trim().length;
  if (title === 0 || title > TITLE_LENGTH_MAX)
    field('title', 'length', `名称须为 1 至 ${TITLE_LENGTH_MAX} 字`, `A title has 1 to ${TITLE_LENGTH_MAX} characters`);
  if (step.instruction.length > INSTRUCTION_LENGTH_MAX)
    field(
      'instruction',
      'length',
      `说明最多 ${INSTRUCTION_LENGTH_MAX} 字`,
      `At most ${INSTRUCTION_LENGTH_MAX} characters`,
    );
  if (step.kind !== 'AUTOMATIC' && step.instruction.trim() === '')
    field('instruction', 'required', '人工和决策步骤须写明做什么', 'Say what the person is to do');
  if (!mayBe(step.action, step.kind))
    field('kind', 'choice', '该动作不能以此方式执行', 'This action cannot be of that kind');
  if (!isWhole(step.timeoutSeconds, TIMEOUT_S_MIN, TIMEOUT_S_MAX))
    field('timeoutSeconds', 'range', `时限 ${TIMEOUT_S_MIN} 秒至 24 小时`, `Between ${TIMEOUT_S_MIN} s and 24 h`);
  if (!isWhole(step.retries, 0, RETRIES_MAX))
    field('retries', 'range', `自动重试 0 至 ${RETRIES_MAX} 次`, `Between 0 and ${RETRIES_MAX} tries more`);
  if (step.stage === 'ROLL_BACK')
    field('stage', 'choice', '回退步骤由系统生成', 'Steps of a roll-back are made when it is decided');
  wrong.push(...refusedParams(step, at));
  return wrong;
}

const isWhole = (value: number, least: number, most: number) =>
  Number.isInteger(value) && value >= least && value <= most;

/** Until a check has passed the execution may be cancelled, and nobody would take back what was done before. */
const LOOKS_ONLY: readonly StepAction[] = ['CHECK_PREREQUISITES', 'PROBE', 'VERIFY', 'INSTRUCTION'];

function refusedParams({ action, kind, params, secondCheck, stage }: PlannedStep, at: number): Refusal[] {
  const wrong: Refusal[] = [];
  const ofStep = (name: string, zh: string, en: string) => wrong.push(invalid([`${at}`, name], 'choice', zh, en));
  // Whatever is found wrong only while it is carried out can be left by going back alone.
  if (stage === 'PRECHECK' && !LOOKS_ONLY.includes(action))
    ofStep('stage', '检查阶段只能查看，不能改动生产', 'A check only looks; what changes something comes after it');
  if (kind === 'AUTOMATIC' && secondCheck)
    ofStep('secondCheck', '自动步骤没有人复核', 'Nobody checks what the console does by itself');
  if (action === 'PROVE_FENCE' && kind === 'MANUAL' && !secondCheck)
    ofStep('secondCheck', '隔离声明须由两人签署', 'A statement of the fence is signed by two people');
  const field = (name: string, zh: string, en: string) =>
    wrong.push(invalid([`${at}`, 'params', name], 'format', zh, en));
  const lists = [params.cidrs ?? [], params.hosts ?? [], params.order ?? []];
  if (lists.some((list) => list.length > PARAM_ITEMS_MAX || list.some((one) => one.length > PARAM_LENGTH_MAX)))
    field('list', `最多 ${PARAM_ITEMS_MAX} 项`, `At most ${PARAM_ITEMS_MAX} items`);
  if ((params.order ?? []).some((line) => tierOfLine(line) === undefined))
    field(
      'order',
      '层名后的探测须为 http、https 或 tcp://地址:端口',
      'What is asked of a tier is http, https or tcp://host:port',
    );
  if (action === 'PROVE_FENCE') {
    if (params.proof === undefined) field('proof', '请选择以什么证明隔离', 'Say by what the fence is proved');
    else if ((params.proof === 'STATEMENT') !== (kind === 'MANUAL'))
      field('proof', '声明由人签署，其他证明由系统读取', 'A statement is signed by people; the others are read');
    if (params.proof === 'NETWORK_FENCE' && ((params.cidrs ?? []).length === 0 || !params.fenceClass))
      field('cidrs', '请给出网段和隔离类', 'Name the networks and the fence’s class');
    if (params.proof === 'BMC_OFF' && (params.hosts ?? []).length === 0)
      field('hosts', '请给出服务器', 'Name the servers');
  }
  if ((action === 'PROBE' || action === 'SWITCH_TRAFFIC') && kind === 'AUTOMATIC' && !HTTP.test(params.url ?? ''))
    field('url', '请给出以 http 或 https 开头的地址', 'Give an address that begins with http or https');
  return wrong;
}

/** What a move of the writer cannot do without, and in which order. */
function refusedMove(kind: ExecutionKind, steps: readonly PlannedStep[]): Refusal[] {
  const at = (action: StepAction) => steps.findIndex((step) => step.action === action);
  const wrong: Refusal[] = [];
  const needs: StepAction[] =
    kind === 'FAILOVER'
      ? ['ACCEPT_LOSS', 'PROVE_FENCE', 'PROMOTE_TARGET', 'START_TARGET', 'SWITCH_TRAFFIC', 'VERIFY', 'DECIDE_COMMIT']
      : [
          ...(['HALT_SOURCE', 'PROVE_FENCE', 'FINAL_SYNC', 'DEMOTE_SOURCE', 'PROMOTE_TARGET'] as const),
          ...(['START_TARGET', 'SWITCH_TRAFFIC', 'VERIFY', 'DECIDE_COMMIT'] as const),
        ];
  let before = -1;
  for (const action of needs) {
    const here = at(action);
    if (here < 0) wrong.push(invalid([], 'required', `缺少步骤 ${action}`, `There is no step ${action}`));
    else if (here < before)
      wrong.push(invalid([`${here}`], 'order', `步骤 ${action} 的次序不对`, `The step ${action} stands too early`));
    before = Math.max(before, here);
  }
  for (const action of needs)
    if (steps.filter((step) => step.action === action).length > 1)
      wrong.push(invalid([], 'unique', `步骤 ${action} 只能有一个`, `There is more than one step ${action}`));
  for (const [index, { action, stage }] of steps.entries()) {
    const wanted: StepStage | null =
      action === 'VERIFY' || action === 'DECIDE_COMMIT' ? 'VALIDATE' : needs.includes(action) ? 'RUN' : null;
    if (wanted !== null && stage !== wanted)
      wrong.push(invalid([`${index}`, 'stage'], 'choice', '该步骤的阶段不对', 'This step is of another stage'));
  }
  return wrong;
}

function invalid(path: readonly string[], rule: string, zh: string, en: string): Refusal {
  return { code: 'INVALID_INPUT', path: ['steps', ...path], rule, message: say(zh, en) };
}

/** Nobody verifies what he wrote; only what is newest is worth it. */
export function refusedVerifier(
  version: { readonly number: number; readonly authoredById: string; readonly state: RunbookState },
  latestNumber: number,
  userId: string,
): Refusal | null {
  if (version.authoredById === userId)
    return {
      ...{ code: 'NOT_PERMITTED', path: [], reason: 'OWN_WORK' },
      message: say('编写人不能核验自己的预案', 'Whoever wrote it does not verify it'),
    };
  if (version.number !== latestNumber)
    return {
      ...{ code: 'VERSION_CONFLICT', path: ['number'], expected: version.number, current: latestNumber },
      message: say('预案已有新版本，请核验最新版本', 'There is a newer version; verify that one'),
    };
  if (version.state === 'VERIFIED')
    return {
      ...{ code: 'ILLEGAL_TRANSITION', path: [], state: version.state, action: 'VERIFY' },
      message: say('该版本已核验', 'This version is verified already'),
    };
  return null;
}
