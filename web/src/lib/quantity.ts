const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const HALF_UNIT = 0.5;
const oneDecimal = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

const threeDecimals = new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 });

/** Halves of units and grams in kilograms are told as they are: 18.5, not 19. */
export const decimal = (value: number): string => threeDecimals.format(value);

/** 1234 → "1,234". Chinese and English group digits alike. */
export const count = (value: number): string => whole.format(value);

/** 8192 MiB → "8". Sizes of machines and pools are spoken of in GiB. */
export const gibOfMib = (mib: number): string => oneDecimal.format(mib / 1024);

/** 2C4G, the trade's own shorthand of a machine's size. */
export const machineSize = (vcpu: number, memoryMib: number): string => `${vcpu}C${gibOfMib(memoryMib)}G`;

/** An offer's name with its size, once: most names carry it already. */
export function sizedName(name: string, vcpu: number, memoryMib: number): string {
  const size = machineSize(vcpu, memoryMib);
  return name.toUpperCase().includes(size) ? name : `${name} ${size}`;
}

/** Of some marks those that the name does not say itself: "通用型 4C8G（信创）" needs no second 信创. */
export const unsaid = (name: string, ...marks: string[]): string[] =>
  marks.filter((mark) => !name.toLowerCase().includes(mark.toLowerCase()));

/** U3, U3–4, U3.5: the lowest number covered, and the last unit touched. */
export function unitRange(startUnit: number, heightUnits: number): string {
  const last = Math.floor(startUnit + heightUnits - HALF_UNIT);
  return last <= startUnit ? `U${startUnit}` : `U${startUnit}–${last}`;
}
