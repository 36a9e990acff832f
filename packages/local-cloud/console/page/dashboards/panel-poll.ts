import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { PanelData } from "../../shapes";
import { get } from "../calls";

let queue: Promise<unknown> = Promise.resolve();

/** One after the other: the queries run in one process. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const done = queue.then(work);
  queue = done.catch(() => undefined);
  return done;
}

interface Options {
  /** Milliseconds between two runs. */
  readonly interval: number;
  /** Another number asks at once. */
  readonly asked: number;
}

/** What a panel shows, asked for while the panel can be seen. */
export function usePanel(frame: RefObject<HTMLElement | null>, path: string, { interval, asked }: Options) {
  const [data, setData] = useState<PanelData>();
  const [busy, setBusy] = useState(false);
  const visible = useVisible(frame);
  const last = useRef({ path: "", asked: -1, at: 0 });
  useEffect(() => {
    if (!visible) return undefined;
    const ended = new AbortController();
    const ask = async () => {
      if (ended.signal.aborted || document.hidden) return;
      setBusy(true);
      last.current = { path, asked, at: Date.now() };
      const answer = await get<PanelData>(path, ended.signal).catch(
        (error: Error): PanelData => ({ kind: "failed", message: error.message }),
      );
      if (ended.signal.aborted) return;
      setData(answer);
      setBusy(false);
    };
    const fresh = last.current.path === path && last.current.asked === asked;
    const wait = fresh ? Math.max(0, last.current.at + interval - Date.now()) : 0;
    let timer = setTimeout(function again() {
      void inTurn(ask);
      timer = setTimeout(again, interval);
    }, wait);
    return () => {
      ended.abort();
      clearTimeout(timer);
    };
  }, [path, interval, asked, visible]);
  return { data, busy };
}

function useVisible(frame: RefObject<HTMLElement | null>): boolean {
  const [visible, setVisible] = useState(false);
  useEffect(() => {
    const observer = new IntersectionObserver(([entry]) => setVisible(entry?.isIntersecting ?? false), {
      rootMargin: "200px",
    });
    if (frame.current) observer.observe(frame.current);
    return () => observer.disconnect();
  }, [frame]);
  return visible;
}
