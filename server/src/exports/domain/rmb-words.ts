/** Decides by which words an amount is written out on vouchers and statements. */
const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const PLACES = ['', '拾', '佰', '仟'] as const;
const GROUPS = ['', '万', '亿', '万亿'] as const;
const GROUP_SIZE = 4;

/** 大写金额 of whole fen, as vouchers have it: "123405" → "壹仟贰佰叁拾肆元零伍分", "100" → "壹元整". */
export function rmbWords(fen: string): string {
  const value = BigInt(fen);
  const size = value < 0n ? -value : value;
  const [yuan, jiao, rest] = [size / 100n, Number((size / 10n) % 10n), Number(size % 10n)];
  const sign = value < 0n ? '负' : '';
  const whole = yuan > 0n ? `${yuanWords(yuan.toString())}元` : '';
  if (jiao === 0 && rest === 0) return `${sign}${whole || '零元'}整`;
  const jiaoWords = jiao > 0 ? `${DIGITS[jiao]}角` : whole ? '零' : '';
  return `${sign}${whole}${jiaoWords}${rest > 0 ? `${DIGITS[rest]}分` : '整'}`;
}

/** One 零 for any row of noughts between digits, none at the end of a group. */
function yuanWords(digits: string): string {
  const count = Math.ceil(digits.length / GROUP_SIZE);
  if (count > GROUPS.length) throw new RangeError(`no words for ${digits} yuan`);
  const padded = digits.padStart(count * GROUP_SIZE, '0');
  let words = '';
  let gap = false;
  for (let group = 0; group < count; group += 1) {
    const part = padded.slice(group * GROUP_SIZE, (group + 1) * GROUP_SIZE);
    let said = '';
    // Noughts at a group's end are not said, but a whole group of them is.
    gap = group > 0 && /^0+$/.test(padded.slice((group - 1) * GROUP_SIZE, group * GROUP_SIZE));
    for (const [at, sign] of [...part].entries()) {
      const digit = Number(sign);
      if (digit === 0) {
        gap = true;
        continue;
      }
      if (gap && words + said !== '') said += '零';
      gap = false;
      said += `${DIGITS[digit]}${PLACES[GROUP_SIZE - 1 - at]}`;
    }
    if (said !== '') words += `${said}${GROUPS[count - 1 - group]}`;
  }
  return words;
}
