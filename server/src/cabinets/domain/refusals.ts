/** Decides how a place that cannot be had is refused: which rule, in whose words, with which figures. */
import { say } from '../../kernel/bilingual.js';
import type {
  IllegalTransition,
  InputPath,
  InvalidInput,
  NotPermitted,
  SpaceMeter,
  SpaceShortage,
  UnknownReference,
  VersionConflict,
} from '../../kernel/refusal.js';

const METERS: { readonly [M in SpaceMeter]: { zh: string; en: string; show: (amount: number) => string } } = {
  UNITS: { zh: '连续U位', en: 'units in one piece', show: (units) => `${units} U` },
  POWER_W: { zh: '可用功率', en: 'usable power', show: (watts) => `${watts} W` },
  WEIGHT_GRAMS: { zh: '机柜承重', en: 'cabinet load', show: kilograms },
  ROW_WEIGHT_GRAMS: { zh: '机柜列楼面承重', en: "floor load of the cabinet's row", show: kilograms },
};

function kilograms(grams: number): string {
  return `${grams / 1000} kg`;
}

/** The rule by which `notApart` is known. */
export const NOT_APART = 'apart';

export function shortage(
  meter: SpaceMeter,
  requested: number,
  free: number,
  cabinet: { readonly id: string; readonly code: string } | null,
  path: InputPath,
): SpaceShortage {
  const { zh, en, show } = METERS[meter];
  const short = requested - free;
  const figures = [show(requested), show(free), show(short)] as const;
  return {
    code: 'SPACE_SHORTAGE',
    path,
    meter,
    requested,
    free,
    short,
    cabinetId: cabinet?.id ?? null,
    message: say(
      `${cabinet ? `机柜 ${cabinet.code} ` : '没有机柜能满足：'}${zh}不足：需要 ${figures[0]}，可用 ${figures[1]}，缺 ${figures[2]}`,
      `${cabinet ? `Cabinet ${cabinet.code} has too little` : 'No cabinet has enough'}: ${en}, ${figures[0]} asked, ${figures[1]} free, ${figures[2]} short`,
    ),
  };
}

/** The very units that were asked for are not free, however much else is. */
export function unitsTaken(
  units: string,
  requested: number,
  free: number,
  cabinet: { readonly id: string; readonly code: string },
  path: InputPath,
): SpaceShortage {
  return {
    ...shortage('UNITS', requested, free, cabinet, path),
    message: say(
      `机柜 ${cabinet.code} 的 ${units} 已有占用：需要 ${requested} U，其中空闲 ${free} U`,
      `${units} of cabinet ${cabinet.code} is not free: ${requested} U asked, ${free} U of it free`,
    ),
  };
}

/** What a row weighs already is more than its floor is to carry. */
export function floorTooWeak(
  row: { readonly code: string },
  weightGrams: number,
  limitGrams: number,
  path: InputPath,
): SpaceShortage {
  const short = weightGrams - limitGrams;
  return {
    code: 'SPACE_SHORTAGE',
    path,
    meter: 'ROW_WEIGHT_GRAMS',
    requested: weightGrams,
    free: limitGrams,
    short,
    cabinetId: null,
    message: say(
      `机柜列 ${row.code} 现有 ${kilograms(weightGrams)}，楼面承重不能低于此值：所填 ${kilograms(limitGrams)}，差 ${kilograms(short)}`,
      `Row ${row.code} weighs ${kilograms(weightGrams)} now; its floor cannot carry less: ${kilograms(limitGrams)} entered, ${kilograms(short)} short`,
    ),
  };
}

export function invalid(path: InputPath, rule: string, zh: string, en: string): InvalidInput {
  return { code: 'INVALID_INPUT', path, rule, message: say(zh, en) };
}

export function unknown(path: InputPath, zh: string, en: string): UnknownReference {
  return { code: 'UNKNOWN_REFERENCE', path, message: say(zh, en) };
}

export function notOpenDepartment(path: InputPath): UnknownReference {
  return unknown(path, '找不到这个单位，或它已关闭', 'There is no such department, or it is closed');
}

export function codeTaken(path: InputPath): InvalidInput {
  return invalid(path, 'unique', '编号已被使用', 'The code is taken');
}

export function unknownRoom(path: InputPath): UnknownReference {
  return unknown(path, '找不到这个机房', 'There is no such room');
}

export function unknownRow(path: InputPath): UnknownReference {
  return unknown(path, '找不到这一机柜列', 'There is no such cabinet row');
}

export function unknownCabinet(path: InputPath): UnknownReference {
  return unknown(path, '找不到这个机柜', 'There is no such cabinet');
}

export function unknownHolder(path: InputPath): UnknownReference {
  return unknown(path, '找不到这个占位，或它已释放', 'There is no such place, or it was released');
}

export function alreadyPlaced({ label, path }: { readonly label: string; readonly path: InputPath }): NotPermitted {
  return notPermitted(path, 'ALREADY_PLACED', `“${label}”已有机位`, `"${label}" has a place already`);
}

export function underMaintenance(path: InputPath): NotPermitted {
  return notPermitted(
    path,
    'UNDER_MAINTENANCE',
    '该机柜正在维护，结束前不接收新的设备；请另选机柜',
    'The cabinet is under maintenance and takes nothing in before its end; choose another',
  );
}

export function illegal(path: InputPath, state: string, action: string, zh: string, en: string): IllegalTransition {
  return { code: 'ILLEGAL_TRANSITION', path, state, action, message: say(zh, en) };
}

export function notPermitted(path: InputPath, reason: string, zh: string, en: string): NotPermitted {
  return { code: 'NOT_PERMITTED', path, reason, message: say(zh, en) };
}

/** What stands there became another department's between two looks: asked again it is known whose quotas to ask. */
export function ownerChanged(): NotPermitted {
  return notPermitted(
    [],
    'CHANGED_MEANWHILE',
    '这里的使用单位刚被他人更改，本次未作任何更改；请刷新后再试',
    'Somebody changed whose this is meanwhile; nothing was changed now. Reload and try again',
  );
}

export function changedMeanwhile(path: InputPath, expected: number, current: number): VersionConflict {
  return {
    code: 'VERSION_CONFLICT',
    path,
    expected,
    current,
    message: say('内容已被他人更改，请刷新后再试', 'Somebody changed it meanwhile; reload and try again'),
  };
}

/** Of places that are to stand apart: so many found a cabinet of their own, and for the next there is none. */
export function notApart(path: InputPath, found: number): InvalidInput {
  return invalid(
    path,
    NOT_APART,
    `须分放在不同机柜：只有 ${found} 个机柜放得下`,
    `Each wants a cabinet of its own: only ${found} have room`,
  );
}

/** A change request has room beside it: moved now, that would stand beside nothing. */
export function growing(path: InputPath): NotPermitted {
  return notPermitted(
    path,
    'CHANGE_OPEN',
    '该机位有扩容申请正在办理，旁边的U位已为它预占：请等办结后再移动',
    'A change request is about to make this place bigger and has the room beside it: move it when that is done',
  );
}
