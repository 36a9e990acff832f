import { useEffect, useState } from "preact/hooks";
import { get } from "./calls";

export interface Polled<T> {
  readonly data: T | undefined;
  /** Why the last call failed; undefined while all is well. */
  readonly error: string | undefined;
}

/**
 * What a call answers, asked again `interval` milliseconds after each answer while the page can be seen.
 * @param interval 0 asks once.
 */
export function usePoll<T>(path: string, interval: number): Polled<T> {
  const [polled, setPolled] = useState<Polled<T>>({ data: undefined, error: undefined });
  useEffect(() => {
    const ended = new AbortController();
    let timer: number | undefined;
    const ask = async () => {
      if (!document.hidden) {
        try {
          const data = await get<T>(path, ended.signal);
          setPolled({ data, error: undefined });
        } catch (error) {
          if (ended.signal.aborted) return;
          setPolled(({ data }) => ({ data, error: error instanceof Error ? error.message : String(error) }));
        }
      }
      if (interval > 0 && !ended.signal.aborted) timer = setTimeout(ask, interval);
    };
    void ask();
    return () => {
      ended.abort();
      clearTimeout(timer);
    };
  }, [path, interval]);
  return polled;
}
