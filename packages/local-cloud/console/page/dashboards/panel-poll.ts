import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { PanelData } from "../../shapes";
import { get } from "../calls";

let queue: Promise<unknown> = Promise.resolve();

/** One after the other: all queries run in the local cloud's one process. */
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
  const visible = useVisible(frame);
  const last = useRef({ question: "", at: 0 });
  useEffect(() => {
    if (!visible) return undefined;
    const ended = new AbortController();
    const question = `${asked} ${path}`;
    let timer: number | undefined;
    const ask = async () => {
      if (ended.signal.aborted) return;
      if (!document.hidden) {
        const answer = await get<PanelData>(path, ended.signal).catch(
          (error: Error): PanelData => ({ kind: "failed", message: error.message }),
        );
        if (ended.signal.aborted) return;
        last.current = { question, at: Date.now() };
        setData(answer);
      }
      timer = setTimeout(() => inTurn(ask), interval);
    };
    const known = last.current.question === question;
    timer = setTimeout(() => inTurn(ask), known ? last.current.at + interval - Date.now() : 0);
    return () => {
      ended.abort();
      clearTimeout(timer);
    };
  }, [path, interval, asked, visible]);
  return data;
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
