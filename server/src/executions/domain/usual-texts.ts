/** Decides how the texts that the console proposes for a runbook are said in the reader's language; what its author changed of one is his. */
import { type Bilingual, say } from '../../kernel/bilingual.js';

export const USUAL = {
  CHECK: say('检查切换条件', 'Check what must be so before'),
  HALT: say('停止原中心的虚拟机', 'Halt the machines of the old center'),
  PROVE: say('证明原中心不再写入', 'Prove that the old center writes no more'),
  SYNC: say('最后一次同步', 'Last sync'),
  DEMOTE: say('将原中心的数据降为副本', 'Make the data of the old center a copy'),
  PROMOTE: say('将目标中心的数据升为写入方', 'Make the data of the target center the writer'),
  START: say('按依赖次序启动目标中心的虚拟机', 'Start the machines of the target center in their order'),
  TRAFFIC: say('切换访问流量', 'Lead the traffic over'),
  TRAFFIC_TOLD: say(
    '将域名解析或负载均衡指向目标中心，并附上变更截图或记录。',
    'Point DNS or the load balancer at the target center, and attach a record or a picture of the change.',
  ),
  VERIFY: say('业务单位验证', 'Verification by the department'),
  VERIFY_TOLD: say(
    '由系统使用单位登录业务，核对关键数据和功能，并记录结果。',
    'The department whose system it is signs in, checks the data and functions that matter, and writes down what it found.',
  ),
  DECIDE: say('决定提交或回退', 'Decide to commit or to roll back'),
  DECIDE_TOLD: say(
    '验证通过则提交；否则回退到原中心。',
    'Commit where the verification passed; else roll back to the old center.',
  ),
  ACCEPT: say('确认可能丢失的数据', 'Accept what may be lost'),
  ACCEPT_TOLD: say(
    '核对将要丢失的数据量；不明或超过承诺时须逐字输入确认。',
    'Look at how much is going to be lost; where nobody knows, or where it is more than was promised, it is typed letter by letter.',
  ),
  STATEMENT_TOLD: say(
    '由不同部门的两人确认原中心已断电或断网，附证据签署声明。',
    'Two people of different departments make sure that the old center is without power or network, and sign a statement with evidence.',
  ),
  POINT: say('异地副本改由新写入方发送', 'Have the remote copy sent from the new writer'),
  RETURN: say('登记原中心恢复后的处置', 'Write down what becomes of the old center when it is back'),
  RETURN_TOLD: say(
    '原中心恢复后先保持停机，再按回切预案恢复反向保护。',
    'When the old center is back, keep it halted; then protect it in the other direction by the failback’s runbook.',
  ),
  REPROTECT: say('建立反向保护', 'Protect it in the other direction'),
  LIFT: say('解除隔离', 'Lift the fence'),
  BACK_HALT: say('停止目标中心的虚拟机', 'Halt the machines of the target center'),
  BACK_LIFT_SOURCE: say('解除原中心的隔离', 'Lift the fence of the old center'),
  BACK_PROVE: say('证明目标中心不再写入', 'Prove that the target center writes no more'),
  BACK_DEMOTE: say('将目标中心的数据降为副本', 'Make the data of the target center a copy'),
  BACK_PROMOTE: say('将原中心的数据重新升为写入方', 'Make the data of the old center the writer again'),
  BACK_START: say('启动原中心的虚拟机', 'Start the machines of the old center'),
  BACK_TRAFFIC: say('将访问流量切回原中心', 'Lead the traffic back to the old center'),
  BACK_LIFT_TARGET: say('解除目标中心的隔离', 'Lift the fence of the target center'),
} as const;

const KNOWN: ReadonlyMap<string, Bilingual> = new Map(
  Object.values(USUAL).flatMap((text) => [
    [text.zh, text],
    [text.en, text],
  ]),
);

/** Known by its letters, so that runbooks and steps of before are read in both languages as well. */
export function sayUsual(text: string): Bilingual {
  return KNOWN.get(text) ?? say(text, text);
}

/** One text is kept, whichever language its editor read it in: a version that changes nothing has the same hash. */
export function keptText(text: string): string {
  return sayUsual(text.trim()).zh;
}
