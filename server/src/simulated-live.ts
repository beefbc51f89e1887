/** Simulated centers whose KubeVirt gives running machines another size; the remote one restarts them, so that both are seen. */
export const LIVE_CENTERS: readonly string[] = ['center-a', 'center-b'];

/** The second center installs servers over a line of its own that is narrow: so many at once, the others wait for their turn. */
export const HOSTS_AT_ONCE: { readonly [centerCode: string]: number } = { 'center-b': 2 };
