/** Decides how a field of an object is written as one text, and read back from it. */

/** "spec.template.spec", 'metadata.labels["jiyun.internal/code"]': as people write it, and unambiguous. */
export function pathText(steps: readonly string[]): string {
  return steps
    .map((step, at) => (PLAIN.test(step) ? (at === 0 ? step : `.${step}`) : `[${JSON.stringify(step)}]`))
    .join('');
}

const PLAIN = /^[A-Za-z_][A-Za-z0-9_-]*$/;
const STEP = /\.?([A-Za-z_][A-Za-z0-9_-]*)|\[("(?:[^"\\]|\\.)*")\]/gy;

/** Throws RangeError for a text that `pathText` never made. */
export function stepsOf(text: string): string[] {
  const steps: string[] = [];
  let read = 0;
  for (const match of text.matchAll(STEP)) {
    steps.push(match[1] ?? (JSON.parse(match[2] as string) as string));
    read = match.index + match[0].length;
  }
  if (read !== text.length || steps.length === 0) throw new RangeError(`"${text}" names no field`);
  return steps;
}
