/** What is still to happen, the earliest first; at one moment in the order in which it was said. A binary heap. */
export class Happenings {
  private readonly heap: { readonly atMs: number; readonly order: number; readonly run: (at: Date) => void }[] = [];
  private said = 0;

  at(at: Date, run: (at: Date) => void): void {
    this.said += 1;
    this.heap.push({ atMs: at.getTime(), order: this.said, run });
    this.rise(this.heap.length - 1);
  }

  /** Lets everything happen that lies before `until`, and what follows from it; the rest never does. */
  runUntil(until: Date): void {
    for (let next = this.heap[0]; next && next.atMs < until.getTime(); next = this.heap[0]) {
      const last = this.heap.pop() as typeof next;
      if (this.heap.length > 0) {
        this.heap[0] = last;
        this.sink(0);
      }
      next.run(new Date(next.atMs));
    }
  }

  private before(a: number, b: number): boolean {
    const [one, other] = [this.heap[a], this.heap[b]];
    if (!one || !other) return false;
    return one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order);
  }

  private swap(a: number, b: number): void {
    const one = this.heap[a] as (typeof this.heap)[number];
    this.heap[a] = this.heap[b] as (typeof this.heap)[number];
    this.heap[b] = one;
  }

  private rise(from: number): void {
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!this.before(at, parent)) return;
      this.swap(at, parent);
      at = parent;
    }
  }

  private sink(from: number): void {
    for (let at = from; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      let least = this.before(left, at) ? left : at;
      if (this.before(right, least)) least = right;
      if (least === at) return;
      this.swap(at, least);
      at = least;
    }
  }
}
