/** Applied again about this often, changed or not. */
const HEALING_EVERY_MS = 60 * 60_000;

/**
 * When each machine's objects are applied again though nothing seems to have changed. Spread over the hour, so that a
 * worker that has just started does not write ten thousand objects at once.
 */
export class HealingSchedule {
  private readonly dueAt = new Map<string, number>();

  constructor(
    private readonly now: () => number = () => performance.now(),
    private readonly random: () => number = Math.random,
  ) {}

  isDue(resourceId: string): boolean {
    const due = this.dueAt.get(resourceId);
    if (due !== undefined) return this.now() >= due;
    this.dueAt.set(resourceId, this.now() + this.random() * HEALING_EVERY_MS);
    return false;
  }

  applied(resourceId: string): void {
    this.dueAt.set(resourceId, this.now() + HEALING_EVERY_MS * (0.75 + this.random() / 2));
  }

  forget(resourceId: string): void {
    this.dueAt.delete(resourceId);
  }
}
