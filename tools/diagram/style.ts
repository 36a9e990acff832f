import type { Tone } from "./picture";

interface Colours {
  readonly [name: string]: string;
}

const light = {
  page: "#ffffff",
  ink: "#1f2328",
  soft: "#59636e",
  rule: "#d1d9e0",
  frame: "#f6f8fa",
  unit: "#ffffff",
  line: "#6e7781",
  watch: "#0f766e",
  lock: "#1a7f37",
} satisfies Colours;

const dark = {
  page: "#0d1117",
  ink: "#e6edf3",
  soft: "#9198a1",
  rule: "#3d444d",
  frame: "#151b23",
  unit: "#1c232d",
  line: "#9198a1",
  watch: "#2dd4bf",
  lock: "#3fb950",
} satisfies Colours;

/** Ground and edge of the boxes, in light and in dark. */
const tones: Readonly<Record<Tone, readonly [light: [string, string], dark: [string, string]]>> = {
  outside: [
    ["#f6f8fa", "#d1d9e0"],
    ["#212830", "#3d444d"],
  ],
  balancer: [
    ["#fff1e5", "#f0b37e"],
    ["#3d2a1a", "#9e6a35"],
  ],
  web: [
    ["#ddf4ff", "#80ccff"],
    ["#12304d", "#2f6fab"],
  ],
  app: [
    ["#f3e8ff", "#c9a5f7"],
    ["#2d2047", "#7a55b8"],
  ],
  db: [
    ["#dafbe1", "#85d699"],
    ["#143524", "#347d4f"],
  ],
  watching: [
    ["#e0f5f1", "#7cc8bb"],
    ["#123431", "#2f7d72"],
  ],
  told: [
    ["#fff8c5", "#d4b94a"],
    ["#3a3113", "#8a7425"],
  ],
};

function variables(colours: Colours, index: 0 | 1): string {
  const named = Object.entries(tones).flatMap(([tone, schemes]) => {
    const [ground, edge] = schemes[index];
    return [`--${tone}:${ground}`, `--${tone}-edge:${edge}`];
  });
  return `svg{${[...Object.entries(colours).map(([name, value]) => `--${name}:${value}`), ...named].join(";")}}`;
}

const boxes = Object.keys(tones).map((tone) => `.${tone}{fill:var(--${tone});stroke:var(--${tone}-edge)}`);

/** The picture's style sheet: the reader's own font, the reader's light or dark. */
export const style = [
  variables(light, 0),
  `@media (prefers-color-scheme:dark){${variables(dark, 1)}}`,
  'text{font-family:system-ui,-apple-system,"Segoe UI","Noto Sans",Helvetica,Arial,sans-serif;fill:var(--ink)}',
  ".title{font-size:13px;font-weight:600}.count{font-size:13px;font-weight:600;fill:var(--soft)}",
  ".line,.label{font-size:11px;fill:var(--soft)}.flow{font-size:12px}",
  ".page{fill:var(--page)}.frame{fill:var(--frame);stroke:var(--rule)}.unit{fill:var(--unit);stroke:var(--rule)}",
  ".bus{fill:var(--page);stroke:var(--line)}",
  "path.traffic,path.uses,path.watches{fill:none;stroke:var(--line);stroke-width:1.4}",
  "path.uses{stroke-dasharray:2 3}path.watches{stroke:var(--watch);stroke-dasharray:5 3}",
  ".head path{fill:var(--line)}.head.watches path{fill:var(--watch)}",
  ".lock{fill:var(--lock)}.shackle{fill:none;stroke:var(--lock);stroke-width:1.3}",
  ...boxes,
].join("\n");
