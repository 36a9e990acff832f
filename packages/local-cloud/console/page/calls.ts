/** Calls the console. @throws an Error with its message where it refuses. */
export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await fetch(`/data/${path}`, signal ? { signal } : {});
  const body = await response.json();
  if (!response.ok) throw new Error(body.message);
  return body;
}
