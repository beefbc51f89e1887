/** So many at once, each taking the next of the list when it is done: as many people at their desks. */
export async function byClients<T, R>(
  clients: number,
  items: readonly T[],
  act: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const left = [...items];
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (let item = left.shift(); item !== undefined; item = left.shift()) results.push(await act(item));
    }),
  );
  return results;
}
