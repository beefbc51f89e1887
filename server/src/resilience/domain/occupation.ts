/** Decides what can have a DR group to itself: a drill, or a switchover, failover or failback. */
export const OCCUPANTS = ['DRILL', 'EXECUTION'] as const;
export type Occupant = (typeof OCCUPANTS)[number];
